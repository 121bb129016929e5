-- Signed for, yet never taken out by a courier nor put in a station, where the neighbours' parcels are. What a centre's
-- machine has weighed did travel: there it is odd, no contradiction, unless what it weighed was an envelope where goods were sold.
SELECT n.parcel_no,
       rarity(n.courier_norm) AS value,
       round(n.courier_norm, 6) AS expected,
       n.place_others >= 20 AND n.told AND (n.courier_norm >= 0.98 AND p.centre_weighings = 0 OR n.courier_norm >= 0.95 AND coalesce(g.weight_g < 0.1 * g.goods_g, false)) AS hard,
       CAST(floor(100 * n.courier_norm) AS INTEGER) AS norm_percent
FROM fact_norm n
JOIN fact_parcel p ON p.parcel_no = n.parcel_no
LEFT JOIN fact_goods g ON g.parcel_no = n.parcel_no AND g.by_machine
WHERE n.courier = 0
