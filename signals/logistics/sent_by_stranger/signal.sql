-- Sent by somebody who sends for other shops, while the shop's goods come from its own senders. Goods that always come from
-- there (a supplier who ships for the shop) and numbers that fit another order say nothing of it.
WITH sent AS (
  SELECT l.order_no, o.seller_no, o.listing, p.parcel_no, key_hash(s.sender_key) AS sender
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no AND p.seller_no = o.seller_no
  JOIN fact_sender s ON s.sender_no = p.sender_no
),
supplied AS (
  SELECT seller_no, listing, max_by(sender, n) AS sender
  FROM (SELECT seller_no, listing, sender, count(*) AS n FROM sent WHERE listing IS NOT NULL GROUP BY seller_no, listing, sender)
  GROUP BY seller_no, listing
  HAVING max(n) >= 5 AND 5 * max(n) >= 4 * sum(n)
)
SELECT t.order_no,
       min(CAST(d.shop_parcels AS DOUBLE) / d.parcels) AS value,
       1 AS expected,
       false AS hard,
       min(d.parcels) AS parcels, min(d.shop_parcels) AS shop_parcels, max(d.shops) - 1 AS others
FROM sent t
JOIN fact_dispatch d ON d.seller_no = t.seller_no AND d.sender = t.sender
LEFT JOIN supplied g ON g.seller_no = t.seller_no AND g.listing = t.listing AND g.sender = t.sender
LEFT JOIN fact_claim c ON c.order_no = t.order_no AND c.parcel_no = t.parcel_no AND c.fit < c.best AND c.best > 0
GROUP BY t.order_no
HAVING min(d.shop_parcels) >= 12 AND min(2 * d.usual_parcels - d.shop_parcels) >= 0
   AND min(CASE WHEN d.shops > 1 AND NOT d.warehouse AND 7 * d.parcels < d.shop_parcels AND g.sender IS NULL AND c.order_no IS NULL THEN 1 ELSE 0 END) = 1
