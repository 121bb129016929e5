-- Several buyers of one shop with one telephone number.
SELECT order_no, excess AS value, expected, false AS hard, companions, degree
FROM fact_shared
WHERE kind = 'phone'
