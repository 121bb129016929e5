-- Every outlet, centre, station and locker. Where the feed does not say what a facility is, its scans do: a centre
-- passes parcels on and neither picks up nor delivers.
WITH worked AS (
  SELECT carrier, facility_id,
         count(*) AS scans,
         count(*) FILTER (WHERE action IN ('arrived', 'departed')) AS passing,
         count(*) FILTER (WHERE action IN ('picked_up', 'out_for_delivery', 'delivered', 'collected', 'failed_attempt')) AS serving
  FROM scans
  WHERE facility_id IS NOT NULL
  GROUP BY carrier, facility_id
),
named AS (
  SELECT carrier, facility_id FROM facilities
  UNION SELECT carrier, facility_id FROM worked
  UNION SELECT carrier, origin_facility FROM parcels WHERE origin_facility IS NOT NULL
)
SELECT CAST(row_number() OVER (ORDER BY n.carrier, n.facility_id) AS INTEGER) AS facility_no,
       n.carrier, n.facility_id,
       coalesce(f.kind, CASE WHEN w.passing >= 5 AND w.serving < 0.05 * w.passing THEN 'centre' ELSE 'outlet' END) AS kind,
       f.kind IS NOT NULL AS kind_given,
       f.name, f.region, f.lat, f.lon, f.parent_id, f.delivers_to, f.model, f.opened_at,
       coalesce(w.scans, 0) AS scans
FROM named n
LEFT JOIN facilities f ON f.carrier = n.carrier AND f.facility_id = n.facility_id
LEFT JOIN worked w ON w.carrier = n.carrier AND w.facility_id = n.facility_id
