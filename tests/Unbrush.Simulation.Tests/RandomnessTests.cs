using Unbrush.Simulation.FeedWriter;
using Unbrush.Simulation.Randomness;

namespace Unbrush.Simulation.Tests;

public sealed class RandomnessTests
{
    [Fact]
    public void Scrambled_ids_are_unique() =>
        Gen.Select(Gen.Int[1, 14], Gen.ULong).Sample((bits, seed) =>
        {
            var seen = new HashSet<ulong>();
            for (var x = 0UL; x < 1UL << bits; x++)
            {
                var y = Mixer.Permute(x, bits, seed);
                Assert.True(y < 1UL << bits);
                Assert.True(seen.Add(y));
            }
        }, iter: 40);

    [Fact]
    public void A_sampler_draws_in_proportion() =>
        Gen.Double[0.1, 5].Array[2, 8].Sample(weights =>
        {
            var sampler = new Sampler(weights);
            var rng = new Rng(3);
            var counts = new int[weights.Length];
            for (var k = 0; k < 20_000; k++)
                counts[sampler.Draw(rng)]++;
            for (var i = 0; i < weights.Length; i++)
                Assert.InRange(counts[i] / 20_000.0, (weights[i] / weights.Sum()) - 0.02, (weights[i] / weights.Sum()) + 0.02);
        }, iter: 20);

    [Fact]
    public void Cells_are_written_as_the_slow_way_would()
    {
        var folder = Directory.CreateTempSubdirectory("unbrush-sink-");
        try
        {
            Gen.Select(Gen.Int[1, 500_000_000], Gen.Long[0, 99_999_999], Gen.String, Gen.ULong).Sample((time, fen, text, key) =>
            {
                text = text.Replace('\0', ' ');
                var path = Path.Combine(folder.FullName, "t.csv");
                using (var sink = new CsvSink(path, "a b c d", new DateTable(6000)))
                {
                    sink.Time(time);
                    sink.Money(fen);
                    sink.Text(text);
                    sink.Key(key);
                    sink.EndRow();
                }

                var quoted = text.IndexOfAny([',', '"', '\r', '\n']) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
                var expected = FormattableString.Invariant($"a,b,c,d\n{Clock.Text(time)},{fen / 100m:0.00},{quoted},{(key == 0 ? "" : key.ToString("x16"))}\n");
                Assert.Equal(System.Text.Encoding.UTF8.GetBytes(expected), File.ReadAllBytes(path));
            }, iter: 200, threads: 1);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void Rows_that_wait_come_out_by_time_and_none_is_lost() =>
        Gen.Int[0, 20 * Clock.Day].Array[0, 200].Sample(times =>
        {
            var waiting = new Waiting<PaymentRow>(0);
            var written = new List<int>();
            foreach (var (time, i) in times.Order().Select((t, i) => (t, i)))
            {
                waiting.Add(new PaymentRow { At = time, Amount = i });
                if (i % 20 == 0)
                    waiting.Flush(time / Clock.Day, r => (ulong)r.Amount, r => written.Add(r.At));
            }

            waiting.Flush(30, r => (ulong)r.Amount, r => written.Add(r.At));
            Assert.Equal(times.Order(), written);
        }, iter: 100);
}
