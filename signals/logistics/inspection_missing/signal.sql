-- Never inspected, where the neighbours' parcels are.
SELECT n.parcel_no,
       rarity(n.inspected_norm) AS value,
       round(n.inspected_norm, 6) AS expected,
       false AS hard,
       CAST(floor(100 * n.inspected_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.inspected = 0 AND n.pickup = 1
