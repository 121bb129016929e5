-- Sent on by centres that never received it. Single lost arrivals are common and weigh what their rarity allows.
WITH counted AS (
  SELECT carrier, greatest(centre_departures - centre_arrivals, 0) AS lost, count(*) AS parcels
  FROM fact_parcel
  WHERE centre_scans > 0
  GROUP BY carrier, greatest(centre_departures - centre_arrivals, 0)
),
norm AS (
  SELECT carrier, lost, sum(parcels) OVER (PARTITION BY carrier ORDER BY lost DESC) AS as_many,
         sum(parcels) OVER (PARTITION BY carrier) AS parcels
  FROM counted
)
SELECT p.parcel_no,
       rarity(1 - shrunk_rate(n.as_many - 1, n.parcels - 1, 0.05, 20)) AS value,
       round(shrunk_rate(n.as_many - 1, n.parcels - 1, 0.05, 20), 6) AS expected,
       n.lost >= 2 AND p.centre_arrivals = 0 AND n.as_many < 0.01 * n.parcels AS hard,
       p.centre_departures AS departures, p.centre_arrivals AS arrivals
FROM fact_parcel p
JOIN norm n ON n.carrier = p.carrier AND n.lost = p.centre_departures - p.centre_arrivals
WHERE p.centre_departures > p.centre_arrivals
