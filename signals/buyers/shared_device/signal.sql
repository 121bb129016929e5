-- Several buyers of one shop on one device.
SELECT order_no, excess AS value, expected, false AS hard, companions, degree
FROM fact_shared
WHERE kind = 'device'
