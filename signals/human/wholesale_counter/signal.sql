-- One wholesale order makes up the shop's whole counter.
SELECT seller_no,
       round(max(quantity) / sum(quantity), 4) AS value,
       0.0 AS expected,
       false AS hard,
       max(quantity) AS quantity,
       CAST(round(100.0 * max(quantity) / sum(quantity)) AS INTEGER) AS percent
FROM fact_order
WHERE quantity > 0
GROUP BY seller_no
HAVING max(quantity) >= 1000 AND max(quantity) >= 0.8 * sum(quantity)
