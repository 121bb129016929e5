-- More reviews on a day than the shop's recent orders account for.
WITH daily AS (
  SELECT seller_no, CAST(reviewed_at + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS n
  FROM fact_review WHERE seller_no IS NOT NULL GROUP BY seller_no, CAST(reviewed_at + INTERVAL 8 HOUR AS DATE)
),
sold AS (
  SELECT seller_no, CAST(created_at + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS n
  FROM fact_order GROUP BY seller_no, CAST(created_at + INTERVAL 8 HOUR AS DATE)
),
habit AS (
  SELECT (SELECT count(*) FROM fact_review WHERE order_no IS NOT NULL) / greatest((SELECT count(*) FROM fact_order), 1) AS rate
),
due AS (
  SELECT d.seller_no, d.day, d.n, max(h.rate) * coalesce(sum(s.n), 0) / 20 AS expected
  FROM daily d
  CROSS JOIN habit h
  LEFT JOIN sold s ON s.seller_no = d.seller_no AND s.day BETWEEN d.day - 22 AND d.day - 2
  WHERE d.n >= 5
  GROUP BY d.seller_no, d.day, d.n
)
SELECT r.review_no,
       round((d.n - d.expected) / sqrt(d.expected + 1), 3) AS value,
       round(d.expected, 1) AS expected,
       false AS hard,
       strftime(d.day, '%Y-%m-%d') AS day, d.n AS reviews
FROM fact_review r
JOIN due d ON d.seller_no = r.seller_no AND d.day = CAST(r.reviewed_at + INTERVAL 8 HOUR AS DATE)
WHERE d.n > d.expected + 3 * sqrt(d.expected + 1)
