-- Confirmed by the buyer's own hand, though no parcel came: the buyer knew. Where a shop's parcels go to other addresses
-- again and again, that nothing came is certain; once or twice, a clerk may have mistyped.
WITH phantom AS (
  SELECT l.order_no, CASE WHEN v.verdict = 'no_physical_parcel' THEN greatest(v.score, 0.9) ELSE v.score END AS value
  FROM order_parcel l
  JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
  WHERE v.verdict <> 'data_quality' AND (v.verdict = 'no_physical_parcel' OR v.hard_causes > 0)
  UNION ALL
  SELECT order_no, 1.0 FROM fact_misplaced WHERE alike >= 3 AND rarity >= 3
)
SELECT o.order_no, round(max(p.value), 4) AS value, 0.0 AS expected, false AS hard
FROM fact_order o
JOIN phantom p ON p.order_no = o.order_no
WHERE o.completed_by = 'buyer' AND coalesce(o.refunded_amount, 0) < 0.5 * o.amount
GROUP BY o.order_no
