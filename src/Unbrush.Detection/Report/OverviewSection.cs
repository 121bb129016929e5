using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>What was judged and what was found, in plain words and with the range that the open cases leave.</summary>
internal static class OverviewSection
{
    private static readonly string[] Ladder = ["clean", "data_quality", "watch", "review", "victim", "confirmed"];

    public static void Write(Page page)
    {
        var sums = Row.Of(page.Store, """
            SELECT coalesce(o.currency, '') AS currency, v.verdict, count(*) AS orders, CAST(sum(v.score) AS DOUBLE) AS score,
                   CAST(coalesce(sum(o.amount) FILTER (WHERE coalesce(o.status, 'paid') NOT IN ('created', 'closed')), 0) AS DECIMAL(18, 2)) AS amount
            FROM fact_order o JOIN verdict_order v ON v.order_no = o.order_no GROUP BY 1, 2 ORDER BY 1, 2
            """).Select(r => (Currency: r.Word("currency"), Verdict: r.Word("verdict"), Orders: r.Whole("orders") ?? 0, Score: r.Real("score") ?? 0, Amount: r.Money("amount") ?? 0)).ToList();
        var parcels = Row.Of(page.Store, "SELECT verdict, count(*) AS n FROM verdict_parcel GROUP BY verdict").ToDictionary(r => r.Word("verdict"), r => r.Whole("n") ?? 0, StringComparer.Ordinal);
        long Orders(string verdict) => sums.Where(s => s.Verdict == verdict).Sum(s => s.Orders);
        var all = sums.Sum(s => s.Orders);
        var (confirmed, review, victims) = (Orders("confirmed"), Orders("review"), Orders("victim"));
        var allParcels = parcels.Values.Sum();
        var empty = parcels.GetValueOrDefault("no_physical_parcel");
        var likely = sums.Where(s => s.Verdict != "victim").Sum(s => s.Score);
        var html = page.Html;

        page.Open("overview", page.Say("Overview", "概览"), "");
        html.Add($"<p class=\"lead\">{page.Say(
            all == 0 ? "The feed holds no orders; what follows is about its parcels." : $"Of {Page.Count(all)} orders, {Page.Count(confirmed)} are confirmed fakes, {Page.Count(review)} wait for a person, and {Page.Count(victims)} were done to a shop or its customers, not by them. Of {Page.Count(allParcels)} parcels, {Page.Count(empty)} never travelled with the goods.",
            all == 0 ? "数据中没有订单，以下内容仅涉及包裹。" : $"共 {Page.Count(all)} 笔订单，其中确认虚假 {Page.Count(confirmed)} 笔，待人工复核 {Page.Count(review)} 笔，另有 {Page.Count(victims)} 笔是对店铺或顾客的侵害而非其所为。共 {Page.Count(allParcels)} 个包裹，其中 {Page.Count(empty)} 个并未带着货物真实运输。")}</p>\n");

        html.Add($"<ul class=\"tiles\">");
        Tile(page, "bad", Page.Count(confirmed), page.Say("orders confirmed fake", "确认虚假订单"), all == 0 ? "" : page.Say($"{Page.Percent(confirmed / (double)all)} of all", $"占全部 {Page.Percent(confirmed / (double)all)}"));
        Tile(page, "ask", Page.Count(review), page.Say("orders for a person", "待人工复核订单"), all == 0 ? "" : page.Say($"{Page.Percent(review / (double)all)} of all", $"占全部 {Page.Percent(review / (double)all)}"));
        Tile(page, "hurt", Page.Count(victims), page.Say("victims' orders", "受害订单"), page.Say("cost nobody anything", "不给任何人带来处罚"));
        Tile(page, "bad", Page.Count(empty), page.Say("parcels that never travelled", "并未运输的包裹"), allParcels == 0 ? "" : page.Say($"{Page.Percent(empty / (double)allParcels, 2)} of all", $"占全部 {Page.Percent(empty / (double)allParcels, 2)}"));
        var main = sums.GroupBy(s => s.Currency).OrderByDescending(g => g.Sum(s => s.Orders)).FirstOrDefault();
        if (main is not null && main.Sum(s => s.Amount) is > 0 and var gross)
        {
            var excluded = main.Where(s => s.Verdict is "confirmed" or "victim").Sum(s => s.Amount);
            var open = main.Where(s => s.Verdict == "review").Sum(s => s.Amount);
            Tile(page, "good", page.Range(gross - excluded - open, gross - excluded), page.Say($"adjusted turnover, {main.Key}", $"调整后销售额（{main.Key}）"), page.Say($"of {page.Money(gross, null)} gross", $"总额 {page.Money(gross, null)}"));
        }

        html.Add($"</ul>\n");

        if (all > 0)
        {
            Stack(page, page.Say("Orders by verdict", "订单结论"), [.. Ladder.Select(v => (v, (double)Orders(v), Page.Count(Orders(v))))]);
            foreach (var currency in sums.GroupBy(s => s.Currency).OrderByDescending(g => g.Sum(s => s.Orders)).Take(4))
                Money(page, currency.Key, currency.ToDictionary(s => s.Verdict, s => s.Amount, StringComparer.Ordinal));
            html.Add($"<p>{page.Say(
                $"The number of fakes lies between {Page.Count(confirmed)} (confirmed) and {Page.Count(confirmed + review)} (if everything that waits for a person were fake); the calibrated scores add up to about {Page.Count((long)Math.Round(likely))}.",
                $"虚假订单数介于 {Page.Count(confirmed)}（已确认）与 {Page.Count(confirmed + review)}（若待复核的全部为虚假）之间；按校准后的概率合计约为 {Page.Count((long)Math.Round(likely))}。")}</p>\n");
        }

        html.Add($"<aside class=\"caveat\"><h3>{page.Say("Before you act on this", "使用前请注意")}</h3><ul>");
        foreach (var line in Caveats(page))
            html.Add($"<li>{line}</li>");
        html.Add($"</ul></aside>\n");
        page.Close();
    }

    private static void Tile(Page page, string name, string figure, string what, string note) =>
        page.Html.Add($"<li class=\"{name}\"><strong>{figure}</strong><span>{what}</span><small>{note}</small></li>");

    private static void Money(Page page, string currency, Dictionary<string, decimal> amounts)
    {
        var gross = amounts.Values.Sum();
        if (gross == 0)
            return;
        var largest = Row.Of(page.Store, $"SELECT CAST(max(o.amount) AS DECIMAL(18, 2)) AS amount FROM fact_order o JOIN verdict_order v ON v.order_no = o.order_no WHERE v.verdict = 'review' AND coalesce(o.currency, '') = {Row.Quote(currency)} AND coalesce(o.status, 'paid') NOT IN ('created', 'closed')").Select(r => r.Money("amount") ?? 0).First();
        decimal At(string verdict) => amounts.GetValueOrDefault(verdict);
        var excluded = At("confirmed") + At("victim");
        Stack(page, page.Say("Turnover by verdict", "销售额结论"), [.. Ladder.Select(v => (v, (double)At(v), page.Money(At(v), currency)))]);
        page.Html.Add($"<p>{page.Say(
            $"Of {page.Money(gross, currency)} turnover, {page.Money(excluded, currency)} is excluded ({page.Money(At("confirmed"), currency)} confirmed fake, {page.Money(At("victim"), currency)} victims' orders) and {page.Money(At("review"), currency)} is in question: the adjusted turnover lies between {page.Money(gross - excluded - At("review"), currency)} and {page.Money(gross - excluded, currency)}.",
            $"销售额合计 {page.Money(gross, currency)}，其中剔除 {page.Money(excluded, currency)}（确认虚假 {page.Money(At("confirmed"), currency)}，受害订单 {page.Money(At("victim"), currency)}），存疑 {page.Money(At("review"), currency)}：调整后销售额介于 {page.Money(gross - excluded - At("review"), currency)} 与 {page.Money(gross - excluded, currency)} 之间。")}{(largest > 0.25m * At("review") && At("review") > 0.02m * gross ? page.Say($" One open order alone is {page.Money(largest, currency)} of it.", $"其中单笔存疑订单即达 {page.Money(largest, currency)}。") : "")}</p>\n");
    }

    private static void Stack(Page page, string label, IReadOnlyList<(string Verdict, double Part, string Figure)> parts)
    {
        page.Html.Add($"<figure><figcaption>{label}</figcaption>{Charts.Stack([.. parts.Select(p => (Page.Class(p.Verdict) + " " + p.Verdict, p.Part, Wording.Verdict(p.Verdict, page.Language) + ": " + p.Figure))], label)}<ul class=\"legend\">");
        foreach (var (verdict, _, figure) in parts.Where(p => p.Part > 0))
            page.Html.Add($"<li class=\"{Page.Class(verdict)} {verdict}\">{Wording.Verdict(verdict, page.Language)} <b>{figure}</b></li>");
        page.Html.Add($"</ul></figure>\n");
    }

    private static string[] Caveats(Page page) =>
    [
        page.Say("The output of a detector must not be the sole basis of a penalty. A person decides, with the other side heard, by the rule in force on the day of the order.", "检测结果不得作为处罚的唯一依据。须由人工依照订单发生之日有效的规则、并听取当事人意见后作出决定。"),
        page.Say("An order is confirmed only where two families of evidence agree and one is a contradiction or a closed money loop. Weight alone never confirms; whoever complains is a victim.", "只有两类以上证据相互印证，且其中有硬矛盾或资金闭环，订单才会被确认；重量不能单独定案；投诉者按受害者对待。"),
        page.Say("“Parcel never travelled” is a finding about the outlet; it says nothing by itself against the shop.", "“包裹并未运输”是针对网点的结论，其本身并不构成对店铺的认定。"),
        page.Say("What speaks for a subject is listed with what speaks against it. What the data could not show is listed at the end.", "对当事人有利的事实与不利的事实一并列出；数据无法显示的内容列于文末。"),
    ];
}
