-- Recorded before it happened. A carrier where one in two hundred parcels shows it has wrong clocks, and the signal is silent.
WITH clocks AS (
  SELECT carrier, count(recorded_early_s) AS n, count(*) FILTER (WHERE recorded_early_s < -600) AS early
  FROM (SELECT carrier, CAST(recorded_early_s AS INTEGER) * -1 AS recorded_early_s FROM fact_parcel) AS p
  GROUP BY carrier
)
SELECT p.parcel_no,
       p.recorded_early_s AS value,
       0 AS expected,
       p.recorded_early_s > 3600 AS hard,
       p.recorded_early_s // 60 AS minutes
FROM fact_parcel p
JOIN clocks c ON c.carrier = p.carrier
WHERE p.recorded_early_s > 600 AND c.early <= 0.02 * c.n + 3
