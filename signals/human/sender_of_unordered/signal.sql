-- Recipients report unordered parcels of this sender.
SELECT sender_no, count(DISTINCT report_id) AS value, 0.0 AS expected, false AS hard
FROM fact_report
WHERE kind = 'unordered_parcel' AND sender_no IS NOT NULL
GROUP BY sender_no
