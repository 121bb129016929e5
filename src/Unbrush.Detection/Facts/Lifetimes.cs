using Unbrush.Detection.Pipeline;

namespace Unbrush.Detection.Facts;

/// <summary>
/// Drops tables as soon as the last fact that reads them is there, unless somebody reads them afterwards: what nobody asks any
/// more takes memory, and disk, from what is being made.
/// </summary>
internal static class Lifetimes
{
    /// <summary>The facts that verdicts, findings, the report and <c>explain</c> read, beside those that signals read.</summary>
    public static IReadOnlySet<string> ReadByProgram { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "fact_buyer", "fact_facility", "fact_link", "fact_norm", "fact_order", "fact_outlet_day", "fact_parcel", "fact_paymaster", "fact_repaid", "fact_report",
        "fact_review", "fact_scan", "fact_seller", "fact_sender", "fact_settled", "fact_transfer", "reports", "reviews",
    };

    /// <summary>The same jobs, each of which also drops those of its needs of which it is the last reader.</summary>
    /// <param name="jobs">The jobs; their needs are the tables that they read.</param>
    /// <param name="isKept">True of a table that stays.</param>
    public static IReadOnlyList<Job> Bound(IReadOnlyList<Job> jobs, Func<string, bool> isKept)
    {
        var gate = new Lock();
        var readers = jobs.SelectMany(j => j.Needs).Where(n => !isKept(n)).GroupBy(n => n, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return [.. jobs.Select(job => job with { Run = on =>
        {
            job.Run(on);
            List<string> unread;
            lock (gate)
                unread = [.. job.Needs.Where(n => readers.ContainsKey(n) && --readers[n] == 0)];
            foreach (var table in unread)
                on.Execute($"DROP TABLE {table}");
        } })];
    }
}
