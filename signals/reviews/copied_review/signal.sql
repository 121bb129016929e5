-- The order's review is nearly another buyer's of the same shop.
SELECT order_no, max(z) AS value, arg_max(expected, (z, alike, expected)) AS expected, false AS hard, arg_max(alike, (z, alike, expected)) AS alike
FROM fact_likeness
WHERE alike >= 2 AND order_no IS NOT NULL
GROUP BY order_no
