-- One wallet that pays for several buyers of one shop.
SELECT order_no, round(excess * (1 - 0.9 * together), 4) AS value, expected, false AS hard, companions, degree, sellers
FROM fact_shared
WHERE kind = 'payer'
