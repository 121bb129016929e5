-- Orders sent by a hand that the shop seldom uses: who sent them, or, where the tracks name no sender, the outlet that took them
-- in. The usual hands send a seventh of the shop's parcels or more each, half of them together; the others are seldom. One
-- sender under several carriers is one. Who is registered for it keeps a warehouse, and so does who sends half of some shop's
-- parcels, for one shop in four that it serves. Goods that always come from one hand (a supplier who ships for the shop)
-- and numbers that fit another order say nothing of it; of several parcels all must be so sent.
WITH sent AS (
  SELECT p.parcel_no, p.seller_no, p.origin_no, s.sender_no IS NOT NULL AS named,
         CASE WHEN s.sender_no IS NOT NULL THEN key_hash(s.sender_key) ELSE CAST(p.origin_no AS UBIGINT) END AS hand,
         CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS registered
  FROM fact_parcel p
  LEFT JOIN fact_sender s ON s.sender_no = p.sender_no
  LEFT JOIN (SELECT DISTINCT scope, id FROM registers WHERE kind = 'warehouse') r ON r.scope = s.carrier AND r.id = s.sender_key
  WHERE p.seller_no IS NOT NULL AND (p.sender_no IS NOT NULL OR p.origin_no IS NOT NULL)
),
hands AS (
  SELECT seller_no, named, hand, count(*) AS parcels, max(registered) AS registered FROM sent GROUP BY seller_no, named, hand
),
shop AS (SELECT seller_no, named, CAST(sum(parcels) AS INTEGER) AS parcels FROM hands GROUP BY seller_no, named),
usual AS (
  SELECT h.seller_no, h.named, sum(h.parcels) AS parcels
  FROM hands h JOIN shop s ON s.seller_no = h.seller_no AND s.named = h.named
  WHERE 7 * h.parcels >= s.parcels
  GROUP BY h.seller_no, h.named
),
served AS (
  SELECT h.named, h.hand, count(*) AS shops, count(*) FILTER (WHERE 2 * h.parcels >= s.parcels) AS homes, max(h.registered) AS registered
  FROM hands h JOIN shop s ON s.seller_no = h.seller_no AND s.named = h.named
  GROUP BY h.named, h.hand
),
ordered AS (
  SELECT l.order_no, o.listing, t.*
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN sent t ON t.parcel_no = l.parcel_no AND t.seller_no = o.seller_no
),
supplied AS (
  SELECT seller_no, listing, max_by(hand, n) AS hand
  FROM (SELECT seller_no, listing, hand, count(*) AS n FROM ordered WHERE listing IS NOT NULL AND named GROUP BY seller_no, listing, hand)
  GROUP BY seller_no, listing
  HAVING max(n) >= 5 AND 5 * max(n) >= 4 * sum(n)
),
judged AS (
  SELECT t.order_no, t.origin_no, h.parcels, s.parcels AS shop_parcels, v.shops,
         CASE WHEN s.parcels < 12 OR coalesce(2 * u.parcels < s.parcels, true) OR 7 * h.parcels >= s.parcels OR (t.named AND g.hand IS NOT NULL) OR c.order_no IS NOT NULL THEN ''
              WHEN NOT t.named THEN 'outlet'
              WHEN v.shops = 1 THEN 'another'
              WHEN v.registered = 1 OR 4 * v.homes >= v.shops THEN ''
              ELSE 'stranger' END AS hand
  FROM ordered t
  JOIN hands h ON h.seller_no = t.seller_no AND h.named = t.named AND h.hand = t.hand
  JOIN shop s ON s.seller_no = t.seller_no AND s.named = t.named
  JOIN served v ON v.named = t.named AND v.hand = t.hand
  LEFT JOIN usual u ON u.seller_no = t.seller_no AND u.named = t.named
  LEFT JOIN supplied g ON g.seller_no = t.seller_no AND g.listing = t.listing AND g.hand = t.hand
  LEFT JOIN fact_claim c ON c.order_no = t.order_no AND c.parcel_no = t.parcel_no AND c.fit < c.best AND c.best > 0
)
SELECT order_no, min(hand) AS hand,
       min(CAST(shop_parcels AS DOUBLE) / parcels) AS times,
       min(parcels) AS parcels, min(shop_parcels) AS shop_parcels, max(shops) - 1 AS others, min(origin_no) AS origin_no
FROM judged
GROUP BY order_no
HAVING min(hand) <> '' AND min(hand) = max(hand)
