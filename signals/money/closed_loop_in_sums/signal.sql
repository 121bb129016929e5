-- Orders repaid in monthly (or weekly) sums by one wallet that pays several buyers of the shop.
SELECT r.order_no, r.orders AS value, round(r.expected, 2) AS expected, false AS hard, n.payees
FROM fact_repaid r
JOIN (SELECT payer, seller_no, count(DISTINCT payee) AS payees FROM fact_repaid WHERE way = 'sum' GROUP BY payer, seller_no) AS n
  ON n.payer = r.payer AND n.seller_no = r.seller_no
WHERE r.way = 'sum' AND NOT (r.own AND r.all_orders >= 3) AND r.orders >= 4 AND n.payees >= 2
