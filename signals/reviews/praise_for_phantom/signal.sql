-- Praise for goods whose parcel never came (as acted_on_phantom).
WITH phantom AS (
  SELECT l.order_no, CASE WHEN v.verdict = 'no_physical_parcel' THEN greatest(v.score, 0.9) ELSE v.score END AS value
  FROM order_parcel l
  JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
  WHERE v.verdict <> 'data_quality' AND (v.verdict = 'no_physical_parcel' OR v.hard_causes > 0)
  UNION ALL
  SELECT order_no, 1.0 FROM fact_misplaced WHERE alike >= 3 AND rarity >= 3
)
SELECT o.order_no, round(max(p.value), 4) AS value, 0.0 AS expected, false AS hard, max(r.rating) AS rating
FROM fact_review r
JOIN fact_order o ON o.order_no = r.order_no AND o.buyer_no = r.buyer_no
JOIN phantom p ON p.order_no = o.order_no
WHERE r.rating >= 4
GROUP BY o.order_no
