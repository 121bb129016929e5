-- How the buyer came to an order: the visits to the shop in the week before it, and what the last of them was like.
WITH shelf AS (
  SELECT platform, listing_id, min(seller_no) AS seller_no
  FROM (SELECT l.platform, l.listing_id, s.seller_no FROM listings l JOIN fact_seller s ON s.platform = l.platform AND s.seller_id = l.seller_id
        UNION ALL
        SELECT i.platform, i.listing_id, o.seller_no FROM order_items i JOIN fact_order o ON o.platform = i.platform AND o.order_id = i.order_id) AS known
  GROUP BY platform, listing_id
),
visit AS (
  SELECT b.buyer_no, h.seller_no, v.visited_at, v.dwell_s, v.compared, key_hash(v.keyword) AS keyword, v.chatted
  FROM visits v
  JOIN fact_buyer b ON b.platform = v.platform AND b.buyer_id = v.buyer_id
  JOIN shelf h ON h.platform = v.platform AND h.listing_id = v.listing_id
),
before AS (
  SELECT o.order_no, count(*) AS visits, max(v.visited_at) AS visited_at,
         arg_max(v.dwell_s, (v.visited_at, v.dwell_s)) AS dwell_s, arg_max(v.compared, (v.visited_at, v.compared)) AS compared,
         arg_max(v.keyword, (v.visited_at, v.keyword)) AS keyword, max(v.chatted) AS chatted
  FROM fact_order o
  JOIN visit v ON v.buyer_no = o.buyer_no AND v.seller_no = o.seller_no
  WHERE v.visited_at BETWEEN o.created_at - INTERVAL 7 DAY AND o.created_at + INTERVAL 1 MINUTE
  GROUP BY o.order_no
)
SELECT o.order_no, o.seller_no, o.platform, coalesce(o.source, 'unknown') AS source,
       coalesce(b.visits, 0) AS visits, b.visited_at, b.dwell_s, b.compared, b.keyword, b.chatted
FROM fact_order o
LEFT JOIN before b ON b.order_no = o.order_no
WHERE o.buyer_no IS NOT NULL AND EXISTS (SELECT 1 FROM visits)
