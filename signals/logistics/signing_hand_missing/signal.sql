-- Handed over by nobody, where the neighbours' signatures name their operator.
SELECT n.parcel_no,
       rarity(n.signing_hand_norm) AS value,
       round(n.signing_hand_norm, 6) AS expected,
       false AS hard,
       CAST(floor(100 * n.signing_hand_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.signing_hand = 0
