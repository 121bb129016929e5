-- Came back to this shop on other days, weeks apart.
WITH at_shop AS (
  SELECT seller_no, buyer_no, date_diff('day', TIMESTAMP '2000-01-03 00:00:00', created_at) // 7 AS week, min(created_at) AS first_at
  FROM fact_order
  WHERE buyer_no IS NOT NULL
  GROUP BY seller_no, buyer_no, date_diff('day', TIMESTAMP '2000-01-03 00:00:00', created_at) // 7
),
back AS (
  SELECT seller_no, buyer_no, count(*) - 1 AS weeks
  FROM at_shop GROUP BY seller_no, buyer_no
  HAVING count(*) >= 2 AND date_diff('day', min(first_at), max(first_at)) >= 7
)
SELECT o.order_no, b.weeks AS value, 0.0 AS expected, false AS hard
FROM fact_order o
JOIN back b ON b.seller_no = o.seller_no AND b.buyer_no = o.buyer_no
