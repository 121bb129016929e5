-- An outlet that signs for everybody's parcels at one stroke. Stations and lockers book in batches by nature.
WITH strokes AS (
  SELECT p.delivered_no, date_diff('second', CAST('2000-01-01' AS TIMESTAMP), p.delivered_at) // 10 AS ten, count(*) AS parcels, count(DISTINCT p.account) AS accounts
  FROM fact_parcel p
  JOIN fact_facility f ON f.facility_no = p.delivered_no AND f.kind = 'outlet'
  WHERE date_diff('second', CAST('2000-01-01' AS TIMESTAMP), p.delivered_at) IS NOT NULL
  GROUP BY p.delivered_no, date_diff('second', CAST('2000-01-01' AS TIMESTAMP), p.delivered_at) // 10
)
SELECT delivered_no AS facility_no,
       round(CAST(sum(parcels) FILTER (WHERE parcels >= 3) AS DOUBLE) / sum(parcels), 6) AS value,
       0 AS expected,
       false AS hard,
       CAST(round(100.0 * sum(parcels) FILTER (WHERE parcels >= 3) / sum(parcels)) AS INTEGER) AS percent,
       max(accounts) AS accounts
FROM strokes
GROUP BY delivered_no
HAVING sum(parcels) >= 20 AND sum(parcels) FILTER (WHERE parcels >= 3) >= 0.2 * sum(parcels) AND max(accounts) >= 3
