using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Loading;

namespace Unbrush.Feeds.Bench;

/// <summary>
/// How fast a folder of canonical CSV is imported, against DuckDB's own typed reading of the same files: both into a database on
/// disk, with the same settings. The import also quarantines, supersedes, pseudonymises and hashes; the baseline does not.
/// </summary>
internal static class Feed
{
    public static int Run(string folder, int threads)
    {
        var scratch = Directory.CreateTempSubdirectory("unbrush-bench-").FullName;
        try
        {
            var files = Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).ToArray();
            var mb = files.Sum(f => new FileInfo(f).Length) / 1e6;
            var reader = Best("DuckDB", scratch, threads, c =>
            {
                foreach (var file in files)
                    Execute(c, Baseline(file));
            });
            var own = Best("import", scratch, threads, c => FeedImporter.Import(c, [folder], new byte[32], new() { ScratchDirectory = scratch }));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mb:F0} MB, {threads} threads: DuckDB {mb / reader.Seconds:F0} MB/s ({mb / reader.Processor:F0} a second of processor), import {mb / own.Seconds:F0} ({mb / own.Processor:F0}): {reader.Seconds / own.Seconds:P0} by the clock, {reader.Processor / own.Processor:P0} by the processor"));
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>
    /// The statement by which DuckDB alone makes the table that the import ends up with: the file's columns read by their types, the
    /// contract's other columns at their defaults, else null. Times with an offset are read as such, times without one as they stand.
    /// </summary>
    public static string Baseline(string file)
    {
        var table = FeedSchema.Find(Path.GetFileNameWithoutExtension(file))!;
        var lines = File.ReadLines(file).Take(2).Select(l => l.Split(',')).ToArray();
        var columns = lines[0].Select((c, i) => $"'{c}': '{(table[c].Type != FeedType.Instant ? FeedTables.SqlType(table[c].Type) : lines[1][i].Contains('+', StringComparison.Ordinal) ? "TIMESTAMPTZ" : "TIMESTAMP")}'");
        var cells = table.Columns.Select(c => lines[0].Contains(c.Name) ? c.Name : $"CAST({(c.Default is { } standard ? $"'{standard}'" : "NULL")} AS {FeedTables.SqlType(c.Type)}) AS {c.Name}");
        return $"CREATE TABLE {table.Name} AS SELECT {string.Join(", ", cells)} FROM read_csv('{file}', columns = {{{string.Join(", ", columns)}}}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n')";
    }

    private static (double Seconds, double Processor) Best(string what, string scratch, int threads, Action<DuckDBConnection> work)
    {
        var best = (Seconds: double.MaxValue, Processor: double.MaxValue);
        for (var run = 0; run < 3; run++)
        {
            var path = Path.Combine(scratch, "bench.duckdb");
            using (var connection = new DuckDBConnection("DataSource=" + path))
            {
                connection.Open();
                Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}; SET memory_limit = '4GB'; SET temp_directory = '{scratch}'; SET TimeZone = 'UTC'"));
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                var watch = Stopwatch.StartNew();
                work(connection);
                Execute(connection, "CHECKPOINT");
                var seconds = watch.Elapsed.TotalSeconds;
                var processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {seconds:F2} s, {processor:F2} s of processor"));
                best = (Math.Min(best.Seconds, seconds), Math.Min(best.Processor, processor));
            }

            foreach (var left in Directory.GetFiles(scratch, "bench.duckdb*"))
                File.Delete(left);
        }

        return best;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
