-- How evenly a shop's daily orders move. Between two days a Poisson count differs by about its own size:
-- (n - m)² / (n + m) is one on average. A shop whose mean over its first six weeks is far below one climbs more evenly
-- than chance can.
WITH daily AS (
  SELECT seller_no, CAST(created_at + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS n
  FROM fact_order
  WHERE campaign_id IS NULL
  GROUP BY seller_no, CAST(created_at + INTERVAL 8 HOUR AS DATE)
),
step AS (
  SELECT seller_no, day, n,
         lag(day) OVER (PARTITION BY seller_no ORDER BY day) AS last_day,
         lag(n) OVER (PARTITION BY seller_no ORDER BY day) AS last_n,
         min(day) OVER (PARTITION BY seller_no) AS first_day
  FROM daily
),
jump AS (
  SELECT seller_no, day, n, first_day,
         CASE WHEN last_day = day - 1 THEN CAST(round(1e6 * (n - last_n) * (n - last_n) / (n + last_n)) AS BIGINT) ELSE 1000000 * (n + last_n) END AS jump,
         CASE WHEN last_day = day - 1 THEN 1 ELSE 2 END AS steps
  FROM step
  WHERE last_n IS NOT NULL AND day <= first_day + 42
)
SELECT seller_no, min(first_day) AS first_day, max(day) AS last_day, CAST(sum(n) AS INTEGER) AS orders, CAST(sum(steps) AS INTEGER) AS steps,
       round(sum(jump) / 1e6 / sum(steps), 4) AS unevenness,
       arg_min(n, day) AS first_n, arg_max(n, day) AS last_n
FROM jump
GROUP BY seller_no
HAVING sum(steps) >= 12 AND sum(n) >= 50
