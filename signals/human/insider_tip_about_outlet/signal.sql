-- Sent from an outlet that an insider named.
WITH named AS (
  SELECT facility_no, count(DISTINCT report_id) AS tips FROM fact_report
  WHERE kind = 'insider_tip' AND facility_no IS NOT NULL GROUP BY facility_no
)
SELECT p.parcel_no, n.tips AS value, 0.0 AS expected, false AS hard
FROM fact_parcel p
JOIN named n ON n.facility_no = p.origin_no
