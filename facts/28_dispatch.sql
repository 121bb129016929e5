-- Who sends a shop's parcels, and how many of them: what the shop's usual senders (a seventh of its parcels or more) send,
-- and how many other shops a sender serves. One sender under several carriers is one. Who sends half of some shop's
-- parcels, for one shop in four that it serves, keeps a warehouse; so does who is registered for it.
WITH sent AS (
  SELECT p.seller_no, key_hash(s.sender_key) AS sender, count(*) AS parcels,
         max(CASE WHEN r.id IS NULL THEN 0 ELSE 1 END) AS registered
  FROM fact_parcel p
  JOIN fact_sender s ON s.sender_no = p.sender_no
  LEFT JOIN (SELECT DISTINCT scope, id FROM registers WHERE kind = 'warehouse') r ON r.scope = s.carrier AND r.id = s.sender_key
  WHERE p.seller_no IS NOT NULL
  GROUP BY p.seller_no, key_hash(s.sender_key)
),
shop AS (SELECT seller_no, sum(parcels) AS parcels FROM sent GROUP BY seller_no),
usual AS (
  SELECT t.seller_no, sum(t.parcels) AS parcels
  FROM sent t JOIN shop s ON s.seller_no = t.seller_no
  WHERE 7 * t.parcels >= s.parcels
  GROUP BY t.seller_no
),
served AS (
  SELECT t.sender, count(*) AS shops, count(*) FILTER (WHERE 2 * t.parcels >= s.parcels) AS homes, max(t.registered) AS registered
  FROM sent t JOIN shop s ON s.seller_no = t.seller_no
  GROUP BY t.sender
)
SELECT t.seller_no, t.sender, t.parcels, CAST(s.parcels AS INTEGER) AS shop_parcels, CAST(u.parcels AS INTEGER) AS usual_parcels,
       v.shops, v.registered = 1 OR (v.shops > 1 AND 4 * v.homes >= v.shops) AS warehouse
FROM sent t
JOIN shop s ON s.seller_no = t.seller_no
LEFT JOIN usual u ON u.seller_no = t.seller_no
JOIN served v ON v.sender = t.sender
