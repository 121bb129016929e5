-- An account made shortly before its order, compared with the orders of other shops.
WITH aged AS (
  SELECT o.order_no, o.seller_no, o.platform, date_diff('day', b.registered_at, o.created_at) AS age_days,
         CASE WHEN b.registered_at IS NULL OR b.registered_at > o.created_at THEN NULL
              WHEN date_diff('day', b.registered_at, o.created_at) <= 1 THEN 0
              WHEN date_diff('day', b.registered_at, o.created_at) <= 3 THEN 1
              WHEN date_diff('day', b.registered_at, o.created_at) <= 7 THEN 2
              WHEN date_diff('day', b.registered_at, o.created_at) <= 14 THEN 3
              WHEN date_diff('day', b.registered_at, o.created_at) <= 30 THEN 4
              WHEN date_diff('day', b.registered_at, o.created_at) <= 60 THEN 5
              WHEN date_diff('day', b.registered_at, o.created_at) <= 120 THEN 6 ELSE 7 END AS youth
  FROM fact_order o JOIN fact_buyer b ON b.buyer_no = o.buyer_no
),
shop AS (
  SELECT platform, seller_no, youth, count(*) AS n FROM aged WHERE youth IS NOT NULL GROUP BY platform, seller_no, youth
),
everywhere AS (
  SELECT platform, youth, sum(n) AS n,
         sum(sum(n)) OVER (PARTITION BY platform ORDER BY youth ROWS UNBOUNDED PRECEDING) AS as_young,
         sum(sum(n)) OVER (PARTITION BY platform) AS total
  FROM shop GROUP BY platform, youth
),
own AS (
  SELECT platform, seller_no, youth,
         sum(n) OVER (PARTITION BY seller_no ORDER BY youth ROWS UNBOUNDED PRECEDING) AS as_young,
         sum(n) OVER (PARTITION BY seller_no) AS total
  FROM shop
)
SELECT a.order_no,
       round(rareness(shrunk_rate(e.as_young - w.as_young, e.total - w.total, 0.1, 20)), 3) AS value,
       round(shrunk_rate(e.as_young - w.as_young, e.total - w.total, 0.1, 20), 4) AS expected,
       false AS hard,
       a.age_days,
       round(100 * shrunk_rate(e.as_young - w.as_young, e.total - w.total, 0.1, 20), 1) AS percent
FROM aged a
JOIN everywhere e ON e.platform = a.platform AND e.youth = a.youth
JOIN own w ON w.seller_no = a.seller_no AND w.youth = a.youth
WHERE a.youth <= 4
