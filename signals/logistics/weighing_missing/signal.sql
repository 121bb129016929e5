-- Never weighed, where the neighbours' parcels are. A lost pick-up loses its weight with it, and speaks for itself.
SELECT n.parcel_no,
       rarity(n.weighed_norm) AS value,
       round(n.weighed_norm, 6) AS expected,
       n.weighed_norm >= 0.97 AND n.origin_others >= 20 AND n.told AS hard,
       CAST(floor(100 * n.weighed_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.weighed = 0 AND n.pickup = 1 AND coalesce(n.centre_weighed, 0) = 0
