SELECT o.platform, o.order_id, s.seller_id, b.buyer_id, o.created_at, o.amount, o.currency,
       v.verdict, round(v.score, 6) AS score, v.centi / 100.0 AS evidence_db, v.families, v.hard,
       m.ring_id, v.verdict NOT IN ('confirmed', 'victim') AS counted,
       coalesce(r.reasons, '[]') AS reasons
FROM verdict_order v
JOIN fact_order o ON o.order_no = v.order_no
JOIN fact_seller s ON s.seller_no = o.seller_no
LEFT JOIN fact_buyer b ON b.buyer_no = o.buyer_no
LEFT JOIN ring_order m ON m.order_no = o.order_no
LEFT JOIN reasons_order r ON r.order_no = o.order_no
ORDER BY o.order_no
