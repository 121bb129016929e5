namespace Unbrush.Feeds.Codes;

/// <summary><c>codes/order_status.csv</c>: a platform's status → ours.</summary>
internal static class OrderStatuses
{
    private static readonly Dictionary<(string Source, string Code), string> Map =
        CodeFile.Rows("order_status.csv").GroupBy(r => (r[0], r[1].ToUpperInvariant())).ToDictionary(g => g.Key, g => g.First()[2]);

    /// <summary>Our status; empty where the code changes nothing; null where it is not listed.</summary>
    public static string? Of(string source, string? code) =>
        Map.GetValueOrDefault((source, (code ?? "").Trim().ToUpperInvariant())) ?? (code is not null && code.Contains(',', StringComparison.Ordinal) ? Map.GetValueOrDefault((source, code.Trim().Replace(',', '，').ToUpperInvariant())) : null);
}
