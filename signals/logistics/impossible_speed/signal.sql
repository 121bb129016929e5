-- From pick-up to the delivering outlet in less time than the carrier's quickest parcels need for such a distance. The way
-- begins where a scan saw it begin: of a parcel of which the signature alone came in, nobody knows how long it took.
WITH way AS (
  SELECT p.parcel_no, p.carrier,
         greatCircleDistance(a.lon, a.lat, b.lon, b.lat) / 1000 AS km,
         date_diff('second', coalesce(p.picked_at, p.first_at), least(coalesce(p.arrived_at, p.delivered_at), p.delivered_at)) AS seconds
  FROM fact_parcel p
  JOIN fact_facility a ON a.facility_no = p.origin_no
  JOIN fact_facility b ON b.facility_no = p.delivered_no
  WHERE NOT p.diverted AND p.scans >= 2 AND (p.picked_at IS NOT NULL OR p.first_no = p.origin_no)
),
fast AS (
  SELECT parcel_no, carrier, km, seconds, CAST(floor(2 * log2(km)) AS INTEGER) AS band, km * 3600 / greatest(seconds, 600) AS kmh
  FROM way
  WHERE km >= 100 AND seconds >= 0
),
norm AS (
  SELECT carrier, band, count(*) AS parcels, quantile_disc(kmh, 0.98) AS quick
  FROM fast GROUP BY carrier, band
)
SELECT f.parcel_no,
       round(f.kmh / greatest(n.quick, 10), 2) AS value,
       round(n.quick, 1) AS expected,
       f.kmh >= 2.5 * greatest(n.quick, 10) AND n.parcels >= 50 AND f.km >= 150 AS hard,
       CAST(round(f.km) AS INTEGER) AS kilometres, round(f.seconds / 3600.0, 1) AS hours
FROM fast f
JOIN norm n ON n.carrier = f.carrier AND n.band = f.band
WHERE n.parcels >= 20 AND f.kmh > 1.2 * greatest(n.quick, 10)
