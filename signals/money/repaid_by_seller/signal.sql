-- The seller's wallet repaid the order outside the platform, as clumsy refunds sometimes go.
SELECT order_no, rarity AS value, 0.0 AS expected, false AS hard, orders, round(after_s / 86400.0, 1) AS days
FROM fact_repaid
WHERE own AND NOT (rarity >= 2.5 AND orders >= 3)
