using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Store;
using Unbrush.Feeds.Writing;

namespace Unbrush.Detection.Findings;

/// <summary>Writes the findings tables as Parquet and, with formulas disarmed, as CSV.</summary>
public sealed class FindingFiles(IStore store)
{
    /// <summary>The contract's tables, and beside them the quarantine.</summary>
    private static readonly string[] Tables = [.. FindingTables.Names, "quarantine"];

    /// <summary>Writes every table into a folder and returns a SHA-256 over the CSV files in the contract's order.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="time">Runs each file's writing under its name, so that it is timed; files are written beside each other.</param>
    /// <param name="cancel">Stops between files.</param>
    public string Write(string directory, Action<string, Action>? time = null, CancellationToken cancel = default)
    {
        var jobs = new List<Job>();
        foreach (var name in Tables)
        {
            jobs.Add(new(name + ".parquet", [], on => on.Execute($"COPY finding_{name} TO {Quote(Path.Combine(directory, name + ".parquet"))} (FORMAT parquet, COMPRESSION zstd, PRESERVE_ORDER true)")));
            jobs.Add(new(name + ".csv", [], on => on.Execute($"COPY (SELECT {string.Join(", ", CsvColumns(on, name))} FROM finding_{name}) TO {Quote(Path.Combine(directory, name + ".csv"))} (FORMAT csv, HEADER true, PRESERVE_ORDER true)")));
        }

        new Crew(store).Run(time is null ? jobs : [.. jobs.Select(j => j with { Run = on => time(j.Name, () => j.Run(on)) })], cancel);
        return HashOf(directory);
    }

    private static List<string> CsvColumns(IStore store, string name)
    {
        var columns = new List<string>();
        using var reader = store.Query($"SELECT * FROM finding_{name} LIMIT 0");
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var column = $"\"{reader.GetName(i)}\"";
            columns.Add(reader.GetFieldType(i) switch
            {
                var t when t == typeof(DateTime) => $"strftime({column}, '%Y-%m-%dT%H:%M:%S.%fZ') AS {column}",
                var t when t == typeof(string) => $"{LiveFormula.DisarmSql(column)} AS {column}",
                _ => column,
            });
        }

        return columns;
    }

    private static string HashOf(string directory)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var name in Tables)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            using var file = File.OpenRead(Path.Combine(directory, name + ".csv"));
            int read;
            while ((read = file.Read(buffer)) > 0)
                hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Quote(string path) => string.Create(CultureInfo.InvariantCulture, $"'{path.Replace("'", "''", StringComparison.Ordinal)}'");
}
