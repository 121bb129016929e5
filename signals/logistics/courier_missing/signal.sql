-- Signed for, yet never taken out by a courier nor put in a station, where the neighbours' parcels are. What a centre's
-- machine has weighed did travel: there it is odd, no contradiction.
SELECT n.parcel_no,
       rarity(n.courier_norm) AS value,
       round(n.courier_norm, 6) AS expected,
       n.courier_norm >= 0.98 AND n.place_others >= 20 AND n.told AND p.centre_weighings = 0 AS hard,
       CAST(floor(100 * n.courier_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
JOIN fact_parcel p ON p.parcel_no = n.parcel_no
WHERE n.courier = 0
