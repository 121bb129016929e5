-- Picked up by nobody, where the neighbours' pick-ups name their operator.
SELECT n.parcel_no,
       rarity(n.hand_norm) AS value,
       round(n.hand_norm, 6) AS expected,
       false AS hard,
       CAST(floor(100 * n.hand_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.hand = 0
