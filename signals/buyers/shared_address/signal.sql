-- Several buyers of one shop at one private address.
SELECT order_no, round(excess * (1 - 0.75 * settled), 4) AS value, expected, false AS hard, companions, degree
FROM fact_shared
WHERE kind = 'address'
