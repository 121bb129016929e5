-- The order is labelled fake.
SELECT o.order_no, max(1) AS value, 0.0 AS expected, true AS hard, min(coalesce(l.source, 'label')) AS source
FROM labels l
JOIN fact_order o ON l.subject_kind = 'order' AND o.platform = l.scope AND o.order_id = l.subject_id
WHERE l.label = 'fake'
GROUP BY o.order_no
