-- The Shopee rule as a statement about the shop.
SELECT seller_no,
       round(max(ratio), 2) AS value,
       1.0 AS expected,
       false AS hard,
       count(DISTINCT buyer_no) AS buyers,
       count(*) AS orders
FROM fact_rush
GROUP BY seller_no
