-- Outlets that sign for parcels within ten minutes of their arrival, no courier having taken them out, beyond the carrier's
-- other outlets. Stations and lockers take parcels in that way and are left out.
WITH signed AS (
  SELECT p.carrier, p.delivered_no AS facility_no, p.seller_no,
         p.courier_at IS NULL AND p.arrived_at <= p.delivered_at AND p.delivered_at <= p.arrived_at + INTERVAL 10 MINUTE AS itself
  FROM fact_parcel p
  JOIN fact_facility f ON f.facility_no = p.delivered_no AND f.kind = 'outlet'
  WHERE NOT p.diverted AND coalesce(p.signer, 'other') NOT IN ('station', 'locker') AND p.arrived_at IS NOT NULL
),
outlets AS (
  SELECT carrier, facility_no, count(*) AS parcels, count(*) FILTER (WHERE itself) AS n, count(DISTINCT seller_no) FILTER (WHERE itself) AS shops
  FROM signed GROUP BY carrier, facility_no
),
carriers AS (SELECT carrier, sum(parcels) AS parcels, sum(n) AS n FROM outlets GROUP BY carrier),
judged AS (
  SELECT o.facility_no, o.n, o.parcels, o.shops, o.parcels * shrunk_rate(c.n - o.n, c.parcels - o.parcels, 0.01, 100) AS expected
  FROM outlets o JOIN carriers c ON c.carrier = o.carrier
)
SELECT facility_no, round(poisson_rarity(n, expected), 3) AS value, round(expected, 2) AS expected, false AS hard,
       n, shops, round(100.0 * n / parcels, 1) AS percent
FROM judged
WHERE n >= 10 AND poisson_rarity(n, expected) >= 4
