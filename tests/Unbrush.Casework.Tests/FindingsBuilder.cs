using System.Globalization;
using System.Text;

namespace Unbrush.Casework.Tests;

/// <summary>Writes small findings folders, and the feed beside them, as the contract has them.</summary>
internal sealed class FindingsBuilder
{
    private readonly List<string> orders = [];
    private readonly List<string> items = [];
    private readonly List<string> statuses = [];
    private readonly List<string> sellers = [];
    private readonly List<string> reviews = [];
    private readonly List<string> feedReviews = [];
    private readonly List<string> facilities = [];
    private readonly List<string> parcels = [];

    public static readonly DateTimeOffset Day = new(2026, 3, 1, 4, 0, 0, TimeSpan.Zero);

    public FindingsBuilder Order(
        string seller, string id, string verdict = "confirmed", DateTimeOffset? at = null, decimal? amount = 10m, string platform = "taobao",
        string? item = null, string? signal = "no_parcel", decimal? value = null, string currency = "CNY", string buyer = "b1")
    {
        var reasons = signal is null ? "[]" : $"[{{\"signal\":\"{signal}\",\"family\":\"logistics\",\"value\":{(value ?? 1).ToString(CultureInfo.InvariantCulture)},\"db\":20}}]";
        orders.Add(string.Join(',', platform, Field(id), Field(seller), buyer, At(at ?? Day), amount?.ToString(CultureInfo.InvariantCulture), currency, verdict, "0.9", verdict is "confirmed" or "victim" ? "false" : "true", Quote(reasons)));
        if (item is not null)
            items.Add($"{platform},{id},1,{item},1");
        return this;
    }

    /// <summary>A row of the feed that tells an order's status.</summary>
    public FindingsBuilder Status(string id, string? status, DateTimeOffset? updated = null, string platform = "taobao")
    {
        statuses.Add(string.Join(',', platform, id, status, updated is { } at ? At(at) : ""));
        return this;
    }

    public FindingsBuilder Orders(string seller, int count, string verdict = "confirmed", DateTimeOffset? at = null, string platform = "taobao", string? item = null, string prefix = "o")
    {
        for (var i = 0; i < count; i++)
            Order(seller, $"{prefix}-{seller}-{i:0000}", verdict, at, platform: platform, item: item, signal: verdict == "clean" ? null : "no_parcel");
        return this;
    }

    public FindingsBuilder Seller(string id, string platform = "taobao", decimal? gross = null, decimal? adjusted = null, params string[] codes)
    {
        sellers.Add(string.Join(',', platform, id, gross?.ToString(CultureInfo.InvariantCulture), adjusted?.ToString(CultureInfo.InvariantCulture), "review", Quote(Codes(codes))));
        return this;
    }

    public FindingsBuilder Review(string id, string order, string item = "i1", string verdict = "confirmed", string platform = "taobao", DateTimeOffset? at = null)
    {
        reviews.Add(string.Join(',', platform, id, verdict, "0.9", Quote("[{\"signal\":\"copied_text\",\"value\":1}]")));
        feedReviews.Add(string.Join(',', platform, id, order, item, "b1", At(at ?? Day), "5"));
        return this;
    }

    public FindingsBuilder Facility(
        string id, long parcelCount, long empty, double rateLow, double? peer = 0.01, string verdict = "confirmed", string carrier = "yto", string kind = "outlet",
        DateTimeOffset? at = null, params string[] codes)
    {
        facilities.Add(string.Join(
            ',', carrier, id, kind, parcelCount, empty, rateLow.ToString(CultureInfo.InvariantCulture), peer?.ToString(CultureInfo.InvariantCulture), verdict,
            Quote(Codes(codes)), Quote("[{\"signal\":\"no_scans\",\"value\":1}]")));
        for (var i = 0; i < parcelCount; i++)
            parcels.Add(string.Join(',', carrier, $"W{id}{i:000000}", At((at ?? Day).AddSeconds(i)), i < empty ? "no_physical_parcel" : "physical", id));
        return this;
    }

    public (string Findings, string Feed) Write(string folder)
    {
        var findings = Directory.CreateDirectory(Path.Combine(folder, "findings")).FullName;
        var feed = Directory.CreateDirectory(Path.Combine(folder, "feed")).FullName;
        Put(findings, "orders", "platform,order_id,seller_id,buyer_id,created_at,amount,currency,verdict,score,counted,reasons", orders);
        Put(findings, "sellers", "platform,seller_id,gross_amount,adjusted_amount,verdict,proposals", sellers);
        Put(findings, "reviews", "platform,review_id,verdict,score,reasons", reviews);
        Put(findings, "facilities", "carrier,facility_id,kind,parcels,no_physical_parcel,rate_low,peer_rate,verdict,proposals,reasons", facilities);
        Put(findings, "parcels", "carrier,waybill_no,created_at,verdict,origin_facility", parcels);
        Put(feed, "orders", "platform,order_id,status,updated_at", statuses);
        Put(feed, "order_items", "platform,order_id,line,listing_id,quantity", items);
        Put(feed, "reviews", "platform,review_id,order_id,listing_id,buyer_id,reviewed_at,rating", feedReviews);
        return (findings, feed);
    }

    private static void Put(string folder, string table, string header, List<string> rows)
    {
        // An empty table is a file with a header; a folder without the file is tested where it matters.
        File.WriteAllText(Path.Combine(folder, table + ".csv"), header + "\n" + string.Concat(rows.Select(r => r + "\n")), new UTF8Encoding(false));
    }

    private static string Codes(string[] codes) => "[" + string.Join(',', codes.Select(c => $"{{\"code\":\"{c}\",\"reason\":\"r\"}}")) + "]";

    private static string Field(string value) => value.AsSpan().IndexOfAny(",\"") < 0 ? value : Quote(value);

    private static string Quote(string json) => $"\"{json.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
