-- Every seller that the feed names, with what is known of it.
WITH named AS (
  SELECT platform, seller_id FROM orders
  UNION SELECT platform, seller_id FROM listings
  UNION SELECT platform, seller_id FROM sellers
)
SELECT CAST(row_number() OVER (ORDER BY n.platform, n.seller_id) AS INTEGER) AS seller_no,
       n.platform, n.seller_id, s.name, s.opened_at, s.category, s.region, key_hash(s.owner_key) AS owner
FROM named n
LEFT JOIN sellers s ON s.platform = n.platform AND s.seller_id = n.seller_id
