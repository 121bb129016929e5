SELECT m.ring_id, m.kind, coalesce(b.platform, s.platform) AS scope, coalesce(b.buyer_id, s.seller_id) AS id, m.role, m.orders
FROM ring_member m
LEFT JOIN fact_buyer b ON m.kind = 'buyer' AND b.buyer_no = m.number
LEFT JOIN fact_seller s ON m.kind = 'seller' AND s.seller_no = m.number
ORDER BY m.ring_id, m.kind, scope, id
