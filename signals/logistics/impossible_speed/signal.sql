-- From pick-up to the delivering outlet in less time than the carrier's quickest parcels need for such a distance. The way
-- begins where a scan saw it begin: of a parcel of which the signature alone came in, nobody knows how long it took.
WITH way AS (
  SELECT p.parcel_no, p.carrier, p.origin_no,
         greatCircleDistance(a.lon, a.lat, b.lon, b.lat) / 1000 AS km,
         date_diff('second', coalesce(p.picked_at, p.first_at), least(coalesce(p.arrived_at, p.delivered_at), p.delivered_at)) AS seconds
  FROM fact_parcel p
  JOIN fact_facility a ON a.facility_no = p.origin_no
  JOIN fact_facility b ON b.facility_no = p.delivered_no
  WHERE NOT p.diverted AND p.scans >= 2 AND (p.picked_at IS NOT NULL OR p.first_no = p.origin_no)
),
fast AS (
  SELECT parcel_no, carrier, origin_no, km, seconds, CAST(floor(2 * log2(km)) AS INTEGER) AS band, km * 3600 / greatest(seconds, 600) AS kmh
  FROM way
  WHERE km >= 100 AND seconds >= 0
),
norm AS (
  SELECT carrier, band, count(*) AS parcels, quantile_disc(kmh, 0.98) AS quick
  FROM fast GROUP BY carrier, band
),
-- An outlet that sends a quarter of the quickest does not make its own norm: there the others' parcels do.
quickest AS (
  SELECT f.carrier, f.band, f.origin_no, count(*) AS n
  FROM fast f JOIN norm n ON n.carrier = f.carrier AND n.band = f.band
  WHERE f.kmh >= n.quick
  GROUP BY f.carrier, f.band, f.origin_no
),
foremost AS (
  SELECT * FROM quickest QUALIFY n >= 5 AND 4 * n >= sum(n) OVER (PARTITION BY carrier, band)
),
others AS (
  SELECT l.carrier, l.band, l.origin_no, count(*) AS parcels, quantile_disc(f.kmh, 0.98) AS quick
  FROM foremost l JOIN fast f ON f.carrier = l.carrier AND f.band = l.band AND f.origin_no <> l.origin_no
  GROUP BY l.carrier, l.band, l.origin_no
),
judged AS (
  SELECT f.*, greatest(coalesce(o.quick, n.quick), 10) AS quick, coalesce(o.parcels, n.parcels) AS parcels
  FROM fast f
  JOIN norm n ON n.carrier = f.carrier AND n.band = f.band
  LEFT JOIN others o ON o.carrier = f.carrier AND o.band = f.band AND o.origin_no = f.origin_no
)
SELECT parcel_no,
       round(kmh / quick, 2) AS value,
       round(quick, 1) AS expected,
       kmh >= 2.5 * quick AND parcels >= 50 AND km >= 150 AS hard,
       CAST(round(km) AS INTEGER) AS kilometres, round(seconds / 3600.0, 1) AS hours
FROM judged
WHERE parcels >= 20 AND kmh > 1.2 * quick
