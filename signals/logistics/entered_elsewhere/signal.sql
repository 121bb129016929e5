-- Entered the network at an outlet whence the shop hardly ever sends, in tracks that do not name the sender.
WITH entered AS (
  SELECT p.parcel_no, p.seller_no, p.origin_no
  FROM fact_parcel p
  WHERE p.sender_no IS NULL AND p.seller_no IS NOT NULL AND p.origin_no IS NOT NULL
),
door AS (SELECT seller_no, origin_no, count(*) AS parcels FROM entered GROUP BY seller_no, origin_no),
shop AS (SELECT seller_no, sum(parcels) AS parcels FROM door GROUP BY seller_no),
usual AS (
  SELECT d.seller_no, sum(d.parcels) AS parcels
  FROM door d JOIN shop s ON s.seller_no = d.seller_no
  WHERE 7 * d.parcels >= s.parcels
  GROUP BY d.seller_no
)
SELECT l.order_no,
       min(CAST(s.parcels AS DOUBLE) / d.parcels) AS value,
       1 AS expected,
       false AS hard,
       min(d.parcels) AS parcels, min(s.parcels) AS shop_parcels, min(f.facility_id) AS facility
FROM fact_link l
JOIN entered e ON e.parcel_no = l.parcel_no
JOIN door d ON d.seller_no = e.seller_no AND d.origin_no = e.origin_no
JOIN shop s ON s.seller_no = e.seller_no
JOIN usual u ON u.seller_no = e.seller_no
JOIN fact_facility f ON f.facility_no = e.origin_no
LEFT JOIN fact_claim c ON c.order_no = l.order_no AND c.parcel_no = l.parcel_no AND c.fit < c.best AND c.best > 0
GROUP BY l.order_no
HAVING min(s.parcels) >= 12 AND min(2 * u.parcels - s.parcels) >= 0
   AND min(CASE WHEN 7 * d.parcels < s.parcels AND c.order_no IS NULL THEN 1 ELSE 0 END) = 1
