using DuckDB.NET.Data;
using Unbrush.Core;
using Unbrush.Core.Feed;
using Unbrush.Feeds.Writing;

namespace Unbrush.Feeds;

/// <summary>Writes the contract's tables out of a database again; what is written can be imported elsewhere.</summary>
public static class FeedExporter
{
    /// <summary>The forms that tables can be written in.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["parquet", "csv", "duckdb"];

    /// <summary>Writes every table that holds rows, in the order of its key.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="form"><c>parquet</c>, <c>csv</c> or <c>duckdb</c>.</param>
    /// <param name="directory">Where the files go; made where it is missing.</param>
    /// <returns>Each file and the rows in it.</returns>
    /// <exception cref="UnbrushException">The form is none of ours, or the place cannot be written to.</exception>
    public static IReadOnlyList<(string Path, string Table, long Rows)> Export(DuckDBConnection connection, string form, string directory)
    {
        if (!Forms.Contains(form))
            throw new UnbrushException(ExitCode.Usage, new($"--format is one of {string.Join(", ", Forms)}, not '{form}'.", $"--format 应为 {string.Join("、", Forms)} 之一，而不是“{form}”。"));
        using var output = OutputFolder.Open(directory);
        var written = output.Write(staging => form == "duckdb" ? Database(connection, staging) : Files(connection, form, staging));
        output.Publish();
        return [.. written.Select(w => (Path.Combine(directory, w.File), w.Table, w.Rows))];
    }

    private static List<(string File, string Table, long Rows)> Files(DuckDBConnection connection, string form, string folder)
    {
        var written = new List<(string, string, long)>();
        foreach (var (table, rows) in Filled(connection))
        {
            var file = $"{table.Name}.{form}";
            Execute(connection, $"COPY ({Ordered(table, form)}) TO {Quote(Path.Combine(folder, file))} ({(form == "csv" ? "FORMAT csv, HEADER true" : "FORMAT parquet, COMPRESSION zstd")})");
            written.Add((file, table.Name, rows));
        }

        return written;
    }

    private static List<(string File, string Table, long Rows)> Database(DuckDBConnection connection, string folder)
    {
        const string file = "feed.duckdb";
        var written = new List<(string, string, long)>();
        Execute(connection, $"ATTACH {Quote(Path.Combine(folder, file))} AS exported");
        try
        {
            foreach (var (table, rows) in Filled(connection))
            {
                Execute(connection, $"CREATE TABLE exported.{table.Name} AS {Ordered(table, "duckdb")}");
                written.Add((file, table.Name, rows));
            }
        }
        finally
        {
            Execute(connection, "DETACH exported");
        }

        return written;
    }

    private static List<(FeedTable Table, long Rows)> Filled(DuckDBConnection connection) =>
        [.. FeedSchema.Tables.Select(t => (t, Rows(connection, t.Name) ?? 0)).Where(t => t.Item2 > 0)];

    private static string Ordered(FeedTable table, string form) =>
        $"SELECT {string.Join(", ", table.Columns.Select(c => Cell(c, form)))} FROM {table.Name} ORDER BY {string.Join(", ", table.Key)}";

    /// <summary>Instants are UTC; in CSV they say so, for a reader would take them as local otherwise.</summary>
    private static string Cell(FeedColumn column, string form) =>
        form == "csv" && column.Type == FeedType.Instant ? $"strftime({column.Name}, '%Y-%m-%dT%H:%M:%S.%fZ') AS {column.Name}"
        : form == "parquet" && column.Type == FeedType.Instant ? $"make_timestamptz(epoch_us({column.Name})) AS {column.Name}"
        : form == "csv" && column.Type is not (FeedType.Integer or FeedType.Money or FeedType.Grams or FeedType.Real) ? $"{LiveFormula.DisarmSql(column.Name)} AS {column.Name}"
        : column.Name;

    private static long? Rows(DuckDBConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{table}' AND NOT temporary";
        if (Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) == 0)
            return null;
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
