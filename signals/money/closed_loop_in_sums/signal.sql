-- Orders that a wallet settled in sums at a fee each, as all its transfers together show.
SELECT order_no, decibans AS value, 0.0 AS expected, false AS hard, hits, transfers, payees, orders_in_sum AS orders,
       printf('%.2f', extra / 100.0) AS extra
FROM fact_settled
WHERE decibans > 0
