-- A review with its order, its buyer and what was reviewed.
SELECT CAST(row_number() OVER (ORDER BY r.platform, r.review_id) AS INTEGER) AS review_no,
       r.platform, r.review_id, o.order_no, coalesce(o.seller_no, s.seller_no) AS seller_no, b.buyer_no,
       hash(r.platform, r.listing_id) AS listing, r.reviewed_at, r.rating, r.text, r.pictures
FROM reviews r
LEFT JOIN fact_order o ON o.platform = r.platform AND o.order_id = r.order_id
LEFT JOIN listings l ON l.platform = r.platform AND l.listing_id = r.listing_id
LEFT JOIN fact_seller s ON s.platform = l.platform AND s.seller_id = l.seller_id
LEFT JOIN fact_buyer b ON b.platform = r.platform AND b.buyer_id = r.buyer_id
