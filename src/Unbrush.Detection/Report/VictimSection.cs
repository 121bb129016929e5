using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>Who was done to: shops under attack, buyers whose goods never came, people who ordered nothing. Their names are left out.</summary>
internal static class VictimSection
{
    public static void Write(Page page)
    {
        var people = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_buyers WHERE role = 'victim'").Select(r => r.Whole("n") ?? 0).First();
        page.Open("victims", page.Say("Victims, protected", "受害者（予以保护）"), page.Say(
            $"These orders are excluded from sales and cost their shops and buyers nothing: hostile orders, goods that never came, parcels that nobody ordered. {Page.Count(people)} buyers or recipients are held to be victims; they are never counted as brushers, and the report does not name them.",
            $"这些订单不计入销量，也不给店铺和买家带来任何处罚：恶意订单、未收到的货物、未曾下单却收到的包裹。另有 {Page.Count(people)} 名买家或收件人被认定为受害者，绝不计为刷手，报告中也不列其名。"));
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_sellers WHERE victim > 0").Select(r => r.Whole("n") ?? 0).First();
        if (all == 0)
        {
            page.Empty(page.Say("No victims were found.", "未发现受害者。"));
            page.Close();
            return;
        }

        var orders = Row.Of(page.Store, $"""
            SELECT platform, order_id, seller_id, created_at, amount, currency, reasons FROM finding_orders
            WHERE verdict = 'victim' QUALIFY row_number() OVER (PARTITION BY platform, seller_id ORDER BY evidence_db DESC, order_id) = 1
            ORDER BY platform, order_id
            """).Select(r => (Platform: r.Word("platform"), Id: r.Word("order_id"), Seller: r.Word("seller_id"), Reasons: r.Word("reasons"))).ToList();
        var why = orders.ToDictionary(o => (o.Platform, o.Seller), o => (o.Id, o.Reasons));
        var grid = new Grid(page, "victims", page.Say($"{Page.Count(all, "shop")} with victims' orders, most first", $"涉及受害订单的店铺 {Page.Count(all)} 家，多者在前"), page.Say("Seller", "店铺"), page.Say("Verdict", "结论"), page.Say("#Orders", "#订单"), page.Say("#Victims' orders", "#受害订单"), page.Say("Why, by one of the orders", "原因（举一单为例）"));
        foreach (var row in Row.Of(page.Store, $"SELECT platform, seller_id, orders, victim, verdict FROM finding_sellers WHERE victim > 0 ORDER BY victim DESC, platform, seller_id LIMIT {page.Options.Rows / 2}"))
        {
            var example = why.GetValueOrDefault((row.Word("platform"), row.Word("seller_id")));
            var reason = example.Reasons is null ? null : AccountReader.Reasons(example.Reasons).Where(r => r.Family != "context").OrderByDescending(r => r.Family == "human").ThenByDescending(r => Math.Abs(r.Db ?? 0)).FirstOrDefault();
            grid.Row(
                Page.Id(row.Word("platform"), row.Word("seller_id")), page.Badge(row.Word("verdict")), row.Whole("orders") ?? 0, row.Whole("victim") ?? 0,
                Html.Of($"{(example.Id is null ? Markup.None : Html.Of($"<span class=\"id\">{example.Id}</span>"))}<p class=\"sub\">{reason?.Text ?? "–"}</p>"));
        }

        grid.End(all, "sellers.csv");
        page.Close();
    }
}
