-- From one city to another without a centre, where the neighbours' parcels pass one.
SELECT n.parcel_no,
       rarity(n.centre_norm) AS value,
       round(n.centre_norm, 6) AS expected,
       n.centre_norm >= 0.97 AND n.origin_others >= 20 AND n.told AS hard,
       CAST(floor(100 * n.centre_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.centre = 0
