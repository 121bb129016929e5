-- Every buyer that the feed names, with what is known of it.
WITH named AS (
  SELECT platform, buyer_id FROM orders WHERE buyer_id IS NOT NULL
  UNION SELECT platform, buyer_id FROM buyers
  UNION SELECT platform, buyer_id FROM reviews
)
SELECT CAST(row_number() OVER (ORDER BY n.platform, n.buyer_id) AS INTEGER) AS buyer_no,
       n.platform, n.buyer_id, b.registered_at, b.level,
       key_hash(b.phone_key) AS phone, key_hash(b.identity_key) AS identity
FROM named n
LEFT JOIN buyers b ON b.platform = n.platform AND b.buyer_id = n.buyer_id
