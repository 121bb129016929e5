using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>Who was done to: shops under attack, buyers whose goods never came, people who ordered nothing.</summary>
internal static class VictimSection
{
    public static void Write(Page page)
    {
        page.Open("victims", page.Say("Victims", "受害者"), page.Say(
            "These orders are excluded from sales and cost their shops and buyers nothing: hostile orders, goods that never came, parcels that nobody ordered.",
            "这些订单不计入销量，也不给店铺和买家带来任何处罚：恶意订单、未收到的货物、未曾下单却收到的包裹。"));
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_sellers WHERE victim > 0").Select(r => r.Whole("n") ?? 0).First();
        if (all == 0)
        {
            page.Empty(page.Say("No victims were found.", "未发现受害者。"));
            page.Close();
            return;
        }

        var grid = new Grid(page, "victims", page.Say("Shops with victims' orders, most first", "涉及受害订单的店铺，多者在前"), page.Say("Seller", "店铺"), page.Say("#Orders", "#订单"), page.Say("#Victims' orders", "#受害订单"), page.Say("Verdict", "结论"));
        foreach (var row in Row.Of(page.Store, $"SELECT platform, seller_id, orders, victim, verdict FROM finding_sellers WHERE victim > 0 ORDER BY victim DESC, platform, seller_id LIMIT {page.Options.Rows / 2}"))
            grid.Row(Page.Id(row.Word("platform"), row.Word("seller_id")), row.Whole("orders") ?? 0, row.Whole("victim") ?? 0, page.Badge(row.Word("verdict")));
        grid.End(all, "sellers.csv");
        page.Close();
    }
}
