using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>The parcels' evidence and what it comes to, as the orders' step needs it.</summary>
/// <param name="Sheet">Evidence by parcel.</param>
/// <param name="Appraisal">What it comes to.</param>
/// <param name="OrderParcel">Each order's most innocent parcel, 0 for none.</param>
internal sealed record ParcelResult(EvidenceSheet Sheet, Appraisal Appraisal, int[] OrderParcel);

/// <summary>Did this parcel travel? Writes <c>verdict_parcel</c>, and <c>order_parcel</c>: the parcel that speaks for each order.</summary>
internal static class ParcelVerdicts
{
    /// <summary>The step's name.</summary>
    public const string Name = "verdicts.parcel";

    /// <summary>The tables that it makes or settles.</summary>
    public static IReadOnlyList<string> Makes { get; } = ["verdict_parcel", "order_parcel", "context_parcel", "evidence_parcel"];

    /// <summary>Whose other parcels serve as prior odds.</summary>
    private static readonly Dictionary<string, string> Surroundings = new()
    {
        ["seller"] = "p.seller_no",
        ["origin"] = "p.origin_no",
        ["seller_origin"] = "CASE WHEN p.seller_no IS NOT NULL AND p.origin_no IS NOT NULL THEN hash(p.seller_no, p.origin_no) END",
        ["sender"] = "p.sender_no",
    };

    public static ParcelResult Reach(Detector detector, IStore store)
    {
        var n = Rows.Count(store, "fact_parcel");
        var sheet = GenuineShare.Bound(store, Subject.Parcel, SignalRunner.Read(store, Subject.Parcel, n), detector.Weighing, detector.Model);
        var weighed = new Weighed[n + 1];
        for (var parcel = 1; parcel <= n; parcel++)
            weighed[parcel] = detector.Weighing.Weigh(sheet[parcel]);

        var scanned = new bool[n + 1];
        using (var reader = store.Query("SELECT parcel_no FROM fact_parcel WHERE scans > 0"))
        {
            while (reader.Read())
                scanned[reader.GetInt32(0)] = true;
        }

        var surroundings = Context.Read(store, detector.Model, n, "parcel_no", "fact_parcel p", Surroundings);
        var appraisal = Appraisal.Of(weighed, surroundings, detector.Model);
        var verdicts = new string[n];
        var numbers = new int[n];
        var causes = new int[n];
        for (var parcel = 1; parcel <= n; parcel++)
        {
            numbers[parcel - 1] = parcel;
            causes[parcel - 1] = weighed[parcel].HardCauses;
            verdicts[parcel - 1] = Ladder.OfParcel(weighed[parcel], appraisal.Score[parcel], scanned[parcel], detector.Model.Parcel).Word();
        }

        store.Execute("CREATE OR REPLACE TABLE verdict_parcel (parcel_no INTEGER, score DOUBLE, centi INTEGER, hard_causes INTEGER, verdict VARCHAR)");
        store.Append("verdict_parcel", numbers, appraisal.Score[1..], appraisal.Total[1..], causes, verdicts);

        var chosen = OrderEvidence.Choose(store, Rows.Count(store, "fact_order"), weighed);
        store.Execute("CREATE OR REPLACE TABLE order_parcel (order_no INTEGER, parcel_no INTEGER)");
        var orders = Enumerable.Range(1, chosen.Length - 1).Where(o => chosen[o] != 0).ToArray();
        store.Append("order_parcel", orders, orders.Select(o => chosen[o]).ToArray());
        Context.Write(store, "context_parcel", "parcel_no", surroundings, appraisal);
        return new(sheet, appraisal, chosen);
    }
}
