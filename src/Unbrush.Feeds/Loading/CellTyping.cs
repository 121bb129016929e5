using System.Globalization;
using Unbrush.Core;
using Unbrush.Core.Feed;

namespace Unbrush.Feeds.Loading;

/// <summary>How a cell of text becomes a value of the contract's type, as DuckDB expressions.</summary>
internal static class CellTyping
{
    /// <summary>Times before this are mistakes: no marketplace kept such records.</summary>
    private const string Earliest = "TIMESTAMP '2000-01-01'";

    private const string Latest = "TIMESTAMP '2100-01-01'";

    /// <summary>The typed value, null where the cell is empty or cannot be read.</summary>
    /// <param name="column">The contract's column.</param>
    /// <param name="cell">The cell of text.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    public static string Value(FeedColumn column, string cell, string zone) => column.Type switch
    {
        FeedType.Text => $"nullif({cell}, '')",
        // What begins with a letter, a digit or a sign is not blank; only the rest is trimmed to see, which is slow.
        FeedType.Key => $"CASE WHEN contains({cell}, '*') THEN NULL WHEN {cell} >= '!' AND {cell} < '\u0080' THEN {cell} WHEN trim({cell}) = '' THEN NULL ELSE {cell} END",
        FeedType.Word => $"CASE WHEN {cell} IN ({Words(column)}) THEN {cell} WHEN lower(trim({cell})) IN ({Words(column)}) THEN lower(trim({cell})){Otherwise(column, cell)} END",
        FeedType.Flag => $"CASE WHEN {cell} = '0' THEN 0 WHEN {cell} = '1' THEN 1 ELSE CASE lower({cell}) WHEN '1' THEN 1 WHEN '0' THEN 0 WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN 'yes' THEN 1 WHEN 'no' THEN 0 WHEN 't' THEN 1 WHEN 'f' THEN 0 WHEN 'y' THEN 1 WHEN 'n' THEN 0 END END",
        FeedType.Instant => Instant(cell, zone),
        FeedType.Integer => $"CASE WHEN TRY_CAST({cell} AS DOUBLE) = trunc(TRY_CAST({cell} AS DOUBLE)) THEN TRY_CAST(TRY_CAST({cell} AS DOUBLE) AS INTEGER) END",
        _ => $"TRY_CAST({cell} AS {FeedTables.SqlType(column.Type)})",
    };

    /// <summary>The value of a cell that a typed file (Parquet) holds already.</summary>
    /// <param name="column">The contract's column.</param>
    /// <param name="cell">The file's column.</param>
    /// <param name="physical">The file's type, as DuckDB names it.</param>
    /// <param name="zone">The zone of times that carry none.</param>
    public static string TypedText(FeedColumn column, string cell, string physical, string zone)
    {
        var text = $"CAST({cell} AS VARCHAR)";
        if (column.Type != FeedType.Instant)
            return text;
        if (physical.EndsWith("INT", StringComparison.Ordinal) || physical is "INTEGER")
            return $"CAST(CASE WHEN {cell} > 100000000000000 THEN make_timestamp({cell}) WHEN {cell} > 100000000000 THEN make_timestamp({cell} * 1000) ELSE make_timestamp({cell} * 1000000) END AS VARCHAR) || '+00'";
        return physical switch
        {
            "TIMESTAMP WITH TIME ZONE" => $"CAST(make_timestamp(epoch_us({cell})) AS VARCHAR) || '+00'",
            "TIMESTAMP" or "TIMESTAMP_NS" or "TIMESTAMP_MS" or "TIMESTAMP_S" or "DATE" => $"CAST(make_timestamp(epoch_us(CAST({cell} AS TIMESTAMP) AT TIME ZONE '{zone}')) AS VARCHAR) || '+00'",
            _ => text,
        };
    }

    /// <summary>True of times at which something happened, which lie where the feed lies; a firm's founding or a register's end may be anywhere.</summary>
    public static bool IsEvent(FeedColumn column) =>
        column.Type == FeedType.Instant && column.Name is not ("opened_at" or "registered_at" or "valid_from" or "valid_to" or "promised_at");

    /// <summary>An instant as SQL.</summary>
    public static string Literal(DateTime instant) => $"TIMESTAMP '{instant.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";

    /// <summary>
    /// The value as it is loaded: words stand as they are written until <see cref="IsStrange"/> has found one that is not the
    /// contract's, so that a file with none pays nothing for them.
    /// </summary>
    public static string Loaded(FeedColumn column, string cell, string zone) => column.Type == FeedType.Word ? cell : Value(column, cell, zone);

    /// <summary>True of a word that <see cref="Value"/> would change.</summary>
    public static string IsStrange(FeedColumn column, string word) => $"{word} IS NOT NULL AND {word} NOT IN ({Words(column)})";

    /// <summary>
    /// True where the cell holds something that gives no value of its type. The text is looked at only there: a CASE computes a
    /// branch for the rows that reach it alone, which an AND does not.
    /// </summary>
    public static string IsUnread(FeedColumn column, string cell, string value) => column.Type is FeedType.Text or FeedType.Key or FeedType.Word
        ? "false"
        : $"(CASE WHEN {value} IS NULL THEN {cell} IS NOT NULL AND trim({cell}, E' \\t\\r\\n') <> '' ELSE false END)";

    /// <summary>
    /// True where the value lies beyond what its column allows, or is missing where something must be. Made of plain comparisons:
    /// from a column's least and greatest values the database knows at once that there is none.
    /// </summary>
    public static string IsBeyond(FeedColumn column, string value, DateTime? latest = null)
    {
        var limits = new List<string>();
        if (column.IsRequired)
            limits.Add($"{value} IS NULL");
        if (column.Type == FeedType.Instant)
            limits.Add(IsEvent(column) ? $"{value} < {Earliest} OR {value} {(latest is { } last ? "> " + Literal(last) : ">= " + Latest)}" : $"NOT isfinite({value})");
        if (column.Type == FeedType.Real)
            limits.Add($"NOT isfinite({value})");
        if (column.Minimum is { } minimum)
            limits.Add($"{value} < {minimum.ToString(CultureInfo.InvariantCulture)}");
        if (column.Maximum is { } maximum)
            limits.Add($"{value} > {maximum.ToString(CultureInfo.InvariantCulture)}");
        return limits.Count == 0 ? "false" : $"({string.Join(" OR ", limits)})";
    }

    /// <summary>True where the cell holds something that its type or range does not allow, or nothing where something must be.</summary>
    public static string IsBad(FeedColumn column, string cell, string value, DateTime? latest = null)
    {
        var faults = ((string[])[IsUnread(column, cell, value), IsBeyond(column, value, latest)]).Where(f => f != "false").ToList();
        return faults.Count == 0 ? "false" : $"({string.Join(" OR ", faults)})";
    }

    /// <summary>True where a word is none of the contract's.</summary>
    public static string IsOdd(FeedColumn column, string cell) =>
        $"CASE WHEN {cell} IS NULL OR {cell} IN ({Words(column)}) THEN false ELSE trim({cell}) <> '' AND lower(trim({cell})) NOT IN ({Words(column)}) END";

    /// <summary>Why a cell was quarantined, and what would do.</summary>
    public static Sentence Reason(FeedColumn column, string? cell)
    {
        if (string.IsNullOrWhiteSpace(cell))
            return new("a value is required here", "此处必须有值");
        return column.Type switch
        {
            FeedType.Instant => new("not a time between 2000 and a year after the rest of the feed; write ISO 8601, such as 2026-03-01T12:00:00+08:00", "不是有效时间，或早于 2000 年，或比其余数据晚一年以上；请写成 ISO 8601，例如 2026-03-01T12:00:00+08:00"),
            FeedType.Word => new($"not one of {string.Join(", ", column.Words!)}", $"不是以下之一：{string.Join("、", column.Words!)}"),
            FeedType.Flag => new("neither yes nor no; write 1 or 0", "既不是“是”也不是“否”；请写 1 或 0"),
            _ => (column.Minimum, column.Maximum) switch
            {
                ({ } min, { } max) => new($"not a number from {min} to {max}", $"不是 {min} 到 {max} 之间的数"),
                ({ } min, _) => new($"not a number of {min} or more", $"不是大于或等于 {min} 的数"),
                _ => new("not a number", "不是数字"),
            },
        };
    }

    /// <summary>
    /// A time as an instant in UTC. A zone whose offset is the same from 2000 to 2100 (Shanghai's) lets times without an
    /// offset be read without asking the calendar, which is several times faster.
    /// </summary>
    private static string Instant(string cell, string zone)
    {
        var byCalendar = $"""
            coalesce(
              make_timestamp(epoch_us(TRY_CAST({cell} AS TIMESTAMPTZ))),
              make_timestamp(epoch_us(try_strptime(regexp_replace(trim({cell}), '[zZ]$', '+00:00'), ['%Y-%m-%dT%H:%M%z', '%Y-%m-%d %H:%M%z', '%Y-%m-%dT%H:%M:%S %z', '%Y-%m-%d %H:%M:%S %z', '%Y%m%dT%H%M%S%z']))),
              make_timestamp(epoch_us(CAST(try_strptime(trim({cell}), ['%Y-%m-%d %H:%M:%S', '%Y-%m-%d', '%Y%m%dT%H%M%S', '%Y%m%d%H%M%S']) AS TIMESTAMPTZ))))
            """;
        return FixedOffset(zone) is { } offset
            // One condition within another: an AND, whose halves the database may swap, costs every time the slower half.
            ? $"CASE WHEN CASE WHEN strlen({cell}) = 19 THEN substr({cell}, 17, 1) = ':' ELSE false END THEN TRY_CAST({cell} AS TIMESTAMP) - INTERVAL {offset.TotalSeconds.ToString(CultureInfo.InvariantCulture)} SECOND ELSE {byCalendar} END"
            : byCalendar;
    }

    /// <summary>The offset of a zone that has had the same one since 2000 and will to 2100; null for any other.</summary>
    public static TimeSpan? FixedOffset(string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            return null;
        var first = found.GetUtcOffset(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        for (var month = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc); month.Year < 2100; month = month.AddMonths(1))
        {
            if (found.GetUtcOffset(month) != first)
                return null;
        }

        return first;
    }

    /// <summary>An unknown scan action is kept as a problem; other unknown words read as null.</summary>
    private static string Otherwise(FeedColumn column, string cell) =>
        column.Name == "action" ? $" WHEN trim({cell}) <> '' THEN 'problem'" : "";

    private static string Words(FeedColumn column) => string.Join(", ", column.Words!.Select(w => $"'{w}'"));
}
