using System.Globalization;
using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>Senders of parcels that need a person: gift warehouses, parcels that nobody ordered.</summary>
internal static class SenderSection
{
    public static void Write(Page page)
    {
        page.Open("senders", page.Say("Senders", "寄件人"), page.Say(
            "A warehouse that ships goods has weights that follow the goods, however many shops it serves; one that ships cover has not.",
            "真正发货的仓库，无论服务多少店铺，重量都随商品变化；为刷单发礼品的仓库则不然。"));
        var rows = Row.Of(page.Store, $"SELECT * FROM finding_senders WHERE verdict IN ('confirmed', 'review') ORDER BY verdict = 'confirmed' DESC, parcels DESC, carrier, sender_key LIMIT {page.Options.Rows / 2}").Select(r => (
            Carrier: r.Word("carrier"), Key: r.Word("sender_key"), Parcels: r.Whole("parcels") ?? 0, Sellers: r.Whole("sellers") ?? 0, Correlation: r.Real("weight_correlation"), Verdict: r.Word("verdict"), Reasons: AccountReader.Reasons(r.Word("reasons")))).ToList();
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_senders WHERE verdict IN ('confirmed', 'review')").Select(r => r.Whole("n") ?? 0).First();
        if (rows.Count == 0)
        {
            page.Empty(page.Say("No sender needs a person's look.", "没有寄件人需要人工复核。"));
            page.Close();
            return;
        }

        var grid = new Grid(page, "senders", page.Say($"{Page.Count(all, "sender")} for a person, largest first", $"需要人工处理的寄件人 {Page.Count(all)} 个，按包裹数排序"),
            page.Say("Sender", "寄件人"), page.Say("Verdict", "结论"), page.Say("#Parcels", "#包裹"), page.Say("#Shops", "#店铺"), page.Say("Weights follow the goods", "重量随商品变化"), page.Say("Reasons", "理由"));
        foreach (var s in rows)
        {
            var correlation = s.Correlation is { } c
                ? new Cell(Html.Of($"{Charts.Interval(Math.Max(0, c), 0, Math.Max(0, c), 1, page.Say("Correlation", "相关系数"))}<span class=\"sub\">{c.ToString("0.00", CultureInfo.InvariantCulture)}</span>"), c)
                : new Cell(Html.Of($"<span class=\"sub\">{page.Say("too few weighed", "称重过少")}</span>"), -1);
            grid.Row(
                Page.Id(s.Carrier, s.Key), page.Badge(s.Verdict), s.Parcels, s.Sellers, correlation,
                Html.Join(s.Reasons.Where(r => r.Family != "context").OrderByDescending(r => r.Db).Take(2).Select(r => Html.Of($"<p class=\"sub\">{r.Text}</p>"))));
        }

        grid.End(all, "senders.csv");
        page.Close();
    }
}
