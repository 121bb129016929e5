-- The order belongs to a registered campaign within its dates.
SELECT o.order_no, max(1) AS value, 0.0 AS expected, false AS hard
FROM fact_order o
JOIN registers r ON r.kind = 'campaign' AND r.id = o.campaign_id AND r.scope = o.platform
WHERE (r.valid_from IS NULL OR o.created_at >= r.valid_from) AND (r.valid_to IS NULL OR o.created_at <= r.valid_to)
GROUP BY o.order_no
