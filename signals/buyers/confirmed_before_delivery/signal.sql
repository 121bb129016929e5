-- Receipt confirmed by the buyer before anything was delivered.
WITH confirmed AS (
  SELECT o.order_no, o.seller_no, date_diff('second', o.completed_at, p.delivered_at) AS early_s,
         CASE WHEN o.completed_at < p.delivered_at - INTERVAL 10 MINUTE THEN 1 ELSE 0 END AS early
  FROM fact_order o
  JOIN order_parcel l ON l.order_no = o.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  WHERE o.completed_by = 'buyer' AND o.completed_at IS NOT NULL AND p.delivered_at IS NOT NULL
),
shop AS (
  SELECT seller_no, count(*) AS n, sum(early) AS early FROM confirmed GROUP BY seller_no
),
everywhere AS (
  SELECT sum(n) AS n, sum(early) AS early FROM shop
)
SELECT c.order_no,
       round(rareness(shrunk_rate(e.early - s.early, e.n - s.n, 0.05, 40)), 3) AS value,
       round(shrunk_rate(e.early - s.early, e.n - s.n, 0.05, 40), 4) AS expected,
       false AS hard,
       round(c.early_s / 3600.0, 1) AS hours,
       round(100 * shrunk_rate(e.early - s.early, e.n - s.n, 0.05, 40), 1) AS percent
FROM confirmed c
JOIN shop s ON s.seller_no = c.seller_no
CROSS JOIN everywhere e
WHERE c.early = 1
