using Unbrush.Core.Findings;
using Unbrush.Detection.Evidence;
using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>Was this a sale? Writes <c>verdict_order</c>.</summary>
internal static class OrderVerdicts
{
    /// <summary>A victim's order is no fake of the shop's: whatever weighs against it, its score stays below this.</summary>
    private const double VictimScore = 0.05;

    /// <summary>Whose other orders serve as prior odds: each a value that the orders of one group share.</summary>
    private static readonly Dictionary<string, string> Surroundings = new()
    {
        ["seller"] = "o.seller_no",
        ["buyer"] = "o.buyer_no",
        ["origin"] = "p.origin_no",
        ["seller_origin"] = "CASE WHEN p.origin_no IS NOT NULL THEN hash(o.seller_no, p.origin_no) END",
        ["sender"] = "p.sender_no",
        ["ring"] = "key_hash(m.ring_id)",
        ["device"] = "o.device",
        ["payer"] = "o.payer",
        ["paymaster"] = "w.payer",
        ["ip"] = "o.ip",
        ["address"] = "CASE WHEN coalesce(o.address_kind, 'house') = 'house' THEN o.address END",
    };

    public static Appraisal Reach(Detector detector, IStore store, ParcelResult parcels)
    {
        var n = parcels.OrderParcel.Length - 1;
        var sheet = GenuineShare.Bound(store, Subject.Order, SignalRunner.Read(store, Subject.Order, n), detector.Weighing, detector.Model, o => parcels.Sheet[parcels.OrderParcel[o]]);
        var evidence = new OrderEvidence(sheet, parcels.Sheet, parcels.OrderParcel);
        var weighed = evidence.Weigh(detector.Weighing);

        var surroundings = Context.Read(store, detector.Model, n, "order_no", """
            fact_order o
            LEFT JOIN order_parcel c ON c.order_no = o.order_no
            LEFT JOIN fact_parcel p ON p.parcel_no = c.parcel_no
            LEFT JOIN ring_order m ON m.order_no = o.order_no
            LEFT JOIN fact_paymaster w ON w.order_no = o.order_no
            """, Surroundings);
        var appraisal = Appraisal.Of(weighed, surroundings, detector.Model);
        int[] numbers = new int[n], families = new int[n], causes = new int[n], own = new int[n], sale = new int[n];
        var hard = new bool[n];
        var verdicts = new string[n];
        var scores = new double[n];
        for (var order = 1; order <= n; order++)
        {
            var i = order - 1;
            var verdict = Ladder.OfOrder(weighed[order], appraisal.Score[order], detector.Model.Order);
            numbers[i] = order;
            families[i] = weighed[order].Families;
            causes[i] = weighed[order].HardCauses;
            own[i] = weighed[order].Centi;
            sale[i] = weighed[order].Sale;
            hard[i] = weighed[order].HardCauses > 0 || weighed[order].Has(Effect.ClosedLoop);
            verdicts[i] = verdict.Word();
            scores[i] = verdict is Verdict.Victim ? Math.Min(appraisal.Score[order], VictimScore) : verdict is Verdict.Clean ? Math.Min(appraisal.Score[order], detector.Model.Order.Watch) : appraisal.Score[order];
        }

        store.Execute("CREATE OR REPLACE TABLE verdict_order (order_no INTEGER, score DOUBLE, centi INTEGER, own_centi INTEGER, sale_centi INTEGER, families INTEGER, hard_causes INTEGER, hard BOOLEAN, verdict VARCHAR)");
        store.Append("verdict_order", numbers, scores, appraisal.Total[1..], own, sale, families, causes, hard, verdicts);
        Context.Write(store, "context_order", "order_no", surroundings, appraisal);
        return appraisal;
    }
}
