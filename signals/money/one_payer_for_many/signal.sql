-- One wallet that pays for several buyers of one shop.
SELECT order_no, excess AS value, expected, false AS hard, companions, degree, sellers
FROM fact_shared
WHERE kind = 'payer'
