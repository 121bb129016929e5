-- Never in a bag, where the neighbours' parcels are. What is heavy travels loose.
SELECT n.parcel_no,
       rarity(n.bag_norm) AS value,
       round(n.bag_norm, 6) AS expected,
       false AS hard,
       CAST(floor(100 * n.bag_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
WHERE n.bag = 0
