-- Signed for, yet never picked up, where the neighbours' parcels are.
SELECT n.parcel_no,
       rarity(n.pickup_norm) AS value,
       round(n.pickup_norm, 6) AS expected,
       n.pickup_norm >= 0.995 AND n.origin_others >= 20 AND n.told AS hard,
       CAST(floor(100 * n.pickup_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.pickup = 0
