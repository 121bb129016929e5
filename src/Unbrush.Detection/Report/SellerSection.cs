using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>Sellers that need a person, with turnover before and after, worst first.</summary>
internal static class SellerSection
{
    public const string Order = "CASE f.verdict WHEN 'confirmed' THEN 0 WHEN 'review' THEN 1 ELSE 2 END, f.confirmed DESC, f.share_fake_low DESC, f.platform, f.seller_id";

    public static void Write(Page page)
    {
        page.Open("sellers", page.Say("Sellers", "店铺"), page.Say(
            "A shop is judged on all its orders, by a share with its 95 % interval, never by one bad day. The turnover bar shows what counts, what is in question and what is excluded.",
            "店铺依据其全部订单来评判，给出虚假占比及 95% 区间，而不是看某一天。销售额条形依次为：计入、存疑、剔除。"));
        var rows = Row.Of(page.Store, $"""
            SELECT f.platform, f.seller_id, n.name, f.orders, f.confirmed, f.review, f.victim, f.share_fake, f.share_fake_low, f.share_fake_high,
                   f.gross_amount, f.adjusted_low, f.adjusted_high, f.verdict, f.proposals, f.reasons
            FROM finding_sellers f JOIN fact_seller n ON n.platform = f.platform AND n.seller_id = f.seller_id
            WHERE f.verdict IN ('confirmed', 'review') ORDER BY {Order} LIMIT {page.Options.Rows}
            """).Select(r => (
                Platform: r.Word("platform"), Id: r.Word("seller_id"), Name: r.Text("name"), Orders: r.Whole("orders") ?? 0, Confirmed: r.Whole("confirmed") ?? 0, Review: r.Whole("review") ?? 0, Victim: r.Whole("victim") ?? 0,
                Share: r.Real("share_fake") ?? 0, Low: r.Real("share_fake_low") ?? 0, High: r.Real("share_fake_high") ?? 1,
                Gross: r.Money("gross_amount") ?? 0, AdjustedLow: r.Money("adjusted_low") ?? 0, AdjustedHigh: r.Money("adjusted_high") ?? 0,
                Verdict: r.Word("verdict"), Proposals: AccountReader.Proposals(r.Word("proposals"), page.Language), Reasons: AccountReader.Reasons(r.Word("reasons")))).ToList();
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_sellers WHERE verdict IN ('confirmed', 'review')").Select(r => r.Whole("n") ?? 0).First();
        if (rows.Count == 0)
        {
            page.Empty(page.Say("No seller needs a person's look.", "没有店铺需要人工复核。"));
            page.Close();
            return;
        }

        var cases = page.SellerCases;
        var grid = new Grid(page, "sellers", page.Say($"{Page.Count(all, "seller")} for a person, worst first", $"需要人工处理的店铺 {Page.Count(all)} 家，严重者在前"),
            page.Say("Seller", "店铺"), page.Say("Verdict", "结论"), page.Say("#Orders", "#订单"), page.Say("#Fake", "#虚假"), page.Say("#Open", "#待核"),
            page.Say("Share of fakes (0–100 %)", "虚假占比（0–100%）"), page.Say("Turnover: gross → adjusted", "销售额：总额 → 调整后"), page.Say("Proposals and strongest case", "建议与最强案例"));
        foreach (var s in rows)
        {
            var share = page.Say($"{Page.Percent(s.Share)}, {Page.Percent(s.Low)} to {Page.Percent(s.High)}", $"{Page.Percent(s.Share)}，{Page.Percent(s.Low)} 至 {Page.Percent(s.High)}");
            var adjusted = page.Range(s.AdjustedLow, s.AdjustedHigh);
            var bar = Charts.Stack(
                [("good", (double)s.AdjustedLow, page.Say("counts", "计入")), ("ask", (double)(s.AdjustedHigh - s.AdjustedLow), page.Say("in question", "存疑")), ("bad", (double)(s.Gross - s.AdjustedHigh), page.Say("excluded", "剔除"))],
                page.Say("Parts of the turnover", "销售额构成"), 150, 8);
            var proposals = Html.Join(s.Proposals.Select(p => Html.Of($"<li title=\"{p.Reason}\">{p.Text}</li>")));
            var reason = s.Reasons.Where(r => r.Db > 0).OrderByDescending(r => r.Db).FirstOrDefault();
            var link = cases.TryGetValue(Page.Key("seller", s.Platform, s.Id), out var best) ? Html.Of($"<p class=\"sub\">{page.Say("Strongest case:", "最强案例：")} {page.Case("order", best.Scope, best.Id)}</p>") : Markup.None;
            grid.Row(
                new(Html.Of($"{(s.Name is null ? Markup.None : Html.Of($"<span class=\"name\">{s.Name}</span>"))}{Page.Id(s.Platform, s.Id)}")),
                page.Badge(s.Verdict), s.Orders, s.Confirmed, s.Review,
                new(Html.Of($"{Charts.Interval(s.Share, s.Low, s.High, 1, share)}<span class=\"sub\">{share}</span>"), s.Share),
                new(Html.Of($"{bar}<span class=\"sub\">{page.Money(s.Gross, null)} → {adjusted}</span>"), (double)s.Gross),
                Html.Of($"<ul class=\"chips\">{proposals}</ul>{(reason is null ? Markup.None : Html.Of($"<p class=\"sub\">{reason.Text}</p>"))}{link}"));
        }

        grid.End(all, "sellers.csv");
        page.Close();
    }
}
