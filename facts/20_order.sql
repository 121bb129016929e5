-- An order with its goods: how much it should weigh, what kind of thing it is.
WITH numbered AS (SELECT platform, order_id, CAST(row_number() OVER (ORDER BY platform, order_id) AS INTEGER) AS order_no FROM orders),
goods AS (
  SELECT i.platform, i.order_id,
         CAST(sum(i.quantity) AS INTEGER) AS quantity,
         count(*) AS lines,
         CASE WHEN count(*) = count(l.weight_g) THEN CAST(sum(i.quantity * l.weight_g) AS DOUBLE) END AS goods_g,
         min(l.category) AS category,
         min(i.listing_id) AS listing_id
  FROM order_items i
  LEFT JOIN listings l ON l.platform = i.platform AND l.listing_id = i.listing_id
  GROUP BY i.platform, i.order_id
)
SELECT n.order_no,
       o.platform, o.order_id, s.seller_no, b.buyer_no,
       o.created_at, o.paid_at, o.shipped_at, o.completed_at, o.completed_by, o.status, o.fulfilment,
       o.amount, o.currency, o.source, o.campaign_id, o.promised_at,
       key_hash(o.device_key) AS device, key_hash(o.ip_key) AS ip, key_hash(o.payer_key) AS payer,
       key_hash(o.phone_key) AS phone, key_hash(o.address_key) AS address, o.address_kind, o.region, o.address_changed_at,
       o.refunded_amount, o.refunded_at, o.refunded_by, o.refund_reason, o.memo,
       g.quantity, g.lines, g.goods_g, coalesce(g.category, s.category) AS category,
       CASE WHEN g.listing_id IS NOT NULL THEN hash(o.platform, g.listing_id) END AS listing
FROM orders o
JOIN numbered n ON n.platform = o.platform AND n.order_id = o.order_id
JOIN fact_seller s ON s.platform = o.platform AND s.seller_id = o.seller_id
LEFT JOIN fact_buyer b ON b.platform = o.platform AND b.buyer_id = o.buyer_id
LEFT JOIN goods g ON g.platform = o.platform AND g.order_id = o.order_id
