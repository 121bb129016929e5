SELECT f.platform, f.review_id, v.verdict, round(v.score, 6) AS score, coalesce(r.reasons, '[]') AS reasons
FROM verdict_review v
JOIN fact_review f ON f.review_no = v.review_no
LEFT JOIN reasons_review r ON r.review_no = v.review_no
ORDER BY f.review_no
