-- Buyers with several orders in floods of hostile orders.
SELECT o.buyer_no, count(*) AS value, 0.0 AS expected, false AS hard, count(DISTINCT h.seller_no) AS shops
FROM fact_hostile h JOIN fact_order o ON o.order_no = h.order_no
GROUP BY o.buyer_no
HAVING count(*) >= 3
