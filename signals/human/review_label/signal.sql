-- The review is labelled.
SELECT r.review_no, min(CASE l.label WHEN 'fake' THEN 1 ELSE -1 END) AS value, 0.0 AS expected, false AS hard,
       CASE WHEN min(CASE l.label WHEN 'fake' THEN 1 ELSE -1 END) > 0 THEN 'fake' ELSE 'genuine' END AS finding,
       CASE WHEN min(CASE l.label WHEN 'fake' THEN 1 ELSE -1 END) > 0 THEN '虚假' ELSE '真实' END AS finding_zh,
       min(coalesce(l.source, 'label')) AS source
FROM labels l
JOIN fact_review r ON l.subject_kind = 'review' AND r.platform = l.scope AND r.review_id = l.subject_id
GROUP BY r.review_no
