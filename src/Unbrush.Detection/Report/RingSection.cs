using System.Globalization;
using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>Groups of buyers and sellers in lockstep beyond chance, drawn as matrix and as graph.</summary>
internal static class RingSection
{
    private const int Drawn = 4;
    private const int SellersDrawn = 24;
    private const int BuyersDrawn = 48;

    public static void Write(Page page)
    {
        page.Open("rings", page.Say("Rings", "团伙"), page.Say(
            "Buyers and shops that meet far more often than chance, their categories and the time would have it. A ring is a question, not a verdict: each order in it still needs evidence of its own.",
            "买家与店铺之间的共同购买远超其类目与时段下的随机水平。团伙是线索而非结论：其中每笔订单仍需各自的证据。"));
        var rows = Row.Of(page.Store, """
            SELECT ring_id, buyers, sellers, orders, CAST(amount AS DECIMAL(18, 2)) AS amount, density, q_value, first_at, last_at, verdict, reasons FROM finding_rings
            ORDER BY verdict = 'confirmed' DESC, orders DESC, q_value, ring_id LIMIT 12
            """).Select(r => (
                Id: r.Word("ring_id"), Buyers: r.Whole("buyers") ?? 0, Sellers: r.Whole("sellers") ?? 0, Orders: r.Whole("orders") ?? 0, Amount: r.Money("amount"), Density: r.Real("density") ?? 0, Q: r.Real("q_value") ?? 1,
                First: r.Time("first_at"), Last: r.Time("last_at"), Verdict: r.Word("verdict"), Reasons: AccountReader.Reasons(r.Word("reasons")))).ToList();
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_rings").Select(r => r.Whole("n") ?? 0).First();
        if (rows.Count == 0)
        {
            page.Empty(page.Say("No group of buyers and sellers met more often than chance would have it.", "没有发现共同购买显著超出随机水平的买家与店铺群体。"));
            page.Close();
            return;
        }

        var grid = new Grid(page, "rings", page.Say($"{Page.Count(all, "ring")}, the largest first", $"共 {Page.Count(all)} 个团伙，大者在前"),
            page.Say("Ring", "团伙"), page.Say("Verdict", "结论"), page.Say("#Buyers", "#买家"), page.Say("#Shops", "#店铺"), page.Say("#Orders", "#订单"), page.Say("#Amount", "#金额"), page.Say("#Density", "#密度"), page.Say("#False-discovery rate", "#错误发现率"), page.Say("Dates", "日期"));
        foreach (var r in rows)
        {
            grid.Row(
                Html.Of($"<span class=\"id\">{r.Id}</span>"), page.Badge(r.Verdict), r.Buyers, r.Sellers, r.Orders, new(Html.Of($"{(r.Amount is { } a ? page.Money(a, null) : "–")}"), (double)(r.Amount ?? 0)),
                new(Html.Of($"{r.Density.ToString("0.00", CultureInfo.InvariantCulture)}"), r.Density), new(Html.Of($"{(r.Q < 1e-12 ? "<\u00A01E-12" : r.Q.ToString("0.#E+0", CultureInfo.InvariantCulture))}"), r.Q),
                r.First is { } first && r.Last is { } last ? $"{page.Time(first, "yyyy-MM-dd")} – {page.Time(last, "yyyy-MM-dd")}" : "–");
        }

        grid.End(all, "rings.csv");
        page.Html.Add($"<div class=\"drawings\">\n");
        foreach (var ring in rows.Take(Drawn))
            Draw(page, ring.Id, ring.Verdict, ring.Reasons.FirstOrDefault()?.Text ?? "");
        page.Html.Add($"</div>\n");
        page.Close();
    }

    private static void Draw(Page page, string ring, string verdict, string certificate)
    {
        var pairs = Row.Of(page.Store, $"SELECT seller_id, buyer_id, count(*) AS orders, bool_or(verdict = 'confirmed') AS confirmed FROM finding_orders WHERE ring_id = {Row.Quote(ring)} AND buyer_id IS NOT NULL GROUP BY seller_id, buyer_id ORDER BY seller_id, buyer_id")
            .Select(r => (Seller: r.Word("seller_id"), Buyer: r.Word("buyer_id"), Orders: r.Number("orders"), Confirmed: r.Is("confirmed"))).ToList();
        var sellers = Busiest(pairs.GroupBy(p => p.Seller).Select(g => (g.Key, g.Sum(p => p.Orders))), SellersDrawn);
        var buyers = Busiest(pairs.Where(p => sellers.Contains(p.Seller)).GroupBy(p => p.Buyer).Select(g => (g.Key, g.Sum(p => p.Orders))), BuyersDrawn);
        var cells = pairs.Where(p => sellers.Contains(p.Seller) && buyers.Contains(p.Buyer)).ToDictionary(p => (p.Seller, p.Buyer), p => (p.Orders, p.Confirmed));
        if (cells.Count == 0)
            return;
        var (allSellers, allBuyers) = (pairs.Select(p => p.Seller).Distinct(StringComparer.Ordinal).Count(), pairs.Select(p => p.Buyer).Distinct(StringComparer.Ordinal).Count());
        string Of(int shown, int all) => shown == all ? Page.Count(all) : page.Say($"the busiest {Page.Count(shown)} of {Page.Count(all)}", $"{Page.Count(all)} 中最活跃的 {Page.Count(shown)}");
        page.Html.Add($"<figure class=\"ring\"><figcaption><span class=\"id\">{ring}</span> {page.Badge(verdict)}</figcaption><div class=\"pair\">{Charts.Graph(sellers, buyers, cells, page.Say("Graph: shops within, buyers around", "关系图：内圈店铺，外圈买家"))}<div>{Charts.Matrix(sellers, buyers, cells, page.Say("Matrix: a row a shop, a column a buyer", "矩阵：每行一家店铺，每列一个买家"))}<p class=\"sub\">{page.Say(
            $"Rows and squares: {Of(sellers.Count, allSellers)} shops. Columns and circles: {Of(buyers.Count, allBuyers)} buyers. Filled where they met: red where an order is confirmed fake, darker where there are several.",
            $"行与方块：店铺（{Of(sellers.Count, allSellers)}）；列与圆点：买家（{Of(buyers.Count, allBuyers)}）。有色格表示有订单：红色为含确认虚假，较深为多笔。")}</p><p class=\"sub\">{certificate}</p></div></div></figure>\n");
    }

    private static List<string> Busiest(IEnumerable<(string Id, int Orders)> members, int most) =>
        [.. members.OrderByDescending(m => m.Orders).ThenBy(m => m.Id, StringComparer.Ordinal).Take(most).Select(m => m.Id)];
}
