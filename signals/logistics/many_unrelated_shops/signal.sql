-- One sender for many shops of different trades, not registered as a warehouse.
WITH shops AS (
  SELECT p.sender_no, count(DISTINCT s.seller_no) AS shops, count(DISTINCT s.platform) AS platforms, count(DISTINCT o.category) AS trades
  FROM fact_parcel p
  JOIN fact_link l ON l.parcel_no = p.parcel_no
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_seller s ON s.seller_no = o.seller_no
  WHERE p.sender_no IS NOT NULL
  GROUP BY p.sender_no
)
SELECT s.sender_no,
       s.shops AS value,
       1 AS expected,
       false AS hard,
       s.shops, s.platforms
FROM shops s
JOIN fact_sender f ON f.sender_no = s.sender_no
WHERE s.shops > 3 AND s.trades <> 1
  AND NOT EXISTS (SELECT 1 FROM registers r WHERE r.kind = 'warehouse' AND r.scope = f.carrier AND r.id = f.sender_key)
