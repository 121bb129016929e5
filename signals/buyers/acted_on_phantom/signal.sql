-- Confirmed by the buyer's own hand, though no parcel came: the buyer knew.
SELECT o.order_no,
       round(CASE WHEN v.verdict = 'no_physical_parcel' THEN greatest(v.score, 0.9) ELSE v.score END, 4) AS value,
       0.0 AS expected,
       false AS hard
FROM fact_order o
JOIN order_parcel l ON l.order_no = o.order_no
JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
WHERE o.completed_by = 'buyer'
  AND v.verdict <> 'data_quality'
  AND (v.verdict = 'no_physical_parcel' OR v.hard_causes > 0)
  AND coalesce(o.refunded_amount, 0) < 0.5 * o.amount
