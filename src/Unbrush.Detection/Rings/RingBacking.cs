using System.Globalization;
using Unbrush.Detection.Store;

namespace Unbrush.Detection.Rings;

/// <summary>
/// Keeps the rings that something else than meeting speaks against. In a feed of some thousands of orders and coarse categories a genuine
/// circle of taste (four hundred customers of thirty shops) meets beyond chance like brushers on one list; what it lacks is orders with
/// evidence of another kind. A ring stands where such orders are several times as frequent in it as in the rest of the feed, or where it is so
/// dense and so far beyond chance that no taste explains it. The others are dropped, with their evidence: nobody is listed for liking
/// what others like.
/// </summary>
internal static class RingBacking
{
    /// <summary>The least weight of one item, in hundredths of a deciban, for an order to back its ring.</summary>
    private const int Strong = 900;

    /// <summary>Drops the rings that nothing backs.</summary>
    /// <param name="store">Holds rings, facts and the evidence on parcels and orders.</param>
    /// <param name="ringSignal">The number of the signal by which a ring speaks about an order: it does not back itself.</param>
    public static void Reach(IStore store, int ringSignal)
    {
        var own = ringSignal.ToString(CultureInfo.InvariantCulture);
        store.Execute($"""
            CREATE OR REPLACE TEMP TABLE unbacked_ring AS
            WITH weight AS (
              SELECT order_no, max(centi) >= {Strong} AS strong
              FROM (SELECT order_no, centi FROM evidence_order WHERE signal <> {own}
                    UNION ALL SELECT c.order_no, e.centi FROM evidence_parcel e JOIN order_parcel c ON c.parcel_no = e.parcel_no) AS e
              GROUP BY order_no
            ),
            feed AS (
              SELECT count(*) FILTER (WHERE w.strong AND m.order_no IS NULL) AS strong, count(*) FILTER (WHERE m.order_no IS NULL) AS orders
              FROM fact_order o LEFT JOIN weight w ON w.order_no = o.order_no LEFT JOIN ring_order m ON m.order_no = o.order_no
            ),
            backing AS (
              SELECT m.ring_id, count(*) AS orders, count(*) FILTER (WHERE w.strong) AS strong
              FROM ring_order m LEFT JOIN weight w ON w.order_no = m.order_no GROUP BY m.ring_id
            )
            SELECT r.ring_id
            FROM ring r
            LEFT JOIN backing b ON b.ring_id = r.ring_id
            CROSS JOIN feed f
            WHERE NOT (r.sellers >= 8 AND r.density >= 0.5 AND r.observed >= 5 * r.expected)
              AND NOT coalesce(b.strong >= 3 AND b.strong * (f.orders + 1) >= 3 * b.orders * (f.strong + 1)
                               AND poisson_rarity(b.strong, b.orders * (f.strong + 1.0) / (f.orders + 1)) >= 3, false);
            DELETE FROM evidence_order WHERE signal = {own} AND order_no IN (SELECT order_no FROM ring_order WHERE ring_id IN (SELECT ring_id FROM unbacked_ring));
            DELETE FROM ring_order WHERE ring_id IN (SELECT ring_id FROM unbacked_ring);
            DELETE FROM ring_member WHERE ring_id IN (SELECT ring_id FROM unbacked_ring);
            DELETE FROM ring_buyer WHERE ring_id IN (SELECT ring_id FROM unbacked_ring);
            DELETE FROM ring WHERE ring_id IN (SELECT ring_id FROM unbacked_ring);
            """);
    }
}
