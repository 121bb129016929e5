using System.Globalization;
using Unbrush.Detection.Signals;

namespace Unbrush.Detection.Explain;

/// <content>Sellers, buyers, facilities, senders, rings and reviews.</content>
public sealed partial class AccountReader
{
    /// <summary>One seller, or null.</summary>
    public Account? Seller(string platform, string id) => One(
        $"SELECT f.*, n.seller_no AS number, n.name, n.opened_at, n.category, n.region FROM finding_sellers f JOIN fact_seller n ON n.platform = f.platform AND n.seller_id = f.seller_id WHERE f.platform = {Row.Quote(platform)} AND f.seller_id = {Row.Quote(id)}",
        Subject.Seller, "seller", platform, id, "verdict", r => Facts(
            Known("name", "Name", "名称", r.Text("name")),
            Known("opened_at", "Opened", "开店时间", Time(r.Time("opened_at"))?[..10]),
            Known("category", "Category", "类目", r.Text("category")),
            Known("region", "Region", "地区", r.Text("region")),
            Known("orders", "Orders", "订单", Split(r)),
            Known("share_fake", "Share of fakes", "虚假占比", Interval(r, "share_fake", "share_fake_low", "share_fake_high")),
            Known("gross_amount", "Gross turnover", "总销售额", Wording.Money(r.Money("gross_amount") ?? 0, null)),
            Known("adjusted_amount", "Adjusted turnover", "调整后销售额", Wording.Money(r.Money("adjusted_low") ?? 0, null) + " – " + Wording.Money(r.Money("adjusted_high") ?? 0, null))),
        number => OrdersOf($"o.seller_no = {number}"));

    /// <summary>One buyer, or null.</summary>
    public Account? Buyer(string platform, string id) => One(
        $"SELECT f.*, '[]' AS reasons, n.buyer_no AS number, n.registered_at FROM finding_buyers f JOIN fact_buyer n ON n.platform = f.platform AND n.buyer_id = f.buyer_id WHERE f.platform = {Row.Quote(platform)} AND f.buyer_id = {Row.Quote(id)}",
        Subject.Buyer, "buyer", platform, id, "role", r => Facts(
            Known("registered_at", "Registered", "注册时间", Time(r.Time("registered_at"))?[..10]),
            Known("orders", "Orders", "订单", Split(r)),
            Known("ring", "Ring", "团伙", r.Text("ring_id"))),
        number => OrdersOf($"o.buyer_no = {number}"));

    /// <summary>One outlet, centre, station or locker, or null.</summary>
    public Account? Facility(string carrier, string id) => One(
        $"SELECT f.*, n.facility_no AS number, n.name, n.region FROM finding_facilities f JOIN fact_facility n ON n.carrier = f.carrier AND n.facility_id = f.facility_id WHERE f.carrier = {Row.Quote(carrier)} AND f.facility_id = {Row.Quote(id)}",
        Subject.Facility, "facility", carrier, id, "verdict", r => Facts(
            Known("name", "Name", "名称", r.Text("name")),
            Known("kind", "Kind", "类型", Wording.Kind(r.Word("kind"), _language)),
            Known("region", "Region", "地区", r.Text("region")),
            Known("parcels", "Parcels", "包裹", Count(r.Whole("parcels") ?? 0)),
            Known("no_physical_parcel", "Never travelled", "并未运输", Count(r.Whole("no_physical_parcel") ?? 0)),
            Known("rate", "Rate", "比率", Interval(r, "rate", "rate_low", "rate_high")),
            Known("peer_rate", "Rate of its peers", "同行比率", Percent(r.Real("peer_rate") ?? 0)),
            Known("rank", "Rank", "名次", Count(r.Whole("rank") ?? 0)),
            Known("complete", "Scans complete", "扫描完整度", Percent(r.Real("complete") ?? 1))),
        number => ParcelsOf($"p.origin_no = {number}"));

    /// <summary>One sender, or null.</summary>
    public Account? Sender(string carrier, string key) => One(
        $"SELECT f.*, n.sender_no AS number FROM finding_senders f JOIN fact_sender n ON n.carrier = f.carrier AND n.sender_key = f.sender_key WHERE f.carrier = {Row.Quote(carrier)} AND f.sender_key = {Row.Quote(key)}",
        Subject.Sender, "sender", carrier, key, "verdict", r => Facts(
            Known("parcels", "Parcels", "包裹", Count(r.Whole("parcels") ?? 0)),
            Known("sellers", "Shops", "店铺", Count(r.Whole("sellers") ?? 0)),
            Known("weight_correlation", "Weights follow the goods (correlation)", "重量与商品的相关性", r.Real("weight_correlation")?.ToString("0.00", CultureInfo.InvariantCulture) ?? Say("too few weighed", "称重过少"))),
        number => ParcelsOf($"p.sender_no = {number}"));

    /// <summary>One review, or null.</summary>
    public Account? Review(string platform, string id) => One(
        $"SELECT f.*, n.review_no AS number, n.reviewed_at, n.rating, n.order_no, v.text, v.listing_id, v.buyer_id FROM finding_reviews f JOIN fact_review n ON n.platform = f.platform AND n.review_id = f.review_id JOIN reviews v ON v.platform = f.platform AND v.review_id = f.review_id WHERE f.platform = {Row.Quote(platform)} AND f.review_id = {Row.Quote(id)}",
        Subject.Review, "review", platform, id, "verdict", r => Facts(
            Known("reviewed_at", "Written", "评价时间", Time(r.Time("reviewed_at"))),
            Known("rating", "Rating", "评分", r.Real("rating")?.ToString("0.#", CultureInfo.InvariantCulture)),
            Known("text", "Text", "内容", r.Text("text")),
            Known("listing", "Item", "商品", r.Text("listing_id")),
            Known("buyer", "Buyer", "买家", r.Text("buyer_id"))),
        number => OrdersOf($"o.order_no IN (SELECT order_no FROM fact_review WHERE review_no = {number})"));

    /// <summary>One ring, or null.</summary>
    public Account? Ring(string id)
    {
        var row = Row.Of(_store, $"SELECT *, CAST(amount AS DECIMAL(18, 2)) AS sum FROM finding_rings WHERE ring_id = {Row.Quote(id)}").Select(r => (Verdict: r.Word("verdict"), Reasons: r.Word("reasons"), Facts: Facts(
            Known("buyers", "Buyers", "买家", Count(r.Whole("buyers") ?? 0)),
            Known("sellers", "Sellers", "店铺", Count(r.Whole("sellers") ?? 0)),
            Known("orders", "Orders", "订单", Count(r.Whole("orders") ?? 0)),
            Known("amount", "Amount", "金额", r.Money("sum") is { } sum ? Wording.Money(sum, null) : null),
            Known("density", "Density", "密度", r.Real("density")?.ToString("0.00", CultureInfo.InvariantCulture)),
            Known("q_value", "False-discovery rate", "错误发现率", r.Real("q_value")?.ToString("0.#E+0", CultureInfo.InvariantCulture)),
            Known("first_at", "First order", "首单", Time(r.Time("first_at"))),
            Known("last_at", "Last order", "末单", Time(r.Time("last_at")))))).ToList();
        if (row.Count == 0)
            return null;
        var members = Row.Of(_store, $"SELECT kind, scope, id, role, orders FROM finding_ring_members WHERE ring_id = {Row.Quote(id)} ORDER BY kind DESC, orders DESC, scope, id")
            .Select(r => new Related(r.Word("kind"), r.Word("scope"), r.Word("id"), r.Word("role"), null, Say($"{Count(r.Whole("orders") ?? 0)} orders", $"{Count(r.Whole("orders") ?? 0)} 单"))).ToList();
        return new() { Kind = "ring", Scope = "", Id = id, Verdict = row[0].Verdict, Facts = row[0].Facts, Reasons = Reasons(row[0].Reasons), Related = [.. members, .. OrdersOf($"o.order_no IN (SELECT order_no FROM ring_order WHERE ring_id = {Row.Quote(id)})")] };
    }

    /// <summary>Ids that look most like one that was not found.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="id">The id that was not found.</param>
    public IReadOnlyList<(string Scope, string Id)> Nearest(string kind, string id)
    {
        var (table, scope, column) = kind switch
        {
            "order" => ("fact_order", "platform", "order_id"),
            "parcel" => ("fact_parcel", "carrier", "waybill_no"),
            "review" => ("fact_review", "platform", "review_id"),
            "seller" => ("fact_seller", "platform", "seller_id"),
            "buyer" => ("fact_buyer", "platform", "buyer_id"),
            "facility" => ("fact_facility", "carrier", "facility_id"),
            "sender" => ("fact_sender", "carrier", "sender_key"),
            _ => ("finding_rings", "''", "ring_id"),
        };
        return [.. Row.Of(_store, $"SELECT DISTINCT {scope} AS scope, {column} AS id, levenshtein({column}, {Row.Quote(id)}) AS far FROM {table} ORDER BY far, scope, id LIMIT 5")
            .Select(r => (r.Word("scope"), r.Word("id")))];
    }

    private Account? One(string sql, Subject subject, string kind, string scope, string id, string verdict, Func<Row, List<Fact>> facts, Func<int, List<Related>> related)
    {
        var rows = Row.Of(_store, sql).Select(r => (
            Number: r.Number("number"), Verdict: r.Word(verdict), Reasons: r.Word("reasons"), Facts: facts(r),
            Proposals: kind is "seller" or "facility" ? r.Word("proposals") : "[]", Score: kind is "buyer" or "review" ? r.Real("score") : null)).ToList();
        if (rows.Count == 0)
            return null;
        var row = rows[0];
        var reasons = Weigh(subject, row.Number, row.Reasons).Reasons;
        return new()
        {
            Kind = kind,
            Scope = scope,
            Id = id,
            Verdict = row.Verdict,
            Score = row.Score,
            Facts = row.Facts,
            Reasons = reasons,
            CanShow = CanShow.For(row.Verdict, reasons, _language),
            Proposals = Proposals(row.Proposals, _language),
            Related = related(row.Number),
        };
    }

    private List<Related> OrdersOf(string condition) => [.. Row.Of(_store, $"""
        SELECT o.platform, o.order_id, v.verdict, v.score, CAST(o.amount AS DECIMAL(18, 2)) AS amount, o.currency
        FROM fact_order o JOIN verdict_order v ON v.order_no = o.order_no WHERE {condition}
        ORDER BY v.score DESC, o.order_no LIMIT {RelatedShown}
        """).Select(r => new Related("order", r.Word("platform"), r.Word("order_id"), r.Word("verdict"), r.Real("score"), r.Money("amount") is { } a ? Wording.Money(a, r.Text("currency")) : ""))];

    private List<Related> ParcelsOf(string condition) => [.. Row.Of(_store, $"""
        SELECT p.carrier, p.waybill_no, v.verdict, v.score, p.weight_g FROM fact_parcel p JOIN verdict_parcel v ON v.parcel_no = p.parcel_no WHERE {condition}
        ORDER BY v.score DESC, p.parcel_no LIMIT {RelatedShown}
        """).Select(r => new Related("parcel", r.Word("carrier"), r.Word("waybill_no"), r.Word("verdict"), r.Real("score"), r.Real("weight_g") is { } g ? Wording.Grams(g) : ""))];

    private string Split(Row r)
    {
        var (all, confirmed, review) = (Count(r.Whole("orders") ?? 0), Count(r.Whole("confirmed") ?? 0), Count(r.Whole("review") ?? 0));
        return Say($"{all}, of them {confirmed} confirmed fake and {review} for a person", $"{all}，其中确认虚假 {confirmed}，待人工复核 {review}");
    }

    private string Interval(Row r, string value, string low, string high) => Say(
        $"{Percent(r.Real(value) ?? 0)} (95 % interval {Percent(r.Real(low) ?? 0)} to {Percent(r.Real(high) ?? 1)})",
        $"{Percent(r.Real(value) ?? 0)}（95% 区间 {Percent(r.Real(low) ?? 0)} 至 {Percent(r.Real(high) ?? 1)}）");
}
