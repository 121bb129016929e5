-- Nearly the same text by several buyers of one shop.
SELECT review_no, z AS value, expected, false AS hard, alike
FROM fact_likeness
WHERE alike >= 2
