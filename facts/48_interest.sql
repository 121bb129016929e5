-- A shop's visitors and customers: how many looked, how many of those who looked bought.
WITH shelf AS (
  SELECT l.platform, l.listing_id, min(s.seller_no) AS seller_no
  FROM listings l JOIN fact_seller s ON s.platform = l.platform AND s.seller_id = l.seller_id
  GROUP BY l.platform, l.listing_id
),
looked AS (
  SELECT h.seller_no, count(*) AS visits, count(DISTINCT v.buyer_id) AS visitors
  FROM visits v JOIN shelf h ON h.platform = v.platform AND h.listing_id = v.listing_id
  GROUP BY h.seller_no
),
came AS (
  SELECT seller_no, count(*) AS orders, count(*) FILTER (WHERE visits > 0) AS visited,
         count(*) FILTER (WHERE source IN ('live', 'campaign')) AS promoted
  FROM fact_visit GROUP BY seller_no
)
SELECT c.seller_no, c.orders, c.visited, c.promoted, l.visits, l.visitors
FROM came c JOIN looked l ON l.seller_no = c.seller_no
