-- A sender that ships what was sold, judged by the lower end of the correlation's interval.
SELECT sender_no, low AS value, 0.9 AS expected, false AS hard, n, sellers, round(r, 2) AS r
FROM fact_sender_goods
WHERE low > 0.6
