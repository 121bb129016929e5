using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>
/// What part a buyer played. Writes <c>verdict_buyer</c>. Who complains is a victim, never a brusher. A brusher has at
/// least three confirmed orders of its own: a fake order or two may be an address or an account that others abused.
/// </summary>
internal static class BuyerRoles
{
    public static void Reach(Detector detector, IStore store)
    {
        store.Execute($"""
            CREATE OR REPLACE TABLE verdict_buyer AS
            WITH hurt AS (
              -- What is hostile was done to the shop: of such orders the buyer is no victim.
              SELECT o.buyer_no FROM {SignalRunner.TableOf(Subject.Order)} e JOIN fact_order o ON o.order_no = e.order_no
              WHERE e.signal IN ({Numbers(detector, s => s.Effect == Effect.Victim && s.Id != "hostile_orders")}) AND o.buyer_no IS NOT NULL
              UNION
              SELECT buyer_no FROM {SignalRunner.TableOf(Subject.Buyer)} WHERE signal IN ({Numbers(detector, s => s.Effect == Effect.Victim)})
            ),
            -- Whose name stands on a parcel of a sender that people complain of, or on an order that was done to its shop.
            named AS (
              SELECT o.buyer_no FROM {SignalRunner.TableOf(Subject.Parcel)} e JOIN order_parcel c ON c.parcel_no = e.parcel_no JOIN fact_order o ON o.order_no = c.order_no
              WHERE e.signal IN ({Numbers(detector, s => s.Effect == Effect.HoldsBack)}) AND o.buyer_no IS NOT NULL
              UNION
              SELECT o.buyer_no FROM {SignalRunner.TableOf(Subject.Order)} e JOIN fact_order o ON o.order_no = e.order_no
              WHERE e.signal IN ({Numbers(detector, s => s.Effect == Effect.HoldsBack)}) AND o.buyer_no IS NOT NULL
            )
            SELECT b.buyer_no, count(o.order_no) AS orders,
                   count(*) FILTER (WHERE v.verdict = 'confirmed') AS confirmed,
                   count(*) FILTER (WHERE v.verdict = 'review') AS review,
                   count(*) FILTER (WHERE v.verdict = 'victim') AS victim,
                   coalesce(max(v.score) FILTER (WHERE v.verdict <> 'victim'), 0) AS score,
                   CASE WHEN max(h.buyer_no) IS NOT NULL THEN 'victim'
                        WHEN count(*) FILTER (WHERE v.verdict = 'confirmed') >= 3 AND max(m.buyer_no) IS NULL THEN 'brusher'
                        WHEN count(*) FILTER (WHERE v.verdict IN ('confirmed', 'review', 'victim')) >= 1 THEN 'unknown'
                        ELSE 'innocent' END AS role
            FROM fact_buyer b
            LEFT JOIN fact_order o ON o.buyer_no = b.buyer_no
            LEFT JOIN verdict_order v ON v.order_no = o.order_no
            LEFT JOIN hurt h ON h.buyer_no = b.buyer_no
            LEFT JOIN named m ON m.buyer_no = b.buyer_no
            GROUP BY b.buyer_no
            """);
    }

    /// <summary>The numbers of all such signals, or one that no signal has.</summary>
    private static string Numbers(Detector detector, Func<SignalDefinition, bool> isSuch) =>
        string.Join(", ", detector.Catalogue.Signals.Select((s, i) => (s, i)).Where(p => isSuch(p.s)).Select(p => p.i).DefaultIfEmpty(-1));
}
