-- The seller's wallet repaid the order outside the platform, once or twice.
SELECT order_no, all_orders AS value, 0.0 AS expected, false AS hard, round(after_s / 86400.0, 1) AS days
FROM fact_repaid
WHERE own AND all_orders < 3
