-- An old account with an ordinary life elsewhere: comes back to shops, pays for itself, its other parcels came.
WITH entangled AS (
  SELECT DISTINCT buyer_no FROM fact_shared WHERE kind IN ('device', 'payer', 'identity', 'phone')
),
parcels_of AS (
  SELECT o.buyer_no, count(*) AS parcels, count(DISTINCT o.seller_no) AS shops,
         count(*) FILTER (WHERE v.hard_causes > 0 OR v.score >= 0.1) AS doubtful
  FROM fact_order o
  JOIN order_parcel l ON l.order_no = o.order_no
  JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
  WHERE o.buyer_no IS NOT NULL
  GROUP BY o.buyer_no
)
SELECT o.order_no,
       round(date_diff('day', b.registered_at, o.created_at) / 365.0, 2) AS value,
       1.0 AS expected,
       false AS hard,
       round(date_diff('day', b.registered_at, o.created_at) / 365.0, 1) AS years
FROM fact_order o
JOIN fact_buyer b ON b.buyer_no = o.buyer_no
JOIN fact_habit h ON h.buyer_no = o.buyer_no
JOIN parcels_of p ON p.buyer_no = o.buyer_no
WHERE b.registered_at <= o.created_at - INTERVAL 365 DAY
  AND h.returns > 0 AND p.shops >= 2 AND p.doubtful = 0
  AND o.buyer_no NOT IN (SELECT buyer_no FROM entangled)
