-- The recipient did not order what came.
SELECT order_no, max(1) AS value, 0.0 AS expected, false AS hard
FROM fact_report
WHERE kind = 'unordered_parcel' AND order_no IS NOT NULL
GROUP BY order_no
