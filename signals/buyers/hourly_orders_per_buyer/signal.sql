-- The Shopee rule: at least three orders a buyer within some hour; the orders of the buyers who placed most of them.
SELECT r.order_no,
       round(r.ratio, 2) AS value,
       1.0 AS expected,
       false AS hard,
       r.orders AS buyer_orders
FROM fact_rush r
WHERE r.suspicious
