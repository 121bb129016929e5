using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Core;

namespace Unbrush.Feeds.Bench;

/// <summary>Damages fixtures at random and imports them: only a user's error may come out, soon, and in little memory.</summary>
internal static class Fuzz
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static int Run(string fixtures, double minutes, string? only)
    {
        var faults = 0;
        foreach (var folder in Directory.GetDirectories(fixtures).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (only is not null && name != only)
                continue;
            var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
            var watch = Stopwatch.StartNew();
            long runs = 0, refused = 0, most = 0;
            for (var seed = 0; watch.Elapsed < TimeSpan.FromMinutes(minutes); seed++)
            {
                var random = new Random(seed);
                var file = files[random.Next(files.Length)];
                var bytes = Damage.Of(File.ReadAllBytes(file), random);
                var path = Path.Combine(Path.GetTempPath(), "unbrush-fuzz-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "-" + Path.GetFileName(file));
                File.WriteAllBytes(path, bytes);
                var one = Stopwatch.StartNew();
                try
                {
                    using var connection = new DuckDBConnection("DataSource=:memory:");
                    connection.Open();
                    FeedImporter.Import(connection, [path], new byte[32], new() { MaxBad = random.Next(2) });
                }
                catch (UnbrushException)
                {
                    refused++;
                }
                catch (Exception e)
                {
                    faults++;
                    Keep(name, seed, bytes, e.ToString());
                }

                if (one.Elapsed > Longest)
                {
                    faults++;
                    Keep(name, seed, bytes, $"took {one.Elapsed}");
                }

                runs++;
                most = Math.Max(most, Environment.WorkingSet);
                File.Delete(path);
            }

            Console.WriteLine($"{name}: {runs} runs in {watch.Elapsed.TotalMinutes:F1} min, {refused} refused, {faults} faults so far, at most {most >> 20} MiB");
        }

        return faults == 0 ? 0 : 1;
    }

    private static void Keep(string format, int seed, byte[] bytes, string why)
    {
        var path = Path.Combine(Path.GetTempPath(), $"unbrush-fault-{format}-{seed}");
        File.WriteAllBytes(path, bytes);
        Console.WriteLine($"FAULT {format} seed {seed}: {why.Split('\n')[0]}; kept as {path}");
    }
}

/// <summary>Damage of the kinds that files come to.</summary>
internal static class Damage
{
    private static readonly string[] Shards = ["\"", ",", "\n", "\r", "{", "}", "[", "]", "\\u0000", "\0", "\uFEFF", "【", "1.2E+17", "-1", "null", "9999999999999999999999", "2021-99-99", "'", "=\"", "\t", "#"];

    public static byte[] Of(byte[] bytes, Random random)
    {
        var damaged = new List<byte>(bytes);
        for (var times = random.Next(1, 8); times > 0 && damaged.Count > 0; times--)
        {
            var at = random.Next(damaged.Count);
            var length = Math.Min(random.Next(1, 1 << random.Next(1, 10)), damaged.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveRange(at, length);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                case 3:
                    damaged.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Shards[random.Next(Shards.Length)]));
                    break;
                case 4:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                default:
                    var to = random.Next(damaged.Count);
                    (damaged[at], damaged[to]) = (damaged[to], damaged[at]);
                    break;
            }
        }

        return [.. damaged];
    }
}
