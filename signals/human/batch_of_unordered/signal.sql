-- Other parcels of a sender of unordered parcels.
WITH scheme AS (
  SELECT sender_no, count(DISTINCT report_id) AS reports
  FROM fact_report WHERE kind = 'unordered_parcel' AND sender_no IS NOT NULL
  GROUP BY sender_no HAVING count(DISTINCT report_id) >= 2
)
SELECT p.parcel_no, s.reports AS value, 0.0 AS expected, false AS hard
FROM fact_parcel p
JOIN scheme s ON s.sender_no = p.sender_no
