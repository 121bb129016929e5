-- The staircase as a statement about the shop.
SELECT seller_no, round(1 / greatest(unevenness, 0.02), 2) AS value, 1.0 AS expected, false AS hard,
       strftime(first_day, '%Y-%m-%d') AS first_day, strftime(last_day, '%Y-%m-%d') AS last_day, first_n, last_n
FROM fact_ramp
WHERE unevenness < 0.4
