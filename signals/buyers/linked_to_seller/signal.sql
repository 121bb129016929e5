-- Buyers who share a wallet, telephone, address, device or identity with the seller.
WITH own AS (
  SELECT seller_no, owner AS k FROM fact_seller WHERE owner IS NOT NULL
  UNION SELECT s.seller_no, key_hash(w.wallet_key) FROM wallets w JOIN fact_seller s ON s.platform = w.platform AND s.seller_id = w.holder_id WHERE w.holder_kind = 'seller'
),
linked AS (
  SELECT o.order_no, o.seller_no,
         CASE WHEN o.payer = w.k THEN 'wallet' WHEN b.identity = w.k THEN 'identity' WHEN o.device = w.k THEN 'device'
              WHEN o.phone = w.k OR b.phone = w.k THEN 'telephone number' ELSE 'address' END AS link
  FROM fact_order o
  JOIN own w ON w.seller_no = o.seller_no
  LEFT JOIN fact_buyer b ON b.buyer_no = o.buyer_no
  WHERE o.payer = w.k OR b.identity = w.k OR b.phone = w.k OR o.phone = w.k OR o.device = w.k OR o.address = w.k
  UNION ALL
  SELECT o.order_no, o.seller_no, 'address'
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  JOIN fact_sender s ON s.sender_no = p.sender_no
  WHERE o.address = key_hash(s.sender_key)
),
each AS (
  SELECT order_no, seller_no, max(link) AS link FROM linked GROUP BY order_no, seller_no
),
shop AS (
  SELECT seller_no, count(*) AS orders FROM fact_order GROUP BY seller_no
),
tally AS (
  SELECT e.seller_no, count(*) AS orders, max(s.orders) AS all_orders
  FROM each e JOIN shop s ON s.seller_no = e.seller_no GROUP BY e.seller_no
)
SELECT e.order_no,
       round(log2(1 + t.orders) * least(1.0, 20.0 * t.orders / t.all_orders) * least(1.0, t.orders / 3.0), 4) AS value,
       0.0 AS expected,
       false AS hard,
       e.link,
       CASE e.link WHEN 'wallet' THEN '钱包' WHEN 'identity' THEN '身份' WHEN 'device' THEN '设备' WHEN 'telephone number' THEN '电话号码' ELSE '地址' END AS link_zh,
       t.orders,
       round(100.0 * t.orders / t.all_orders, 1) AS percent
FROM each e
JOIN tally t ON t.seller_no = e.seller_no
