-- A review is as genuine as its order.
SELECT r.review_no, v.score AS value, 0.02 AS expected, false AS hard, round(100 * v.score, 1) AS percent
FROM fact_review r
JOIN verdict_order v ON v.order_no = r.order_no
WHERE v.verdict NOT IN ('victim', 'data_quality')
