using System.Globalization;
using Unbrush.Core;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Explain;

/// <summary>
/// Puts together what happened to orders and parcels: the order's own acts, the scans with distance and speed, money on and
/// off the platform, reviews and reports; and, where they belong, the scans that an outlet's parcels normally have and
/// these lack.
/// </summary>
internal sealed class Timeline(IStore store, Language language)
{
    /// <summary>No lorry goes faster between two places, in km/h.</summary>
    private const double FasterThanLorries = 130;

    private const double FarKm = 80;

    /// <summary>From what share of the neighbours' parcels on a scan is missed.</summary>
    private const double Normal = 0.8;

    private static readonly TimeSpan LongGap = TimeSpan.FromHours(72);

    /// <summary>Each parcel's scans with their gaps, by parcel number.</summary>
    public Dictionary<int, List<Happening>> OfParcels(IReadOnlyCollection<int> parcels)
    {
        var found = new Dictionary<int, List<Happening>>();
        if (parcels.Count == 0)
            return found;
        var list = List(parcels);
        var scans = Row.Of(store, $"""
            SELECT s.parcel_no, s.t, CAST(s.action AS VARCHAR) AS action, f.facility_id, f.name, f.kind, CAST(s.weight_g AS DOUBLE) AS weight_g, CAST(s.signer AS VARCHAR) AS signer, CAST(s.proof AS VARCHAR) AS proof, s.last_t, s.recorded_at,
                   CASE WHEN g.facility_no <> f.facility_no THEN greatCircleDistance(g.lon, g.lat, f.lon, f.lat) / 1000 END AS km
            FROM fact_scan s
            LEFT JOIN fact_facility f ON f.facility_no = s.facility_no
            LEFT JOIN fact_facility g ON g.facility_no = s.last_facility_no
            WHERE s.parcel_no IN ({list})
            ORDER BY s.parcel_no, s.nth
            """).Select(r => (Parcel: r.Number("parcel_no"), Kind: r.Word("kind"), Scan: Scan(r))).ToList();
        foreach (var parcel in scans.GroupBy(s => s.Parcel))
            found[parcel.Key] = [.. parcel.Select(s => s.Scan)];

        foreach (var row in Row.Of(store, $"SELECT * FROM fact_norm WHERE parcel_no IN ({list})"))
        {
            var parcel = row.Number("parcel_no");
            if (!found.TryGetValue(parcel, out var timeline))
                continue;
            var kinds = scans.Where(s => s.Parcel == parcel).Select(s => s.Kind).ToList();
            Miss(timeline, row, "courier", new("No courier took it out, no station took it in", "没有派送员派送，也没有驿站入库"), AtSigning(timeline));
            Miss(timeline, row, "centre", new("No transfer centre saw it", "没有任何转运中心的记录"), FirstAtDestination(timeline, kinds));
            Miss(timeline, row, "weighed", new("Nobody weighed it", "没有任何称重记录"), AfterPickUp(timeline));
            Miss(timeline, row, "pickup", new("Nobody picked it up", "没有揽收记录"), AfterAcceptance(timeline));
        }

        return found;
    }

    /// <summary>What happened to each order besides its parcels' scans, by order number.</summary>
    public Dictionary<int, List<Happening>> OfOrders(IReadOnlyCollection<int> orders)
    {
        var found = orders.ToDictionary(o => o, _ => new List<Happening>());
        if (orders.Count == 0)
            return found;
        var list = List(orders);
        foreach (var r in Row.Of(store, $"SELECT order_no, created_at, paid_at, shipped_at, completed_at, completed_by, promised_at, address_changed_at, CAST(amount AS DECIMAL(18, 2)) AS amount, currency, CAST(refunded_amount AS DECIMAL(18, 2)) AS refunded_amount, refunded_at, refunded_by, refund_reason FROM fact_order WHERE order_no IN ({list})"))
        {
            var acts = found[r.Number("order_no")];
            var amount = r.Money("amount") is { } sum ? Wording.Money(sum, r.Text("currency")) : "";
            Act(acts, "placed", r.Time("created_at"), new("Order placed", "下单"), "", "");
            Act(acts, "paid", r.Time("paid_at"), new("Paid", "付款"), "", amount);
            Act(acts, "shipped", r.Time("shipped_at"), new("The seller reported dispatch", "卖家填写发货"), "", "");
            Act(acts, "address_changed", r.Time("address_changed_at"), new("Address changed", "修改地址"), "", "");
            Act(acts, "completed", r.Time("completed_at"), new("Receipt confirmed", "确认收货"), r.Text("completed_by") is { } by ? Wording.Value(by, language) : "", "");
            var refunded = r.Money("refunded_amount") is { } back ? Wording.Money(back, r.Text("currency")) : "";
            Act(acts, "refunded", r.Time("refunded_at"), new("Refunded through the platform", "平台退款"), r.Text("refunded_by") is { } who ? Wording.Value(who, language) : "", string.Join(" · ", new[] { refunded, r.Word("refund_reason") }.Where(t => t.Length > 0)));
        }

        Reviews(found, list);
        Reports(found, list);
        Transfers(found, list);
        return found;
    }

    /// <summary>
    /// Sorts happenings by time; what is missing stays behind what it follows. A parcel that moved before its order was placed
    /// is marked.
    /// </summary>
    public List<Happening> Merge(IReadOnlyList<Happening> acts, IReadOnlyList<Happening> scans)
    {
        if (acts.FirstOrDefault(a => a.Code == "placed")?.At is { } order)
        {
            var early = new Sentence("before the order was placed", "早于下单").In(language);
            scans = [.. scans.Select(s => s.Kind == HappeningKind.Scan && s.At < order ? s with { IsOdd = true, Note = s.Note.Length == 0 ? early : $"{s.Note} · {early}" } : s)];
        }

        var placed = new List<(DateTime At, int Rank, int Index, Happening What)>();
        var index = 0;
        foreach (var act in acts)
            placed.Add((act.At ?? DateTime.MaxValue, 0, index++, act));
        for (var i = 0; i < scans.Count; i++)
        {
            // What is missing takes the time of the scan before it, or, where there is none, of the one after it.
            var before = Enumerable.Range(0, i + 1).Select(k => scans[i - k].At).FirstOrDefault(t => t is not null);
            var at = before ?? scans.Skip(i).Select(s => s.At).FirstOrDefault(t => t is not null) ?? DateTime.MaxValue;
            placed.Add((at, 1, index++, scans[i]));
        }

        return [.. placed.OrderBy(p => p.At).ThenBy(p => p.Rank).ThenBy(p => p.Index).Select(p => p.What)];
    }

    private void Reviews(Dictionary<int, List<Happening>> found, string list)
    {
        foreach (var r in Row.Of(store, $"""
            SELECT f.order_no, f.reviewed_at, f.rating, v.text FROM fact_review f JOIN reviews v ON v.platform = f.platform AND v.review_id = f.review_id
            WHERE f.order_no IN ({list}) ORDER BY f.review_no
            """))
        {
            Act(found[r.Number("order_no")], "review", r.Time("reviewed_at"), new("Review", "评价"), string.Create(CultureInfo.InvariantCulture, $"{r.Real("rating") ?? 0:0.#} / 5"), Cut(r.Word("text"), 120), HappeningKind.Voice);
        }
    }

    private void Reports(Dictionary<int, List<Happening>> found, string list)
    {
        if (!Tables.Has(store, "fact_report"))
            return;
        foreach (var r in Row.Of(store, $"SELECT f.order_no, f.reported_at, f.kind, f.reporter, c.text FROM fact_report f JOIN reports c ON c.report_id = f.report_id WHERE f.order_no IN ({list}) ORDER BY f.report_id"))
            Act(found[r.Number("order_no")], r.Word("kind"), r.Time("reported_at"), new(Wording.Report(r.Word("kind"), Language.En), Wording.Report(r.Word("kind"), Language.Zh)), r.Text("reporter") is { } who ? Wording.Value(who, language) : "", Cut(r.Word("text"), 120), HappeningKind.Voice);
    }

    /// <summary>Money that came back outside the platform, as the facts match it to orders.</summary>
    private void Transfers(Dictionary<int, List<Happening>> found, string list)
    {
        if (!Tables.Has(store, "fact_repaid"))
            return;
        foreach (var r in Row.Of(store, $"""
            SELECT r.order_no, t.paid_at, CAST(t.cents / 100.0 AS DECIMAL(18, 2)) AS amount, t.currency, r.own, r.orders_in_sum, CAST(r.extra AS BIGINT) AS extra
            FROM (SELECT order_no, transfer_no, own, 1 AS orders_in_sum, extra FROM fact_repaid
                  UNION ALL SELECT order_no, transfer_no, false, orders_in_sum, extra FROM fact_settled WHERE orders_in_sum > 1) r
            JOIN fact_transfer t ON t.transfer_no = r.transfer_no
            WHERE r.order_no IN ({list}) ORDER BY t.transfer_no
            """))
        {
            var note = Wording.Money(r.Money("amount") ?? 0, r.Text("currency"));
            if (r.Whole("orders_in_sum") > 1)
                note += new Sentence(" · one sum for several orders", " · 多单合并").In(language);
            else if (r.Whole("extra") is > 0 and var extra)
                note += new Sentence(string.Create(CultureInfo.InvariantCulture, $" · the order's amount and {extra / 100m:0.00} more"), string.Create(CultureInfo.InvariantCulture, $" · 比订单金额多 {extra / 100m:0.00}")).In(language);
            found[r.Number("order_no")].Add(new(
                HappeningKind.Money, "transfer", r.Time("paid_at"),
                new Sentence("Money back outside the platform", "平台外回款").In(language),
                (r.Is("own") ? new Sentence("from the seller's wallet", "来自卖家钱包") : new Sentence("from a private wallet", "来自私人钱包")).In(language),
                note, null, true));
        }
    }

    private Happening Scan(Row r)
    {
        var t = r.Time("t")!.Value;
        TimeSpan? since = r.Time("last_t") is { } last ? t - last : null;
        var notes = new List<string>();
        var odd = false;
        if (r.Real("km") is { } km && since is { } leg)
        {
            var speed = km / Math.Max(leg.TotalHours, 1.0 / 60);
            var tooFast = km >= FarKm && speed > FasterThanLorries;
            odd |= tooFast;
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{km:#,0} km") + (km >= 5 ? string.Create(CultureInfo.InvariantCulture, $", {Math.Min(speed, 99_999):#,0} km/h") : ""));
            if (tooFast)
                notes.Add(new Sentence("faster than any lorry", "快于任何货车").In(language));
        }

        if (r.Real("weight_g") is { } grams)
            notes.Add(Wording.Grams(grams));
        if (r.Text("signer") is { } signer)
            notes.Add(Wording.Signer(signer, language));
        if (r.Text("proof") is { } proof)
            notes.Add(Wording.Proof(proof, language));
        if (r.Time("recorded_at") is { } recorded && recorded < t.AddMinutes(-5))
        {
            odd = true;
            notes.Add(new Sentence($"recorded {Wording.Span(t - recorded, Language.En)} before it happened", $"在发生前 {Wording.Span(t - recorded, Language.Zh)} 就已录入").In(language));
        }

        if (since is { } gap && gap >= LongGap)
        {
            odd = true;
            notes.Add(new Sentence("long silence before it", "此前长时间无记录").In(language));
        }

        var place = r.Text("name") is { } name ? $"{name} ({r.Word("facility_id")})" : r.Word("facility_id");
        return new(HappeningKind.Scan, r.Word("action"), t, Wording.Scan(r.Word("action"), language), place, string.Join(" · ", notes), since, odd);
    }

    private void Miss(List<Happening> timeline, Row norm, string what, Sentence title, int at)
    {
        if (norm.Whole(what) != 0 || norm.Real(what + "_norm") is not { } share || share < Normal)
            return;
        var note = new Sentence(
            string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * share):0} % of its neighbours' parcels have it"),
            string.Create(CultureInfo.InvariantCulture, $"同网点其他包裹有 {Math.Floor(100 * share):0}% 具备该记录"));
        timeline.Insert(Math.Clamp(at, 0, timeline.Count), new(HappeningKind.Missing, what, null, title.In(language), "", note.In(language), null, true));
    }

    private void Act(List<Happening> acts, string code, DateTime? at, Sentence title, string place, string note, HappeningKind kind = HappeningKind.Order)
    {
        if (at is { } t)
            acts.Add(new(kind, code, t, title.In(language), place, note, null, false));
    }

    private static int AfterAcceptance(List<Happening> t) => t.FindLastIndex(h => h.Code == "accepted") + 1;

    private static int AfterPickUp(List<Happening> t) => t.FindIndex(h => h.Code == "picked_up") is >= 0 and var i ? i + 1 : AfterAcceptance(t);

    private static int AtSigning(List<Happening> t) => t.FindIndex(h => h.Code is "delivered" or "collected") is >= 0 and var i ? i : t.Count;

    /// <summary>Before the last arrival at an outlet, or before the signing: where a centre should have been passed.</summary>
    private static int FirstAtDestination(List<Happening> t, List<string> kinds)
    {
        var last = -1;
        for (int i = 0, k = 0; i < t.Count; i++)
        {
            if (t[i].Kind == HappeningKind.Missing)
                continue;
            if (t[i].Code == "arrived" && k < kinds.Count && kinds[k] != "centre")
                last = i;
            k++;
        }

        return last >= 0 ? last : AtSigning(t);
    }

    /// <summary>Cuts a text, never through a surrogate pair.</summary>
    private static string Cut(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");

    private static string List(IEnumerable<int> numbers) => string.Join(", ", numbers.Order().Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
