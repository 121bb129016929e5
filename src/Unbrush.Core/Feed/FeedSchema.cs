namespace Unbrush.Core.Feed;

/// <summary>
/// The feed contract as data: every table that Unbrush reads. Importers end in these tables, the simulator
/// writes them, and every signal reads them and nothing else.
/// </summary>
public static class FeedSchema
{
    /// <summary>The zone of times that carry no offset, unless the feed says otherwise.</summary>
    public const string DefaultTimeZone = "Asia/Shanghai";

    /// <summary>The currency of rows that name none (ISO 4217).</summary>
    public const string DefaultCurrency = "CNY";

    /// <summary>All tables, in the order of the contract.</summary>
    public static IReadOnlyList<FeedTable> Tables { get; } =
    [
        Table("orders", "platform order_id",
            Text("platform", required: true), Text("order_id", required: true), Text("seller_id", required: true),
            Instant("created_at", required: true), Text("buyer_id"), Money("amount"), Currency(),
            Word("status", "created paid shipped completed closed"),
            Instant("paid_at"), Instant("shipped_at"), Instant("completed_at"), Word("completed_by", "buyer auto"),
            Word("fulfilment", "parcel digital service pickup", byDefault: "parcel"),
            Word("source", "search direct ad live campaign other"), Text("campaign_id"), Instant("promised_at"),
            Key("device_key"), Key("ip_key"), Key("payer_key"), Key("phone_key"), Key("address_key"),
            Word("address_kind", "house office dormitory gatehouse station locker"), Text("region"),
            Instant("address_changed_at"), Money("refunded_amount"), Instant("refunded_at"),
            Word("refunded_by", "buyer seller platform"), Text("refund_reason"), Text("memo"), Instant("updated_at")),
        Table("order_items", "platform order_id line",
            Text("platform", required: true), Text("order_id", required: true),
            new("line", FeedType.Integer, Default: "1", Minimum: 0), Text("listing_id", required: true),
            new("quantity", FeedType.Integer, IsRequired: true, Minimum: 0), Money("unit_price")),
        Table("listings", "platform listing_id",
            Text("platform", required: true), Text("listing_id", required: true), Text("seller_id", required: true),
            Text("title"), Text("category"), Grams("weight_g"), Money("price")),
        Table("sellers", "platform seller_id",
            Text("platform", required: true), Text("seller_id", required: true), Text("name"), Instant("opened_at"),
            Text("category"), Text("region"), Key("owner_key")),
        Table("buyers", "platform buyer_id",
            Text("platform", required: true), Text("buyer_id", required: true), Instant("registered_at"),
            new("level", FeedType.Integer), Key("phone_key"), Key("identity_key")),
        Table("parcels", "carrier waybill_no created_at",
            Text("carrier", required: true), Text("waybill_no", required: true), Instant("created_at", required: true),
            Key("sender_key"), Text("sender_region"), Key("recipient_key"), Text("recipient_region"),
            Text("origin_facility"), Grams("declared_weight_g"), Grams("weight_g"), Money("fee"), Text("remark"),
            Text("stock_batch")),
        Table("parcel_orders", "carrier waybill_no platform order_id",
            Text("carrier", required: true), Text("waybill_no", required: true), Text("platform", required: true),
            Text("order_id", required: true), Instant("linked_at")),
        Table("scans", "carrier waybill_no scanned_at action facility_id",
            Text("carrier", required: true), Text("waybill_no", required: true), Instant("scanned_at", required: true),
            new("action", FeedType.Word, IsRequired: true, Words: ScanActions), Text("facility_id"), Key("operator_key"),
            Grams("weight_g"), Text("vehicle_id"), Text("bag_id"), Text("next_facility"), Instant("recorded_at"),
            Word("signer", "recipient courier doorman neighbour locker station other"),
            Word("proof", "code photo signature none")),
        Table("facilities", "carrier facility_id",
            Text("carrier", required: true), Text("facility_id", required: true), Text("name"),
            Word("kind", "outlet centre station locker", required: true), Text("region"),
            new("lat", FeedType.Real, Minimum: -90, Maximum: 90), new("lon", FeedType.Real, Minimum: -180, Maximum: 180),
            Text("parent_id"), Text("delivers_to"), Word("model", "direct franchise"), Instant("opened_at")),
        Table("payments", "payment_id",
            Text("payment_id", required: true), Instant("paid_at", required: true), Key("payer_key", required: true),
            Key("payee_key", required: true), Money("amount", required: true), Currency(),
            Word("kind", "order refund transfer payout", required: true), Text("platform"), Text("order_id"), Text("memo")),
        Table("wallets", "wallet_key platform holder_kind holder_id",
            Key("wallet_key", required: true), Text("platform", required: true),
            Word("holder_kind", "buyer seller", required: true), Text("holder_id", required: true)),
        Table("reviews", "platform review_id",
            Text("platform", required: true), Text("review_id", required: true), Text("order_id"),
            Text("listing_id", required: true), Text("buyer_id", required: true), Instant("reviewed_at", required: true),
            new("rating", FeedType.Real, IsRequired: true, Minimum: 1, Maximum: 5), Text("text"),
            new("pictures", FeedType.Integer, Minimum: 0)),
        Table("visits", "platform buyer_id listing_id visited_at",
            Text("platform", required: true), Text("buyer_id", required: true), Text("listing_id", required: true),
            Instant("visited_at", required: true), Text("source"), Text("keyword"),
            new("dwell_s", FeedType.Real, Minimum: 0), new("compared", FeedType.Integer, Minimum: 0),
            Flag("favourited"), Flag("carted"), Flag("chatted"), Text("order_id")),
        Table("reports", "report_id",
            Text("report_id", required: true), Instant("reported_at", required: true),
            Word("kind", "unordered_parcel not_received empty_parcel insider_tip hostile_orders other", required: true),
            Word("subject_kind", "order parcel seller facility buyer sender", required: true), Text("subject_platform"),
            Text("subject_id", required: true), Word("reporter", "recipient seller employee public"), Text("text")),
        Table("registers", "kind scope id valid_from",
            Word("kind", "pickup_point warehouse campaign time_test replacement outage", required: true),
            Text("scope", required: true), Text("id", required: true), Instant("valid_from"), Instant("valid_to"),
            Text("note")),
        Table("labels", "subject_kind scope subject_id",
            Word("subject_kind", "order parcel review seller buyer facility", required: true),
            Text("scope", required: true), Text("subject_id", required: true),
            Word("label", "fake genuine", required: true), Text("source"), Instant("labelled_at")),
    ];

    /// <summary>The scan actions that a parcel's life is told in.</summary>
    public static IReadOnlyList<string> ScanActions =>
    [
        "accepted", "picked_up", "inspected", "departed", "arrived", "out_for_delivery", "stored", "collected",
        "delivered", "failed_attempt", "refused", "returning", "returned", "forwarded", "customs", "problem",
    ];

    /// <summary>The table of that name, or null where the contract has none.</summary>
    public static FeedTable? Find(string name) => Tables.FirstOrDefault(t => t.Name == name);

    private static FeedTable Table(string name, string key, params FeedColumn[] columns) => new(name, key.Split(' '), columns);

    private static FeedColumn Text(string name, bool required = false) => new(name, FeedType.Text, required);

    private static FeedColumn Key(string name, bool required = false) => new(name, FeedType.Key, required);

    private static FeedColumn Instant(string name, bool required = false) => new(name, FeedType.Instant, required);

    private static FeedColumn Money(string name, bool required = false) => new(name, FeedType.Money, required, Minimum: 0);

    private static FeedColumn Grams(string name) => new(name, FeedType.Grams, Minimum: 0);

    private static FeedColumn Currency() => new("currency", FeedType.Text, Default: DefaultCurrency);

    private static FeedColumn Flag(string name) => new(name, FeedType.Flag);

    private static FeedColumn Word(string name, string words, bool required = false, string? byDefault = null) =>
        new(name, FeedType.Word, required, words.Split(' '), byDefault);
}
