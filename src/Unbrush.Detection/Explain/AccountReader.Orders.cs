using Unbrush.Core.Evidence;
using Unbrush.Core.Findings;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Verdicts;

namespace Unbrush.Detection.Explain;

/// <content>Orders and parcels.</content>
public sealed partial class AccountReader
{
    /// <summary>One order, or null where the feed has none of that id.</summary>
    public Account? Order(string platform, string id) =>
        Orders([.. Row.Of(_store, $"SELECT order_no FROM fact_order WHERE platform = {Row.Quote(platform)} AND order_id = {Row.Quote(id)}").Select(r => r.Number("order_no"))]).FirstOrDefault();

    /// <summary>The last life of a waybill number, or null where the feed has none of that number.</summary>
    public Account? Parcel(string carrier, string waybill) =>
        Parcels([.. Row.Of(_store, $"SELECT parcel_no FROM fact_parcel WHERE carrier = {Row.Quote(carrier)} AND waybill_no = {Row.Quote(waybill)} ORDER BY created_at DESC LIMIT 1").Select(r => r.Number("parcel_no"))]).FirstOrDefault();

    /// <summary>Orders by number, in the order of the numbers given.</summary>
    internal List<Account> Orders(IReadOnlyList<int> numbers)
    {
        if (numbers.Count == 0)
            return [];
        var list = List(numbers);
        var links = Row.Of(_store, $"SELECT l.order_no, l.parcel_no, l.guessed, c.parcel_no IS NOT NULL AS chosen FROM fact_link l LEFT JOIN order_parcel c ON c.order_no = l.order_no AND c.parcel_no = l.parcel_no WHERE l.order_no IN ({list}) ORDER BY l.order_no, l.parcel_no")
            .Select(r => (Order: r.Number("order_no"), Parcel: r.Number("parcel_no"), Chosen: r.Is("chosen"), Guessed: r.Is("guessed"))).ToList();
        var parcelNumbers = links.Select(l => l.Parcel).Distinct().ToList();
        var parcels = ParcelRows(parcelNumbers);
        var acts = _timeline.OfOrders([.. numbers]);
        var scans = _timeline.OfParcels(parcelNumbers);
        var rows = Row.Of(_store, $"""
            SELECT o.order_no, o.platform, o.order_id, s.seller_id, s.name AS seller_name, s.opened_at, b.buyer_id, b.registered_at, o.created_at, o.status, o.fulfilment,
                   CAST(o.amount AS DECIMAL(18, 2)) AS amount, o.currency, o.source, o.campaign_id, o.promised_at, o.address_kind, o.region, o.memo,
                   o.quantity, o.goods_g, o.category, v.verdict, v.score, v.centi, v.families, v.hard, g.ring_id, coalesce(r.reasons, '[]') AS reasons
            FROM fact_order o
            JOIN verdict_order v ON v.order_no = o.order_no
            JOIN fact_seller s ON s.seller_no = o.seller_no
            LEFT JOIN fact_buyer b ON b.buyer_no = o.buyer_no
            LEFT JOIN ring_order g ON g.order_no = o.order_no
            LEFT JOIN reasons_order r ON r.order_no = o.order_no
            WHERE o.order_no IN ({list})
            """).Select(r => (
                Number: r.Number("order_no"), Platform: r.Word("platform"), Id: r.Word("order_id"), Verdict: r.Word("verdict"), Score: r.Real("score") ?? 0, Centi: r.Number("centi"), Reasons: r.Word("reasons"),
                Facts: OrderFacts(r))).ToList();

        var accounts = new Dictionary<int, Account>();
        foreach (var row in rows)
        {
            var own = links.Where(l => l.Order == row.Number).ToList();
            var (reasons, items) = Weigh(Subject.Order, row.Number, row.Reasons);
            var chosen = own.Where(l => l.Chosen).Select(l => l.Parcel).DefaultIfEmpty(own.Select(l => l.Parcel).FirstOrDefault()).First();
            var facts = row.Facts;
            if (parcels.TryGetValue(chosen, out var parcel))
                facts.AddRange(parcel.Facts);
            reasons = Complete(reasons, row.Centi / 100.0);
            accounts[row.Number] = new()
            {
                Kind = "order",
                Scope = row.Platform,
                Id = row.Id,
                Verdict = row.Verdict,
                Score = row.Score,
                EvidenceDb = row.Centi / 100.0,
                Facts = facts,
                Timeline = _timeline.Merge(acts[row.Number], scans.GetValueOrDefault(chosen, [])),
                Reasons = reasons,
                Changes = Changes(Subject.Order, items, row.Centi, (weighed, score) => Ladder.OfOrder(weighed, score, _detector!.Model.Order).Word()),
                CanShow = CanShow.For(row.Verdict, reasons, _language),
                Related = [.. own.Select(l => (Parcel: parcels[l.Parcel], l.Guessed)).Select(l => new Related("parcel", l.Parcel.Carrier, l.Parcel.Waybill, l.Parcel.Verdict, l.Parcel.Score, l.Guessed ? Wording.Guessed.In(_language) : ""))],
            };
        }

        return [.. numbers.Where(accounts.ContainsKey).Select(n => accounts[n])];
    }

    /// <summary>Parcels by number, in the order of the numbers given.</summary>
    internal List<Account> Parcels(IReadOnlyList<int> numbers)
    {
        if (numbers.Count == 0)
            return [];
        var list = List(numbers);
        var rows = ParcelRows(numbers);
        var scans = _timeline.OfParcels([.. numbers]);
        var orders = Row.Of(_store, $"SELECT l.parcel_no, o.platform, o.order_id, v.verdict, v.score FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no JOIN verdict_order v ON v.order_no = l.order_no WHERE l.parcel_no IN ({list}) ORDER BY o.order_no")
            .Select(r => (Parcel: r.Number("parcel_no"), Order: new Related("order", r.Word("platform"), r.Word("order_id"), r.Word("verdict"), r.Real("score"), ""))).ToList();
        var accounts = new List<Account>();
        foreach (var number in numbers)
        {
            if (!rows.TryGetValue(number, out var row))
                continue;
            var (reasons, items) = Weigh(Subject.Parcel, number, row.Reasons);
            reasons = Complete(reasons, row.Centi / 100.0);
            accounts.Add(new()
            {
                Kind = "parcel",
                Scope = row.Carrier,
                Id = row.Waybill,
                Verdict = row.Verdict,
                Score = row.Score,
                EvidenceDb = row.Centi / 100.0,
                Facts = row.Facts,
                Timeline = scans.GetValueOrDefault(number, []),
                Reasons = reasons,
                Changes = Changes(Subject.Parcel, items, row.Centi, (weighed, score) => Ladder.OfParcel(weighed, score, row.HasScans, _detector!.Model.Parcel).Word()),
                CanShow = CanShow.For(row.Verdict, reasons, _language),
                Related = [.. orders.Where(o => o.Parcel == number).Select(o => o.Order)],
            });
        }

        return accounts;
    }

    private Dictionary<int, ParcelRow> ParcelRows(IReadOnlyCollection<int> numbers) => numbers.Count == 0 ? [] : Row.Of(_store, $"""
        WITH goods AS (
          SELECT l.parcel_no, CASE WHEN count(*) = count(o.goods_g) THEN sum(o.goods_g) END AS goods_g
          FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no WHERE l.parcel_no IN ({List(numbers)}) GROUP BY l.parcel_no
        )
        SELECT p.parcel_no, p.carrier, p.waybill_no, p.created_at, p.scans, p.declared_g, p.weight_g, g.goods_g, p.orders, p.sender_region, p.recipient_region, p.remark,
               f.facility_id, f.name, s.sender_key, v.verdict, v.score, v.centi, coalesce(r.reasons, '[]') AS reasons
        FROM fact_parcel p
        JOIN verdict_parcel v ON v.parcel_no = p.parcel_no
        LEFT JOIN goods g ON g.parcel_no = p.parcel_no
        LEFT JOIN fact_facility f ON f.facility_no = p.origin_no
        LEFT JOIN fact_sender s ON s.sender_no = p.sender_no
        LEFT JOIN reasons_parcel r ON r.parcel_no = p.parcel_no
        WHERE p.parcel_no IN ({List(numbers)})
        """).Select(r => new ParcelRow(
            r.Number("parcel_no"), r.Word("carrier"), r.Word("waybill_no"), r.Word("verdict"), r.Real("score") ?? 0, r.Number("centi"), r.Whole("scans") > 0, r.Word("reasons"), ParcelFacts(r)))
        .ToDictionary(p => p.Number);

    private List<Fact> OrderFacts(Row r) => Facts(
        Known("seller", "Seller", "店铺", r.Text("seller_name") is { } name ? $"{name} ({r.Word("seller_id")})" : r.Text("seller_id")),
        Known("seller_opened_at", "Shop opened", "开店时间", Time(r.Time("opened_at"))?[..10]),
        Known("buyer", "Buyer", "买家", r.Text("buyer_id")),
        Known("buyer_registered_at", "Account registered", "账号注册", Time(r.Time("registered_at"))?[..10]),
        Known("amount", "Amount", "金额", r.Money("amount") is { } a ? Wording.Money(a, r.Text("currency")) : null),
        Known("goods", "Goods", "商品", string.Join(" ", new[] { r.Word("category"), r.Whole("quantity") is { } q ? "× " + Count(q) : "" }.Where(t => t.Length > 0))),
        Known("status", "Status", "状态", r.Text("status") is { } s ? Wording.Value(s, _language) : null),
        Known("fulfilment", "Delivered as", "履约方式", r.Text("fulfilment") is { } f && f != "parcel" ? Wording.Value(f, _language) : null),
        Known("source", "Came by", "来源", r.Text("source") is { } src ? Wording.Value(src, _language) + (r.Text("campaign_id") is { } c ? $" ({c})" : "") : null),
        Known("region", "Region", "地区", r.Text("region")),
        Known("address_kind", "Address", "地址类型", r.Text("address_kind") is { } k ? Wording.Value(k, _language) : null),
        Known("promised_at", "Promised by", "承诺发货", Time(r.Time("promised_at"))?[..10]),
        Known("memo", "Seller's memo", "卖家备注", r.Text("memo")),
        Known("ring", "Ring", "团伙", r.Text("ring_id")));

    private List<Fact> ParcelFacts(Row r)
    {
        double? weight = r.Real("weight_g"), goods = r.Real("goods_g");
        var weighed = weight is { } w ? Wording.Grams(w) : r.Whole("scans") > 0 ? Say("never weighed", "从未称重") : null;
        var expected = goods is { } g ? Wording.Grams(g) + (weight is { } on && g > 0 ? Say($" (weighed: {Percent(on / g)} of it)", $"（实重为其 {Percent(on / g)}）") : "") : null;
        return Facts(
            Known("waybill", "Waybill", "运单", $"{r.Word("carrier")} {r.Word("waybill_no")}"),
            Known("origin", "Origin", "揽收网点", r.Text("name") is { } name ? $"{name} ({r.Word("facility_id")})" : r.Text("facility_id")),
            Known("sender", "Sender", "寄件人", r.Text("sender_key")),
            Known("way", "From → to", "寄 → 收", r.Text("sender_region") is { } from && r.Text("recipient_region") is { } to ? $"{from} → {to}" : null),
            Known("weight", "Weight", "实重", weighed),
            Known("catalogue_weight", "By the catalogue", "目录重量", expected),
            Known("declared_weight", "Declared", "申报重量", r.Real("declared_g") is { } d ? Wording.Grams(d) : null),
            Known("carries", "Orders in it", "包含订单", r.Whole("orders") is > 1 and var n ? Count(n) : null),
            Known("remark", "Remark", "备注", r.Text("remark")));
    }

    private sealed record ParcelRow(int Number, string Carrier, string Waybill, string Verdict, double Score, int Centi, bool HasScans, string Reasons, List<Fact> Facts);
}
