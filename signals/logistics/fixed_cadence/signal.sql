-- The same four pauses as other parcels that started at other hours; of three pauses one start less counts.
WITH told AS (
  SELECT parcel_no, carrier, scans, cadence, cadence_staggered, date_diff('hour', CAST('2000-01-01' AS TIMESTAMP), first_at) AS started
  FROM fact_parcel
  WHERE scans >= 4 AND gaps >= 3
),
hourly AS (SELECT carrier, cadence, started, count(*) AS n FROM told GROUP BY carrier, cadence, started),
hourly_staggered AS (SELECT carrier, cadence_staggered, started, count(*) AS n FROM told GROUP BY carrier, cadence_staggered, started),
exact AS (SELECT carrier, cadence, CAST(sum(n) AS BIGINT) AS parcels, count(*) AS starts FROM hourly GROUP BY carrier, cadence HAVING sum(n) > 1),
staggered AS (SELECT carrier, cadence_staggered, CAST(sum(n) AS BIGINT) AS parcels, count(*) AS starts FROM hourly_staggered GROUP BY carrier, cadence_staggered HAVING sum(n) > 1)
SELECT t.parcel_no,
       greatest(coalesce(e.starts, 1), coalesce(s.starts, 1)) - CASE WHEN t.scans = 4 THEN 1 ELSE 0 END AS value,
       1 AS expected,
       greatest(coalesce(e.starts, 1), coalesce(s.starts, 1)) >= 12 AS hard,
       greatest(coalesce(e.parcels, 1), coalesce(s.parcels, 1)) - 1 AS others
FROM told t
LEFT JOIN exact e ON e.carrier = t.carrier AND e.cadence = t.cadence
LEFT JOIN staggered s ON s.carrier = t.carrier AND s.cadence_staggered = t.cadence_staggered
WHERE greatest(coalesce(e.starts, 1), coalesce(s.starts, 1)) >= CASE WHEN t.scans = 4 THEN 3 ELSE 2 END
