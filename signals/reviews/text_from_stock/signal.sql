-- A long text that other buyers used letter for letter, at whatever shop.
SELECT l.review_no, l.letters AS value, 1.0 AS expected, false AS hard, l.copies, l.copy_shops AS shops
FROM fact_likeness l
WHERE l.copies >= 2
  AND l.copies <= greatest(3, (SELECT count(*) FROM fact_review) / 500)
