-- Passed centres that weigh what passes, and was weighed by none.
SELECT n.parcel_no,
       rarity(n.centre_weighed_norm) AS value,
       round(n.centre_weighed_norm, 6) AS expected,
       false AS hard,
       CAST(floor(100 * n.centre_weighed_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.centre_weighed = 0
