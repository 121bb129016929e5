using Unbrush.Detection.Pipeline;
using Unbrush.Detection.Signals;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Verdicts;

/// <summary>
/// What part a buyer played. Writes <c>verdict_buyer</c>. A brusher has at least two confirmed orders of its own and
/// is nobody's victim: one fake order may be an address or an account that others abused.
/// </summary>
internal static class BuyerRoles
{
    public static void Reach(Detector detector, IStore store)
    {
        store.Execute($"""
            CREATE OR REPLACE TABLE verdict_buyer AS
            WITH hurt AS (
              SELECT buyer_no FROM {SignalRunner.TableOf(Subject.Buyer)}
              WHERE signal IN (SELECT unnest([{string.Join(", ", detector.Catalogue.Of(Subject.Buyer).Where(s => s.Signal.Effect == Effect.Victim).Select(s => s.Number).DefaultIfEmpty(-1))}]))
              GROUP BY buyer_no
            )
            SELECT b.buyer_no, count(o.order_no) AS orders,
                   count(*) FILTER (WHERE v.verdict = 'confirmed') AS confirmed,
                   count(*) FILTER (WHERE v.verdict = 'review') AS review,
                   count(*) FILTER (WHERE v.verdict = 'victim') AS victim,
                   coalesce(max(v.score) FILTER (WHERE v.verdict <> 'victim'), 0) AS score,
                   CASE WHEN max(h.buyer_no) IS NOT NULL THEN 'victim'
                        WHEN count(*) FILTER (WHERE v.verdict = 'confirmed') >= 2 THEN 'brusher'
                        WHEN count(*) FILTER (WHERE v.verdict IN ('confirmed', 'review')) >= 1 THEN 'unknown'
                        WHEN count(*) FILTER (WHERE v.verdict = 'victim') >= 1 AND max(o.refunded_by) IS DISTINCT FROM 'buyer' THEN 'victim'
                        WHEN count(*) FILTER (WHERE v.verdict = 'victim') >= 1 THEN 'unknown'
                        ELSE 'innocent' END AS role
            FROM fact_buyer b
            LEFT JOIN fact_order o ON o.buyer_no = b.buyer_no
            LEFT JOIN verdict_order v ON v.order_no = o.order_no
            LEFT JOIN hurt h ON h.buyer_no = b.buyer_no
            GROUP BY b.buyer_no
            """);
    }
}
