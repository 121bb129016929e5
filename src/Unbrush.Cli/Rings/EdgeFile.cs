using DuckDB.NET.Data;
using Unbrush.Core;

namespace Unbrush.Cli.Rings;

/// <summary>What a column of times holds.</summary>
internal enum TimeKind
{
    /// <summary>No times were given.</summary>
    None,

    /// <summary>Whole numbers, kept as they are.</summary>
    Number,

    /// <summary>Dates or points in time, kept as seconds since 1970.</summary>
    Instant,
}

/// <summary>Which columns of an edge list mean what.</summary>
internal sealed record EdgeColumns(string Left, string Right, string? Category, string? Time, string? Weight);

/// <summary>An edge list with its ids made dense, in the order of the ids, so that the order of the rows does not matter.</summary>
internal sealed record EdgeList(
    string[] LeftIds, string[] RightIds, int[] Left, int[] Right, long[] Times, TimeKind TimeKind, long[] Weights, int[] Categories, long BadRows);

/// <summary>Reads an edge list from CSV or Parquet.</summary>
internal sealed class EdgeFile(DuckDBConnection connection, string path)
{
    /// <summary>Weights keep two decimals.</summary>
    public const int WeightUnit = 100;

    public EdgeList Read(EdgeColumns columns, long maxBad, CancellationToken cancellation)
    {
        Stage(columns);
        var kind = KindOfTimes(columns.Time);
        var time = kind switch
        {
            TimeKind.Number => "TRY_CAST(t AS BIGINT)",
            TimeKind.Instant => "CAST(epoch(TRY_CAST(t AS TIMESTAMP)) AS BIGINT)",
            _ => "CAST(0 AS BIGINT)",
        };
        Run($"""
            CREATE TEMP TABLE edges AS
            SELECT n, l, r, c, {time} AS t, {(columns.Weight is null ? "CAST(0 AS BIGINT)" : $"CAST(round(TRY_CAST(w AS DOUBLE) * {WeightUnit}) AS BIGINT)")} AS w
            FROM staged
            """);
        var bad = "l IS NULL OR l = '' OR r IS NULL OR r = '' OR t IS NULL OR w IS NULL";
        var badRows = Number($"SELECT count(*) FROM edges WHERE {bad}");
        if (badRows > maxBad)
            throw TooManyBad(columns, Number($"SELECT min(n) FROM edges WHERE {bad}"), badRows, maxBad);
        Run($"DELETE FROM edges WHERE {bad}");
        Run("CREATE TEMP TABLE left_ids AS SELECT l AS id, row_number() OVER (ORDER BY l) - 1 AS i FROM (SELECT DISTINCT l FROM edges)");
        Run("CREATE TEMP TABLE right_ids AS SELECT r AS id, row_number() OVER (ORDER BY r) - 1 AS i FROM (SELECT DISTINCT r FROM edges)");

        var count = checked((int)Number("SELECT count(*) FROM edges"));
        var left = new int[count];
        var right = new int[count];
        var times = kind == TimeKind.None ? [] : new long[count];
        var weights = columns.Weight is null ? [] : new long[count];
        using (var reader = Query("SELECT CAST(a.i AS INTEGER), CAST(b.i AS INTEGER), e.t, e.w FROM edges e JOIN left_ids a ON a.id = e.l JOIN right_ids b ON b.id = e.r"))
        {
            for (var i = 0; reader.Read(); i++)
            {
                if ((i & 0xFFFF) == 0)
                    cancellation.ThrowIfCancellationRequested();
                left[i] = reader.GetInt32(0);
                right[i] = reader.GetInt32(1);
                if (times.Length > 0)
                    times[i] = reader.GetInt64(2);
                if (weights.Length > 0)
                    weights[i] = reader.GetInt64(3);
            }
        }
        return new EdgeList(Ids("left_ids"), Ids("right_ids"), left, right, times, kind, weights, columns.Category is null ? [] : Categories(), badRows);
    }

    private void Stage(EdgeColumns columns)
    {
        if (!File.Exists(path))
        {
            throw new UnbrushException(ExitCode.Unreadable, new Sentence(
                $"{path}: there is no such file. Give the path of a CSV or Parquet file.", $"{path}：文件不存在。请给出 CSV 或 Parquet 文件的路径。"));
        }
        var source = path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)
            ? $"read_parquet({Literal(path)})"
            : $"read_csv({Literal(path)}, header = true, all_varchar = true)";
        var known = new List<string>();
        try
        {
            using var reader = Query($"SELECT * FROM {source} LIMIT 0");
            for (var i = 0; i < reader.FieldCount; i++)
                known.Add(reader.GetName(i));
            foreach (var column in new[] { columns.Left, columns.Right, columns.Category, columns.Time, columns.Weight })
            {
                if (column is not null && !known.Contains(column))
                {
                    throw new UnbrushException(ExitCode.Unreadable, new Sentence(
                        $"{path}, row 1: there is no column '{column}'. It has {string.Join(", ", known)}.",
                        $"{path} 第 1 行：没有列“{column}”。现有列：{string.Join("、", known)}。"));
                }
            }
            Run($"""
                CREATE TEMP TABLE staged AS
                SELECT row_number() OVER () + 1 AS n, {Text(columns.Left)} AS l, {Text(columns.Right)} AS r,
                       {Text(columns.Category)} AS c, {Text(columns.Time)} AS t, {Text(columns.Weight)} AS w
                FROM {source}
                """);
        }
        catch (DuckDBException e)
        {
            throw new UnbrushException(ExitCode.Unreadable, new Sentence(
                $"{path} cannot be read: {e.Message} Give a CSV file with a header, or Parquet.", $"{path} 无法读取：{e.Message} 请给出带表头的 CSV 或 Parquet 文件。"), e);
        }
    }

    /// <summary>What is wrong with the first row that cannot be used.</summary>
    private UnbrushException TooManyBad(EdgeColumns columns, long row, long badRows, long maxBad)
    {
        using var reader = Query($"SELECT s.l, s.r, s.t, s.w, e.t IS NULL FROM staged s JOIN edges e ON e.n = s.n WHERE s.n = {row}");
        reader.Read();
        var (left, right, time, weight) = (Cell(0), Cell(1), Cell(2), Cell(3));
        var fault =
            left.Length == 0 ? new Sentence($"'{columns.Left}' is empty", $"“{columns.Left}”为空")
            : right.Length == 0 ? new Sentence($"'{columns.Right}' is empty", $"“{columns.Right}”为空")
            : reader.GetBoolean(4) ? new Sentence($"'{columns.Time}' is '{time}', which is no time", $"“{columns.Time}”为“{time}”，不是时间")
            : new Sentence($"'{columns.Weight}' is '{weight}', which is no number", $"“{columns.Weight}”为“{weight}”，不是数字");
        return new UnbrushException(ExitCode.TooManyBadRows, new Sentence(
            $"{path}, row {row}: {fault.In(Language.En)}; {badRows} rows are unusable, {maxBad} are allowed. Mend them, or allow more with --max-bad.",
            $"{path} 第 {row} 行：{fault.In(Language.Zh)}；共 {badRows} 行无法使用，允许 {maxBad} 行。请修正，或用 --max-bad 放宽。"));

        string Cell(int i) => reader.IsDBNull(i) ? "" : reader.GetString(i);
    }

    private TimeKind KindOfTimes(string? column)
    {
        if (column is null)
            return TimeKind.None;
        return Number("SELECT count(*) FROM staged WHERE t IS NOT NULL AND TRY_CAST(t AS BIGINT) IS NULL") == 0 ? TimeKind.Number : TimeKind.Instant;
    }

    /// <summary>Each right id's most frequent category (of equals, the first); −1 where it has none.</summary>
    private int[] Categories()
    {
        Run("CREATE TEMP TABLE categories AS SELECT c, row_number() OVER (ORDER BY c) - 1 AS i FROM (SELECT DISTINCT c FROM edges WHERE c IS NOT NULL AND c <> '')");
        var categories = new List<int>();
        using var reader = Query("""
            WITH seen AS (SELECT r, c, count(*) AS k FROM edges WHERE c IS NOT NULL AND c <> '' GROUP BY r, c),
                 best AS (SELECT r, c FROM seen QUALIFY row_number() OVER (PARTITION BY r ORDER BY k DESC, c) = 1)
            SELECT CAST(coalesce(k.i, -1) AS INTEGER) FROM right_ids b LEFT JOIN best ON best.r = b.id LEFT JOIN categories k ON k.c = best.c ORDER BY b.i
            """);
        while (reader.Read())
            categories.Add(reader.GetInt32(0));
        return [.. categories];
    }

    private string[] Ids(string table)
    {
        var ids = new List<string>();
        using var reader = Query($"SELECT id FROM {table} ORDER BY i");
        while (reader.Read())
            ids.Add(reader.GetString(0));
        return [.. ids];
    }

    private static string Text(string? column) =>
        column is null ? "CAST(NULL AS VARCHAR)" : $"CAST(\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\" AS VARCHAR)";

    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Number(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }

    private DuckDBDataReader Query(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteReader();
    }
}
