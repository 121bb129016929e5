-- A sender whose weights do not follow what was sold.
SELECT sender_no, high AS value, 0.9 AS expected, false AS hard, n, sellers, round(r, 2) AS r
FROM fact_sender_goods
WHERE high < 0.65
