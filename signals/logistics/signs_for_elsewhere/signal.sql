-- Outlets that sign for parcels of other provinces, beyond what the carrier's other outlets mistake.
WITH signed AS (
  SELECT p.delivered_no AS facility_no, count(*) AS parcels FROM fact_parcel p WHERE p.delivered_no IS NOT NULL GROUP BY p.delivered_no
),
odd AS (
  SELECT delivered_no AS facility_no, count(*) AS orders, count(DISTINCT seller_no) AS shops FROM fact_elsewhere WHERE far GROUP BY delivered_no
),
outlets AS (
  SELECT f.facility_no, f.carrier, s.parcels, coalesce(o.orders, 0) AS orders, coalesce(o.shops, 0) AS shops
  FROM signed s JOIN fact_facility f ON f.facility_no = s.facility_no LEFT JOIN odd o ON o.facility_no = s.facility_no
),
carriers AS (SELECT carrier, sum(parcels) AS parcels, sum(orders) AS orders FROM outlets GROUP BY carrier)
SELECT o.facility_no,
       round(poisson_rarity(o.orders, o.parcels * shrunk_rate(c.orders - o.orders, c.parcels - o.parcels, 0.002, 500)), 3) AS value,
       round(o.parcels * shrunk_rate(c.orders - o.orders, c.parcels - o.parcels, 0.002, 500), 3) AS expected,
       false AS hard,
       o.orders, o.shops, round(100.0 * o.orders / o.parcels, 1) AS percent
FROM outlets o
JOIN carriers c ON c.carrier = o.carrier
WHERE o.orders >= 10 AND poisson_rarity(o.orders, o.parcels * shrunk_rate(c.orders - o.orders, c.parcels - o.parcels, 0.002, 500)) >= 4
