-- Orders repaid in monthly (or weekly) sums by one wallet that pays several buyers of the shop.
SELECT order_no, summed_orders AS value, round(expected, 2) AS expected, false AS hard, payees
FROM fact_repaid
WHERE way = 'sum' AND NOT own AND summed_orders >= 4 AND payees >= 2
