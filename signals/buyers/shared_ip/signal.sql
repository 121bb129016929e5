-- Several buyers of one shop behind one network address.
SELECT order_no, round(excess * (1 - 0.9 * greatest(settled, together)), 4) AS value, expected, false AS hard, companions, degree
FROM fact_shared
WHERE kind = 'ip'
