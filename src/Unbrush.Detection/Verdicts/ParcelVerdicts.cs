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
    public static ParcelResult Reach(Detector detector, IStore store)
    {
        var n = Rows.Count(store, "fact_parcel");
        detector.Runner.BoundByRarity(Subject.Parcel, n, detector.Model.RarityAllowance);
        var sheet = detector.Runner.Read(Subject.Parcel, n);
        var weighed = new Weighed[n + 1];
        for (var parcel = 1; parcel <= n; parcel++)
            weighed[parcel] = detector.Weighing.Weigh(sheet[parcel]);

        int[] origin = new int[n + 1], sender = new int[n + 1], seller = new int[n + 1];
        var scanned = new bool[n + 1];
        using (var reader = store.Query("SELECT parcel_no, coalesce(origin_no, 0), coalesce(sender_no, 0), coalesce(seller_no, 0), coalesce(scans, 0) > 0 FROM fact_parcel"))
        {
            while (reader.Read())
            {
                var parcel = reader.GetInt32(0);
                origin[parcel] = reader.GetInt32(1);
                sender[parcel] = reader.GetInt32(2);
                seller[parcel] = reader.GetInt32(3);
                scanned[parcel] = reader.GetBoolean(4);
            }
        }

        var surroundings = Context.For(detector.Model, new() { ["origin"] = origin, ["sender"] = sender, ["seller"] = seller });
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
