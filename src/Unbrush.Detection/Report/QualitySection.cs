using Unbrush.Core;
using Unbrush.Detection.Explain;

namespace Unbrush.Detection.Report;

/// <summary>What the data could not show: rows set aside, notes, signals that lacked their columns.</summary>
internal static class QualitySection
{
    public static void Write(Page page)
    {
        page.Open("quality", page.Say("Data quality", "数据质量"), page.Say(
            "What was read, what had to be set aside, and what could not be judged because the feed does not say.",
            "读取了什么、隔离了什么，以及因数据未提供而无法判断的内容。"));
        Coverage(page);
        Unseen(page);
        var files = Row.Of(page.Store, "SELECT name, format, \"table\", read, kept, superseded, quarantined FROM import_file WHERE kept > 0 OR quarantined > 0 ORDER BY name, \"table\"")
            .Select(f => (Name: f.Word("name"), Format: f.Word("format"), Table: f.Word("table"), Read: f.Whole("read") ?? 0, Kept: f.Whole("kept") ?? 0, Superseded: f.Whole("superseded") ?? 0, Quarantined: f.Whole("quarantined") ?? 0)).ToList();
        var all = Row.Of(page.Store, "SELECT count(*) AS n FROM import_file").Select(r => r.Whole("n") ?? 0).First();
        if (files.Count > 0)
        {
            var grid = new Grid(page, "files", page.Say("Files: rows read = kept + superseded + quarantined", "文件：读取 = 保留 + 被取代 + 隔离"), page.Say("File", "文件"), page.Say("Format", "格式"), page.Say("Table", "表"), page.Say("#Read", "#读取"), page.Say("#Kept", "#保留"), page.Say("#Superseded", "#被取代"), page.Say("#Quarantined", "#隔离"));
            foreach (var f in files.Take(40))
                grid.Row(f.Name, f.Format, f.Table, f.Read, f.Kept, f.Superseded, f.Quarantined);
            grid.End(all, "run.json");
        }

        var notes = Row.Of(page.Store, "SELECT level, \"table\", file, text FROM finding_notes ORDER BY n LIMIT 60").Select(n => (Level: n.Word("level"), File: n.Word("file"), Text: n.Word("text"))).ToList();
        var noted = Row.Of(page.Store, "SELECT count(*) AS n FROM finding_notes").Select(r => r.Whole("n") ?? 0).First();
        if (notes.Count == 0)
            page.Empty(page.Say("Nothing to note.", "没有需要说明的事项。"));
        else
        {
            page.Html.Add($"<details open><summary>{page.Say($"Notes ({Page.Count(noted)})", $"说明（{Page.Count(noted)}）")}</summary><ul class=\"notes\">");
            foreach (var note in notes)
                page.Html.Add($"<li class=\"{(note.Level == "warning" ? "ask" : "dim")}\">{(note.File.Length > 0 ? Html.Of($"<code>{note.File}</code> ") : Markup.None)}{note.Text}</li>");
            page.Html.Add($"</ul></details>\n");
        }

        page.Close();
    }

    /// <summary>How far the data reach: what can be judged of an order depends on it.</summary>
    private static void Coverage(Page page)
    {
        var counted = Row.Of(page.Store, """
            SELECT o.orders, o.buyers, o.payers, o.weights, (SELECT count(*) FROM order_parcel) AS linked, p.parcels, p.scanned, p.weighed
            FROM (SELECT count(*) AS orders, count(buyer_no) AS buyers, count(payer) AS payers, count(goods_g) AS weights FROM fact_order) o,
                 (SELECT count(*) AS parcels, count(*) FILTER (WHERE scans > 0) AS scanned, count(*) FILTER (WHERE weighed) AS weighed FROM fact_parcel) p
            """).Select(r => (Orders: r.Whole("orders") ?? 0, Parcels: r.Whole("parcels") ?? 0, Buyers: r.Whole("buyers") ?? 0, Payers: r.Whole("payers") ?? 0, Weights: r.Whole("weights") ?? 0, Linked: r.Whole("linked") ?? 0, Scanned: r.Whole("scanned") ?? 0, Weighed: r.Whole("weighed") ?? 0)).First();
        (string What, long Part, long Whole)[] shares =
        [
            (page.Say("Orders with a buyer", "有买家的订单"), counted.Buyers, counted.Orders),
            (page.Say("Orders with a payer", "有付款账户的订单"), counted.Payers, counted.Orders),
            (page.Say("Orders with the goods' weight", "有商品重量的订单"), counted.Weights, counted.Orders),
            (page.Say("Orders with a parcel", "有包裹的订单"), counted.Linked, counted.Orders),
            (page.Say("Parcels with scans", "有扫描的包裹"), counted.Scanned, counted.Parcels),
            (page.Say("Parcels weighed", "有称重的包裹"), counted.Weighed, counted.Parcels),
        ];
        page.Html.Add($"<ul class=\"coverage\">");
        foreach (var (what, part, whole) in shares.Where(s => s.Whole > 0))
        {
            var share = part / (double)whole;
            page.Html.Add($"<li><span>{what}</span> <b>{Page.Percent(share)}</b>{Charts.Interval(share, 0, share, 1, what)}</li>");
        }

        page.Html.Add($"</ul>\n");
    }

    /// <summary>What could not be seen because the feed has no such table.</summary>
    private static void Unseen(Page page)
    {
        (string Table, Sentence Missed)[] blind =
        [
            ("orders", new("No orders: parcels and outlets are judged, sales are not.", "没有订单：仅评判包裹与网点，不评判销售。")),
            ("parcels", new("No parcels: whether goods travelled could not be seen.", "没有包裹：无法判断货物是否运输。")),
            ("scans", new("No scans: the parcels' ways could not be followed.", "没有扫描：无法追踪包裹的行程。")),
            ("parcel_orders", new("No links between parcels and orders: they were matched by address and time where possible.", "没有包裹与订单的关联：只能在可能时按地址和时间匹配。")),
            ("listings", new("No listings: weights could not be compared with the catalogue's.", "没有商品目录：无法与目录重量比较。")),
            ("payments", new("No payments: money that came back could not be seen.", "没有资金流水：无法看到回款。")),
            ("visits", new("No visits: how the buyers came could not be seen.", "没有访问记录：无法看到买家如何到来。")),
            ("reviews", new("No reviews: texts and ratings could not be compared.", "没有评价：无法比较文字与评分。")),
            ("reports", new("No complaints or tips: victims who complained elsewhere could not be seen.", "没有投诉与举报：在别处投诉的受害者无法看到。")),
            ("registers", new("No registers: registered campaigns, warehouses and pick-up points could not speak for anybody.", "没有登记信息：已登记的活动、仓库与自提点无法为任何人作证。")),
        ];
        var filled = Row.Of(page.Store, "SELECT \"table\" AS filled FROM run_feed").Select(r => r.Word("filled")).ToHashSet(StringComparer.Ordinal);
        var missed = blind.Where(b => !filled.Contains(b.Table)).ToList();
        if (missed.Count == 0)
            return;
        page.Html.Add($"<h3>{page.Say("What could not be seen", "无法看到的内容")}</h3>\n<ul class=\"notes\">");
        foreach (var (_, sentence) in missed)
            page.Html.Add($"<li class=\"ask\">{sentence.In(page.Language)}</li>");
        page.Html.Add($"</ul>\n");
    }
}
