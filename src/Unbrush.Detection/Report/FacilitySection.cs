using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>The league of outlets and transfer centres: rates with whiskers beside their peers' rate.</summary>
internal static class FacilitySection
{
    public static void Write(Page page)
    {
        page.Open("facilities", page.Say("Outlets and transfer centres", "网点与转运中心"), page.Say(
            "Ranked by the lower end of the rate's interval, so that a small outlet is not convicted by its smallness nor a large one by its count. The dot is the rate of parcels that never travelled, the whiskers its 95 % interval, the upright line the rate of its peers.",
            "按比率区间下限排名：小网点不因样本小而受冤，大网点不因总量大而受责。圆点为“并未运输”包裹的比率，须线为 95% 区间，竖线为同行比率。"));
        Kind(page, "outlet", page.Say("Outlets", "网点"));
        Kind(page, "centre", page.Say("Transfer centres", "转运中心"));
        page.Close();
    }

    private static void Kind(Page page, string kind, string heading)
    {
        var condition = kind == "centre" ? "f.kind = 'centre'" : "f.kind <> 'centre'";
        var rows = Row.Of(page.Store, $"""
            SELECT f.*, n.name FROM finding_facilities f JOIN fact_facility n ON n.carrier = f.carrier AND n.facility_id = f.facility_id
            WHERE {condition} AND f.parcels > 0 AND (f.verdict IN ('confirmed', 'review') OR f.no_physical_parcel > 0) ORDER BY f.rank LIMIT {page.Options.Rows}
            """).Select(r => (
                Carrier: r.Word("carrier"), Id: r.Word("facility_id"), Name: r.Text("name"), Rank: r.Whole("rank") ?? 0, Parcels: r.Whole("parcels") ?? 0, Empties: r.Whole("no_physical_parcel") ?? 0,
                Rate: r.Real("rate") ?? 0, Low: r.Real("rate_low") ?? 0, High: r.Real("rate_high") ?? 1, Peers: r.Real("peer_rate") ?? 0, Complete: r.Real("complete") ?? 1,
                Verdict: r.Word("verdict"), Proposals: AccountReader.Proposals(r.Word("proposals"), page.Language), Reasons: AccountReader.Reasons(r.Word("reasons")))).ToList();
        var counts = Row.Of(page.Store, $"SELECT count(*) AS every, count(*) FILTER (WHERE f.parcels > 0 AND (f.verdict IN ('confirmed', 'review') OR f.no_physical_parcel > 0)) AS listed FROM finding_facilities f WHERE {condition}").Select(r => (Every: r.Whole("every") ?? 0, Listed: r.Whole("listed") ?? 0)).First();
        page.Html.Add($"<h3>{heading}</h3>\n");
        if (rows.Count == 0)
        {
            page.Empty(page.Say($"None of {Page.Count(counts.Every)} stands out.", $"共 {Page.Count(counts.Every)} 个，均无异常。"));
            return;
        }

        var greatest = Charts.Round(Math.Max(0.02, rows.Max(r => Math.Max(r.Rate, Math.Min(r.High, 3 * r.Rate))) * 1.05));
        var grid = new Grid(page, "facilities", page.Say($"{Page.Count(counts.Listed)} of {Page.Count(counts.Every)} with something to see; scale 0 to {Page.Percent(greatest)}", $"{Page.Count(counts.Every)} 个中有 {Page.Count(counts.Listed)} 个值得关注；刻度 0 至 {Page.Percent(greatest)}"),
            page.Say("#Rank", "#名次"), heading, page.Say("Verdict", "结论"), page.Say("#Parcels", "#包裹"), page.Say("#Never travelled", "#并未运输"),
            page.Say("Rate and peers", "比率与同行"), page.Say("#Scans complete", "#扫描完整度"), page.Say("Proposals and reasons", "建议与理由"));
        foreach (var f in rows)
        {
            var label = page.Say($"{Page.Percent(f.Rate)}, {Page.Percent(f.Low)} to {Page.Percent(f.High)}; peers {Page.Percent(f.Peers, 2)}", $"{Page.Percent(f.Rate)}，{Page.Percent(f.Low)} 至 {Page.Percent(f.High)}；同行 {Page.Percent(f.Peers, 2)}");
            var reasons = f.Reasons.Where(r => r.Family != "context").OrderByDescending(r => r.Db).Take(2).Select(r => Html.Of($"<p class=\"sub\">{r.Text}</p>"));
            var proof = page.ParcelCases.TryGetValue(Page.Key("facility", f.Carrier, f.Id), out var best) ? Html.Of($"<p class=\"sub\">{page.Say("Strongest case:", "最强案例：")} {page.Case("parcel", best.Scope, best.Id)}</p>") : Markup.None;
            grid.Row(
                f.Rank, new(Html.Of($"{(f.Name is null ? Markup.None : Html.Of($"<span class=\"name\">{f.Name}</span>"))}{Page.Id(f.Carrier, f.Id)}")),
                page.Badge(f.Verdict), f.Parcels, f.Empties,
                new(Html.Of($"{Charts.Whisker(f.Rate, f.Low, f.High, f.Peers, greatest, label)}<span class=\"sub\">{label}</span>"), f.Rate),
                new(Html.Of($"{Page.Percent(f.Complete)}"), f.Complete),
                Html.Of($"<ul class=\"chips\">{Html.Join(f.Proposals.Select(p => Html.Of($"<li title=\"{p.Reason}\">{p.Text}</li>")))}</ul>{Html.Join(reasons)}{proof}"));
        }

        grid.End(counts.Listed, "facilities.csv");
    }
}
