namespace Unbrush.Feeds.Writing;

/// <summary>
/// Text that a spreadsheet would run as a formula gets a leading apostrophe wherever it is written to CSV. Parquet and
/// databases keep it as it is: nothing runs there.
/// </summary>
public static class LiveFormula
{
    private const string First = "=+-@\t\r";

    /// <summary>The text as a CSV cell may hold it.</summary>
    public static string Disarm(string text) => text.Length > 0 && First.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    /// <summary>An SQL expression for the same of a text column.</summary>
    public static string DisarmSql(string column) => $"CASE WHEN left({column}, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) THEN '''' || {column} ELSE {column} END";
}
