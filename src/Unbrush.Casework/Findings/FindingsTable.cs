using DuckDB.NET.Data;

namespace Unbrush.Casework.Findings;

/// <summary>A column of a table that casework reads.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">Its DuckDB type; <c>JSON</c> for reasons and proposals, which Parquet may nest.</param>
/// <param name="IsRequired">A table without it cannot be read.</param>
internal readonly record struct ReadColumn(string Name, string Type, bool IsRequired = false);

/// <summary>
/// Reads one table of a findings folder or a feed into DuckDB with checked types. Errors name file, row and column,
/// never the value: what stands in a wrong column may be anybody's telephone number.
/// </summary>
internal static class FindingsTable
{
    private static readonly string[] Endings = [".parquet", ".csv", ".csv.gz", ".csv.zst"];

    /// <summary>The files of a table: <c>name.ext</c>, or <c>name-part.ext</c> as feeds are cut; Parquet before CSV.</summary>
    public static IReadOnlyList<string> Files(string folder, string table)
    {
        foreach (var ending in Endings)
        {
            string[] files = [.. Directory.EnumerateFiles(folder)
                .Where(f => Path.GetFileName(f) is var name
                    && name.EndsWith(ending, StringComparison.Ordinal)
                    && (name.Length == table.Length + ending.Length ? name.StartsWith(table, StringComparison.Ordinal) : name.StartsWith(table + "-", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal)];
            if (files.Length > 0)
                return files;
        }

        return [];
    }

    /// <summary>Makes the DuckDB table <paramref name="table"/> (prefixed) out of its files; false where there is none.</summary>
    public static bool Load(DuckDBConnection connection, string folder, string table, string prefix, IReadOnlyList<ReadColumn> columns)
    {
        var files = Files(folder, table);
        if (files.Count == 0)
            return false;
        for (var i = 0; i < files.Count; i++)
            LoadFile(connection, files[i], prefix + table, columns, isFirst: i == 0);
        return true;
    }

    private static void LoadFile(DuckDBConnection connection, string file, string target, IReadOnlyList<ReadColumn> columns, bool isFirst)
    {
        var quoted = file.Replace("'", "''", StringComparison.Ordinal);
        var isParquet = file.EndsWith(".parquet", StringComparison.Ordinal);
        var source = isParquet ? $"read_parquet('{quoted}')" : $"read_csv('{quoted}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"', max_line_size=16777216)";
        try
        {
            var present = Describe(connection, source);
            foreach (var column in columns)
            {
                if (column.IsRequired && !present.ContainsKey(column.Name))
                    throw Faults.Unreadable(
                        $"'{file}' lacks the column '{column.Name}'; it has {string.Join(", ", present.Keys)}. Is it a findings table?",
                        $"'{file}' 缺少列 '{column.Name}'；现有 {string.Join("、", present.Keys)}。它是结果表吗？");
            }

            Check(connection, file, source, columns, present);
            var list = string.Join(", ", columns.Select(c => $"{Cast(c, present)} AS {c.Name}"));
            Execute(connection, isFirst ? $"CREATE TABLE {target} AS SELECT {list} FROM {source}" : $"INSERT INTO {target} SELECT {list} FROM {source}");
        }
        catch (DuckDBException)
        {
            throw Faults.Unreadable(
                $"'{file}' cannot be read as a {(isParquet ? "Parquet" : "CSV")} table: write it again with `unbrush scan --out`.",
                $"'{file}' 无法按 {(isParquet ? "Parquet" : "CSV")} 表读取：请用 unbrush scan --out 重新生成。");
        }
    }

    private static Dictionary<string, string> Describe(DuckDBConnection connection, string source)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"DESCRIBE SELECT * FROM {source}";
        using var reader = command.ExecuteReader();
        var present = new Dictionary<string, string>();
        while (reader.Read())
            present[reader.GetString(0)] = reader.GetString(1);
        return present;
    }

    private static void Check(DuckDBConnection connection, string file, string source, IReadOnlyList<ReadColumn> columns, Dictionary<string, string> present)
    {
        var tests = columns.Where(c => present.ContainsKey(c.Name)).Select(c => (c.Name, Test: Bad(c, present))).Where(t => t.Test is not null).ToList();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", tests.Select((t, i) => $"min(CASE WHEN {t.Test} THEN n END)"))} FROM (SELECT *, row_number() OVER () AS n FROM {source})";
        using var reader = command.ExecuteReader();
        reader.Read();
        var bad = tests.Select((t, i) => (t.Name, Row: reader.IsDBNull(i) ? long.MaxValue : reader.GetInt64(i))).MinBy(t => t.Row);
        if (bad.Row < long.MaxValue)
            throw Faults.Unreadable(
                $"'{file}', row {bad.Row}: the column '{bad.Name}' does not hold what it should (the value is not repeated, it may be personal). Write the findings again with `unbrush scan --out`.",
                $"'{file}' 第 {bad.Row} 行：列 '{bad.Name}' 的内容不合要求（为保护隐私不显示原值）。请用 unbrush scan --out 重新生成。");
    }

    private static string? Bad(ReadColumn column, Dictionary<string, string> present)
    {
        var empty = present[column.Name] == "VARCHAR" ? $"nullif({column.Name}, '')" : column.Name;
        var missing = column.IsRequired ? $"{empty} IS NULL" : null;
        var wrong = column.Type is "VARCHAR" || (column.Type == "JSON" && present[column.Name] != "VARCHAR")
            ? null
            : $"({empty} IS NOT NULL AND {Typed(column, empty)} IS NULL)";
        return (missing, wrong) switch
        {
            (null, null) => null,
            (null, _) => wrong,
            (_, null) => missing,
            _ => $"({missing} OR {wrong})",
        };
    }

    private static string Cast(ReadColumn column, Dictionary<string, string> present)
    {
        if (!present.TryGetValue(column.Name, out var type))
            return column.Type == "JSON" ? "NULL::JSON" : $"NULL::{column.Type}";
        return Typed(column, type == "VARCHAR" ? $"nullif({column.Name}, '')" : column.Name, type);
    }

    private static string Typed(ReadColumn column, string expression, string type = "VARCHAR") => column.Type switch
    {
        "JSON" when type != "VARCHAR" && type != "JSON" => $"to_json({expression})",
        "VARCHAR" => $"CAST({expression} AS VARCHAR)",
        // Parquet times without a zone are UTC; the session's zone is UTC.
        _ => $"TRY_CAST({expression} AS {column.Type})",
    };

    public static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
