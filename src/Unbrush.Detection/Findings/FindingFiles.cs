using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Unbrush.Detection.Store;
using Unbrush.Feeds.Writing;

namespace Unbrush.Detection.Findings;

/// <summary>Writes the findings tables as Parquet and, with formulas disarmed, as CSV.</summary>
public sealed class FindingFiles(IStore store)
{
    /// <summary>The contract's tables, and beside them the quarantine.</summary>
    private static readonly string[] Tables = [.. FindingTables.Names, "quarantine"];

    /// <summary>Writes every table into a folder and returns a SHA-256 over the CSV files in the contract's order.</summary>
    public string Write(string directory, CancellationToken cancel = default)
    {
        foreach (var name in Tables)
        {
            cancel.ThrowIfCancellationRequested();
            store.Execute($"COPY finding_{name} TO {Quote(Path.Combine(directory, name + ".parquet"))} (FORMAT parquet, COMPRESSION zstd)");
            store.Execute($"COPY (SELECT {string.Join(", ", CsvColumns(name))} FROM finding_{name}) TO {Quote(Path.Combine(directory, name + ".csv"))} (FORMAT csv, HEADER true)");
        }

        return HashOf(directory);
    }

    private List<string> CsvColumns(string name)
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
