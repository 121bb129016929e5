-- Entered the network at an outlet whence the shop hardly ever sends, in tracks that do not name the sender.
SELECT d.order_no, d.times AS value, 1 AS expected, false AS hard, d.parcels, d.shop_parcels, f.facility_id AS facility
FROM fact_dispatch d
JOIN fact_facility f ON f.facility_no = d.origin_no
WHERE d.hand = 'outlet'
