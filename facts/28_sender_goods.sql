-- How a sender's weights follow what was sold: the correlation of their logarithms over its parcels, with the interval that
-- holds it nine times in ten (Fisher 1915). Packing (taken as 80 g) weighs in too: where it outweighs the goods, weights
-- follow it, the spread that remains is small, and the sender is not judged.
WITH logs AS (
  SELECT sender_no, seller_no,
         CAST(round(1000 * ln(goods_g + 80)) AS BIGINT) AS x, CAST(round(1000 * ln(weight_g)) AS BIGINT) AS y
  FROM fact_goods
  WHERE sender_no IS NOT NULL AND step_g <= 100
),
sums AS (
  SELECT sender_no, count(*) AS n, count(DISTINCT seller_no) AS sellers,
         CAST(sum(x) AS DOUBLE) AS sx, CAST(sum(y) AS DOUBLE) AS sy,
         CAST(sum(x * x) AS DOUBLE) AS sxx, CAST(sum(y * y) AS DOUBLE) AS syy, CAST(sum(x * y) AS DOUBLE) AS sxy
  FROM logs GROUP BY sender_no
),
spread AS (
  SELECT sender_no, n, sellers, n * sxx - sx * sx AS vx, n * syy - sy * sy AS vy, n * sxy - sx * sy AS vxy
  FROM sums WHERE n >= 10
),
judged AS (
  SELECT sender_no, n, sellers, round(CASE WHEN vy <= 0 THEN 0 ELSE vxy / sqrt(vx * vy) END, 6) AS r
  FROM spread
  WHERE vx >= 90000.0 * n * n
)
SELECT sender_no, n, sellers, r,
       round(tanh(atanh(greatest(-0.99, least(0.99, r))) - 1.28 / sqrt(n - 3)), 6) AS low,
       round(tanh(atanh(greatest(-0.99, least(0.99, r))) + 1.28 / sqrt(n - 3)), 6) AS high
FROM judged
