-- Signed for without proof, where the neighbours' parcels have one.
SELECT n.parcel_no,
       rarity(n.proof_norm) AS value,
       round(n.proof_norm, 6) AS expected,
       false AS hard,
       CAST(floor(100 * n.proof_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.proof = 0
