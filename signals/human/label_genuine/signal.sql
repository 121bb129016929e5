-- The order is labelled genuine.
SELECT o.order_no, max(1) AS value, 0.0 AS expected, false AS hard, min(coalesce(l.source, 'label')) AS source
FROM labels l
JOIN fact_order o ON l.subject_kind = 'order' AND o.platform = l.scope AND o.order_id = l.subject_id
WHERE l.label = 'genuine'
GROUP BY o.order_no
