-- Under way through a place, or its centre, with a registered outage on those days, and lacking something a centre gives.
WITH outages AS (
  SELECT f.facility_no, f.carrier, coalesce(f.name, f.facility_id) AS facility, coalesce(r.valid_from, CAST('2000-01-01' AS TIMESTAMP)) AS valid_from,
         coalesce(r.valid_to, r.valid_from + INTERVAL 2 DAY) AS valid_to
  FROM registers r
  JOIN fact_facility f ON f.carrier = r.scope AND f.facility_id = r.id
  WHERE r.kind = 'outage'
)
SELECT p.parcel_no, 1 AS value, 0 AS expected, false AS hard, min(u.facility) AS facility
FROM fact_parcel p
JOIN outages u ON u.carrier = p.carrier
WHERE coalesce(p.picked_at, p.first_at) <= u.valid_to AND p.last_at >= u.valid_from
  AND (p.centre_scans = 0 OR p.centre_arrivals <> p.centre_departures OR p.picked_at IS NULL OR p.courier_at IS NULL)
GROUP BY p.parcel_no
