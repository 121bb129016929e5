-- Several accounts of one person at one shop.
SELECT order_no, excess AS value, expected, false AS hard, companions, degree
FROM fact_shared
WHERE kind = 'identity'
