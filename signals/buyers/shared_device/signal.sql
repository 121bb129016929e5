-- Several buyers of one shop on one device.
SELECT order_no, round(excess * (1 - 0.5 * together), 4) AS value, expected, false AS hard, companions, degree
FROM fact_shared
WHERE kind = 'device'
