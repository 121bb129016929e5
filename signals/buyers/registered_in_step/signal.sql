-- A shop's buyers registered in the same week beyond what other shops' buyers did.
WITH customer AS (
  SELECT DISTINCT o.platform, o.seller_no, o.buyer_no, date_diff('day', TIMESTAMP '2000-01-03 00:00:00', b.registered_at) // 7 AS week
  FROM fact_order o JOIN fact_buyer b ON b.buyer_no = o.buyer_no
  WHERE b.registered_at IS NOT NULL
),
shop_week AS (
  SELECT platform, seller_no, week, count(*) AS n FROM customer GROUP BY platform, seller_no, week
),
shop AS (
  SELECT platform, seller_no, sum(n) AS n FROM shop_week GROUP BY platform, seller_no
),
week AS (
  SELECT platform, week, sum(n) AS n FROM shop_week GROUP BY platform, week
),
total AS (
  SELECT platform, sum(n) AS n FROM shop_week GROUP BY platform
),
step AS (
  SELECT w.seller_no, w.week, w.n, s.n * (k.n - w.n + 0.5) / (t.n - s.n + 1) AS expected
  FROM shop_week w
  JOIN shop s ON s.seller_no = w.seller_no
  JOIN week k ON k.platform = w.platform AND k.week = w.week
  JOIN total t ON t.platform = w.platform
  WHERE w.n >= 4 AND t.n >= 2 * s.n
)
SELECT o.order_no,
       round((p.n - p.expected) / sqrt(p.expected + 1), 3) AS value,
       round(p.expected, 1) AS expected,
       false AS hard,
       p.n AS buyers
FROM fact_order o
JOIN fact_buyer b ON b.buyer_no = o.buyer_no
JOIN step p ON p.seller_no = o.seller_no AND p.week = date_diff('day', TIMESTAMP '2000-01-03 00:00:00', b.registered_at) // 7
WHERE p.n > p.expected + 3 * sqrt(p.expected + 1)
