-- Praise for goods whose parcel never came.
SELECT o.order_no,
       max(round(CASE WHEN v.verdict = 'no_physical_parcel' THEN greatest(v.score, 0.9) ELSE v.score END, 4)) AS value,
       0.0 AS expected,
       false AS hard,
       max(r.rating) AS rating
FROM fact_review r
JOIN fact_order o ON o.order_no = r.order_no AND o.buyer_no = r.buyer_no
JOIN order_parcel l ON l.order_no = o.order_no
JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
WHERE r.rating >= 4
  AND v.verdict <> 'data_quality'
  AND (v.verdict = 'no_physical_parcel' OR v.hard_causes > 0)
GROUP BY o.order_no
