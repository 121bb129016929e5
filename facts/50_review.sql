-- A review with its order (given, or the buyer's only order of that listing before it) and its bare text: lower case,
-- without spaces, punctuation and digits.
WITH given AS (
  SELECT r.platform, r.review_id, o.order_no
  FROM reviews r JOIN fact_order o ON o.platform = r.platform AND o.order_id = r.order_id
  WHERE r.order_id IS NOT NULL
),
guessed AS (
  SELECT r.platform, r.review_id, max(o.order_no) AS order_no
  FROM reviews r
  JOIN fact_buyer b ON b.platform = r.platform AND b.buyer_id = r.buyer_id
  JOIN fact_order o ON o.buyer_no = b.buyer_no AND o.listing = hash(r.platform, r.listing_id) AND o.created_at < r.reviewed_at
  WHERE r.order_id IS NULL
  GROUP BY r.platform, r.review_id
  HAVING count(*) = 1
),
shelf AS (
  SELECT l.platform, l.listing_id, min(s.seller_no) AS seller_no
  FROM listings l JOIN fact_seller s ON s.platform = l.platform AND s.seller_id = l.seller_id
  GROUP BY l.platform, l.listing_id
)
SELECT CAST(row_number() OVER (ORDER BY r.platform, r.review_id) AS INTEGER) AS review_no,
       r.platform, r.review_id, b.buyer_no, coalesce(g.order_no, u.order_no) AS order_no,
       coalesce(o.seller_no, h.seller_no) AS seller_no,
       hash(r.platform, r.listing_id) AS listing, r.reviewed_at, CAST(r.rating AS DOUBLE) AS rating, r.pictures, r.text,
       regexp_replace(lower(r.text), '[\s\p{P}\p{S}\d]+', '', 'g') AS bare
FROM reviews r
JOIN fact_buyer b ON b.platform = r.platform AND b.buyer_id = r.buyer_id
LEFT JOIN given g ON g.platform = r.platform AND g.review_id = r.review_id
LEFT JOIN guessed u ON u.platform = r.platform AND u.review_id = r.review_id
LEFT JOIN fact_order o ON o.order_no = coalesce(g.order_no, u.order_no)
LEFT JOIN shelf h ON h.platform = r.platform AND h.listing_id = r.listing_id
