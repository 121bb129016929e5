namespace Unbrush.Feeds.Loading;

/// <summary>
/// Tells a feed's own present without a clock: the last month that its times reach from their middle without a gap of
/// more than a year. A time more than a year beyond is a slip of the hand or of a clock.
/// </summary>
internal static class FeedTime
{
    private const int GapMonths = 12;

    /// <summary>A gap this long is a slip however many rows lie beyond it; beyond a shorter one only few may lie.</summary>
    private const int HugeGapMonths = 120;

    private const double FewBeyond = 0.1;

    /// <summary>The last instant that this feed may hold, or null where it has no times to tell it by.</summary>
    public static DateTime? LatestOf(ImportContext context, IReadOnlyCollection<TableLoader> loaders)
    {
        var clocks = loaders.SelectMany(l => l.Table.Columns.Where(c => c.IsRequired && CellTyping.IsEvent(c)).Select(c => (Stage: l.StageName, Clock: c.Name, Table: l.Table.Name))).ToList();
        List<DateTime> first = [], last = [], before = [];
        foreach (var (stage, clock, table) in clocks)
        {
            context.Query($"SELECT min({clock}), max({clock}) FROM {stage} WHERE NOT bad_row", r =>
            {
                if (r.IsDBNull(0))
                    return;
                first.Add(r.GetDateTime(0));
                last.Add(r.GetDateTime(1));
            });

            // What an earlier import has taken for plausible stays so.
            context.Query($"SELECT max({clock}) FROM {table}", r =>
            {
                if (!r.IsDBNull(0))
                    before.Add(r.GetDateTime(0));
            });
        }

        if (first.Count == 0)
            return null;
        var reached = last.Max();
        if (reached > first.Min().AddMonths(GapMonths))
            reached = Reached(context, clocks) ?? reached;
        return before.Append(reached).Max().AddYears(1);
    }

    private static DateTime? Reached(ImportContext context, List<(string Stage, string Clock, string Table)> clocks)
    {
        var union = string.Join(" UNION ALL ", clocks.Select(c => $"SELECT date_trunc('month', {c.Clock}) AS month, count(*) AS n, max({c.Clock}) AS last FROM {c.Stage} WHERE NOT bad_row GROUP BY 1"));
        var months = new List<(DateTime Month, long Count, DateTime Last)>();
        context.Query(
            $"SELECT CAST(month AS TIMESTAMP), CAST(sum(n) AS BIGINT), max(last) FROM ({union}) WHERE month IS NOT NULL GROUP BY 1 ORDER BY 1",
            r => months.Add((r.GetDateTime(0), r.GetInt64(1), r.GetDateTime(2))));
        var total = months.Sum(m => m.Count);
        var below = 0L;
        var middle = months.FindIndex(m => (below += m.Count) * 2 >= total);
        for (var i = middle; i + 1 < months.Count; i++)
        {
            var beyond = months.Skip(i + 1).Sum(m => m.Count);
            if (months[i + 1].Month > months[i].Month.AddMonths(HugeGapMonths)
                || (months[i + 1].Month > months[i].Month.AddMonths(GapMonths) && beyond <= total * FewBeyond))
                return months[i].Last;
        }

        return null;
    }
}
