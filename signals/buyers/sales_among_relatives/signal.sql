-- So many buyers linked to the seller that they raise its sales.
WITH own AS (
  SELECT seller_no, owner AS k FROM fact_seller WHERE owner IS NOT NULL
  UNION SELECT s.seller_no, key_hash(w.wallet_key) FROM wallets w JOIN fact_seller s ON s.platform = w.platform AND s.seller_id = w.holder_id WHERE w.holder_kind = 'seller'
),
linked AS (
  SELECT o.order_no, o.seller_no
  FROM fact_order o
  JOIN own w ON w.seller_no = o.seller_no
  LEFT JOIN fact_buyer b ON b.buyer_no = o.buyer_no
  WHERE o.payer = w.k OR b.identity = w.k OR b.phone = w.k OR o.phone = w.k OR o.device = w.k OR o.address = w.k
  UNION
  SELECT o.order_no, o.seller_no
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  JOIN fact_sender s ON s.sender_no = p.sender_no
  WHERE o.address = key_hash(s.sender_key)
),
shop AS (
  SELECT seller_no, count(*) AS orders FROM fact_order GROUP BY seller_no
)
SELECT l.order_no,
       count(*) OVER (PARTITION BY l.seller_no) AS value,
       0.0 AS expected,
       false AS hard,
       round(100.0 * count(*) OVER (PARTITION BY l.seller_no) / s.orders, 1) AS percent
FROM linked l
JOIN shop s ON s.seller_no = l.seller_no
QUALIFY count(*) OVER (PARTITION BY l.seller_no) >= greatest(10, 0.05 * s.orders)
