-- Orders of the shop in proven records of brushing.
SELECT o.seller_no, count(DISTINCT o.order_no) AS value, 0.0 AS expected, false AS hard,
       count(DISTINCT CASE WHEN l.source LIKE '%ledger%' THEN o.order_no END) AS own
FROM labels l
JOIN fact_order o ON l.subject_kind = 'order' AND o.platform = l.scope AND o.order_id = l.subject_id
WHERE l.label = 'fake'
GROUP BY o.seller_no
