-- Buys widely, never returns, where buyers as busy do.
WITH busy AS (
  SELECT buyer_no, orders, shops, returns, least(orders, 30) AS busyness FROM fact_habit WHERE orders >= 4
),
peer AS (
  SELECT busyness, sum(returns) AS returns, sum(orders - 1) AS later FROM busy GROUP BY busyness
),
rate AS (
  SELECT b.buyer_no, b.orders, b.shops, shrunk_rate(p.returns - b.returns, p.later - (b.orders - 1), 0.05, 50) AS returning
  FROM busy b JOIN peer p ON p.busyness = b.busyness
  WHERE b.returns = 0 AND b.shops = b.orders
)
SELECT o.order_no,
       round(-(r.orders - 1) * log10(1 - r.returning), 3) AS value,
       round(r.returning, 4) AS expected,
       false AS hard,
       r.orders, r.shops,
       CAST(round(100 * r.returning) AS INTEGER) AS expected_percent
FROM fact_order o
JOIN rate r ON r.buyer_no = o.buyer_no
