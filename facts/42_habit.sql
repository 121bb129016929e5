-- How a buyer buys: how many orders, at how many shops, on how many days, how often it came back to a shop.
WITH bought AS (
  SELECT buyer_no, seller_no, CAST(created_at + INTERVAL 8 HOUR AS DATE) AS day, count(*) AS orders
  FROM fact_order
  WHERE buyer_no IS NOT NULL
  GROUP BY buyer_no, seller_no, CAST(created_at + INTERVAL 8 HOUR AS DATE)
),
at_shop AS (
  SELECT buyer_no, seller_no, sum(orders) AS orders, count(*) AS days FROM bought GROUP BY buyer_no, seller_no
),
on_day AS (
  SELECT buyer_no, day, count(*) AS shops FROM bought GROUP BY buyer_no, day
)
SELECT s.buyer_no, CAST(s.orders AS INTEGER) AS orders, s.shops, s.returns, d.days, CAST(d.shop_days AS INTEGER) AS shop_days
FROM (SELECT buyer_no, sum(orders) AS orders, count(*) AS shops, CAST(sum(days - 1) AS INTEGER) AS returns FROM at_shop GROUP BY buyer_no) AS s
JOIN (SELECT buyer_no, count(*) AS days, sum(shops) AS shop_days FROM on_day GROUP BY buyer_no) AS d ON d.buyer_no = s.buyer_no
