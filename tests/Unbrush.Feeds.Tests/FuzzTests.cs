using System.Diagnostics;
using System.Text;
using Unbrush.Core;
using Unbrush.Feeds.Bench;
using Unbrush.Feeds.Json;
using Unbrush.Feeds.Reading;
using Unbrush.Feeds.Tracks;

namespace Unbrush.Feeds.Tests;

/// <summary>Short runs; the long ones are <c>Unbrush.Feeds.Bench fuzz</c>.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unbrush-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_damaged_fixture_is_read_or_refused_in_words_and_soon()
    {
        var fixtures = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fixtures"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        for (var seed = 0; seed < fixtures.Length * 2; seed++)
        {
            var random = new Random(seed);
            var path = Path.Combine(_folder, seed + Path.GetExtension(fixtures[seed % fixtures.Length]));
            File.WriteAllBytes(path, Damage.Of(File.ReadAllBytes(fixtures[seed % fixtures.Length]), random));
            var watch = Stopwatch.StartNew();
            try
            {
                using var import = Importing.With(new() { MaxBad = 1 }, path);
                import.AssertNothingIsLost();
            }
            catch (UnbrushException)
            {
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"seed {seed} took {watch.Elapsed}");
        }
    }

    [Fact]
    public void The_json_reader_gives_every_record_once_however_the_bytes_come()
    {
        Gen.Select(Gen.Int[0, 5].Array[0, 20], Gen.Bool, Gen.Int[1, 7]).Sample((shapes, isList, step) =>
        {
            var records = shapes.Select((s, i) => s switch { 0 => "{}", 1 => $"{{\"a\":{i}}}", 2 => "[]", 3 => $"\"{i}【】\"", 4 => $"{i}", _ => "{\"a\":[1,{\"b\":\"\\\"}\"}]}" }).ToList();
            // One list at the top is the list of records.
            var text = isList || records.FirstOrDefault() == "[]" ? "[" + string.Join(" , ", records) + "]" : string.Join('\n', records);
            var found = new List<string>();
            JsonRecords.Each(new Drops(Encoding.UTF8.GetBytes(text), step), (r, _) => found.Add(r.GetRawText()), (_, why) => found.Add("BAD " + why));
            return found.SequenceEqual(records);
        });
    }

    [Fact]
    public void Any_sentence_is_read_without_keeping_a_phone()
    {
        string[] words = ["【", "】", "苏州市", "示例", "13800000001", "（", "）", "签收", "代收", "派件", "已揽收", "已发往", "离开", "到达", "柜", "领取", "如有", "在", "由", " "];
        Gen.Int[0, words.Length - 1].Array[0, 30].Sample(picks =>
        {
            var reading = TraceText.Read(string.Concat(picks.Select(i => words[i])));
            return reading.Facility?.Contains("13800000001", StringComparison.Ordinal) != true && reading.Next?.Contains("13800000001", StringComparison.Ordinal) != true;
        });
    }

    /// <summary>Bytes that come a few at a time.</summary>
    private sealed class Drops(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));
    }
}
