-- A centre that sends what it never received, beyond what its carrier's other centres lose.
WITH sent AS (
  SELECT s.facility_no, count(*) AS sent, count(*) FILTER (WHERE s.last_facility_no IS DISTINCT FROM s.facility_no) AS lost
  FROM fact_scan s
  WHERE s.at_centre AND s.action = 'departed' AND s.last_facility_no IS NOT NULL
  GROUP BY s.facility_no
),
carriers AS (
  SELECT f.carrier, sum(s.sent) AS sent, sum(s.lost) AS lost FROM sent s JOIN fact_facility f ON f.facility_no = s.facility_no GROUP BY f.carrier
)
SELECT s.facility_no,
       round((s.lost - 1.64 * sqrt(s.lost)) / (s.sent * shrunk_rate(c.lost - s.lost, c.sent - s.sent, 0.02, 100)), 2) AS value,
       round(shrunk_rate(c.lost - s.lost, c.sent - s.sent, 0.02, 100), 6) AS expected,
       false AS hard,
       s.lost, round(100.0 * s.lost / s.sent, 1) AS percent
FROM sent s
JOIN fact_facility f ON f.facility_no = s.facility_no
JOIN carriers c ON c.carrier = f.carrier
WHERE s.lost >= 5 AND s.lost - 1.64 * sqrt(s.lost) > 1.5 * s.sent * shrunk_rate(c.lost - s.lost, c.sent - s.sent, 0.02, 100)
