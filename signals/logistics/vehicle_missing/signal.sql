-- Carried by no vehicle, where the neighbours' parcels are.
SELECT n.parcel_no,
       rarity(n.vehicle_norm) AS value,
       round(n.vehicle_norm, 6) AS expected,
       n.vehicle_norm >= 0.99 AND n.line_others >= 20 AND n.told AS hard,
       CAST(floor(100 * n.vehicle_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.vehicle = 0
