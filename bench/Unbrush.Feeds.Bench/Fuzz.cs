using System.Diagnostics;
using DuckDB.NET.Data;
using Unbrush.Core;

namespace Unbrush.Feeds.Bench;

/// <summary>
/// Damages fixtures at random and imports them, alone or among the whole files of their folder: only a user's error may come out, soon, and
/// in little memory.
/// </summary>
internal static class Fuzz
{
    /// <summary>Of the processor: on a busy machine the clock says little.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>By the clock: what takes so long waits for something that never comes.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    /// <summary>Of the whole process: a fixture is a few kilobytes, a database in memory and the runtime about 150 MiB.</summary>
    private const long MostMemory = 512L << 20;

    public static int Run(string fixtures, double minutes, string? only)
    {
        var faults = 0;
        var scratch = Directory.CreateTempSubdirectory("unbrush-fuzz-").FullName;
        foreach (var folder in Directory.GetDirectories(fixtures).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (only is not null && name != only)
                continue;
            // A mapping that lies beside the files is left whole: it is the user's, and they are anybody's.
            var map = Directory.GetFiles(folder, "*.yaml").SingleOrDefault();
            var files = Directory.GetFiles(folder).Where(f => f != map).Order(StringComparer.Ordinal).ToArray();
            // The name is a part of what is recognised: it stays.
            var beside = Directory.CreateDirectory(Path.Combine(scratch, name)).FullName;
            foreach (var file in files)
                File.Copy(file, Path.Combine(beside, Path.GetFileName(file)));
            var watch = Stopwatch.StartNew();
            long runs = 0, refused = 0, most = 0;
            for (var seed = 0; watch.Elapsed < TimeSpan.FromMinutes(minutes); seed++)
            {
                var random = new Random(seed);
                var file = files[random.Next(files.Length)];
                var bytes = Damage.Of(File.ReadAllBytes(file), random);
                var path = Path.Combine(beside, Path.GetFileName(file));
                File.WriteAllBytes(path, bytes);
                var one = Stopwatch.StartNew();
                var processor = Environment.CpuUsage.TotalTime;
                try
                {
                    using var connection = new DuckDBConnection("DataSource=:memory:");
                    connection.Open();
                    FeedImporter.Import(connection, [random.Next(2) == 0 ? path : beside], new byte[32], new() { MaxBad = random.Next(2), Map = map });
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

                processor = Environment.CpuUsage.TotalTime - processor;
                if (processor > Longest || one.Elapsed > LongestWait)
                {
                    faults++;
                    Keep(name, seed, bytes, $"took {processor} of the processor, {one.Elapsed} by the clock");
                }

                runs++;
                var memory = Environment.WorkingSet;
                if (memory > MostMemory && memory > most)
                {
                    faults++;
                    Keep(name, seed, bytes, $"took {memory >> 20} MiB");
                }

                most = Math.Max(most, memory);
                File.Copy(file, path, overwrite: true);
            }

            Console.WriteLine($"{name}: {runs} runs in {watch.Elapsed.TotalMinutes:F1} min, {refused} refused, {faults} faults so far, at most {most >> 20} MiB");
        }

        Directory.Delete(scratch, recursive: true);
        return faults == 0 ? 0 : 1;
    }

    private static void Keep(string format, int seed, byte[] bytes, string why)
    {
        var path = Path.Combine(Path.GetTempPath(), $"unbrush-fault-{format}-{seed}");
        File.WriteAllBytes(path, bytes);
        Console.WriteLine($"FAULT {format} seed {seed}: {why.Split('\n')[0]}; kept as {path}");
    }
}
