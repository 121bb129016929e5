SELECT b.platform, b.buyer_id, v.orders, v.confirmed, v.review, round(v.score, 6) AS score, m.ring_id, v.role
FROM verdict_buyer v
JOIN fact_buyer b ON b.buyer_no = v.buyer_no
LEFT JOIN ring_buyer m ON m.buyer_no = v.buyer_no
ORDER BY b.buyer_no
