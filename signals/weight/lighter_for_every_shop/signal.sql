-- Parcels of a sender whose parcels are light for each of several shops' prices. How far that holds is judged by the lower
-- end of the share's interval (nine in ten; Wilson 1927).
WITH shops AS (
  SELECT sender_no, seller_no, count(*) AS n, count(*) FILTER (WHERE lighter >= 1) AS light
  FROM fact_usual
  WHERE step_g < 500
  GROUP BY sender_no, seller_no
),
senders AS (
  SELECT sender_no, sum(n) AS n, sum(light) AS light, count(*) FILTER (WHERE 2 * light > n) AS sellers
  FROM shops
  GROUP BY sender_no
  HAVING count(*) FILTER (WHERE 2 * light > n) >= 2 AND sum(n) >= 5
),
judged AS (
  SELECT sender_no, n, light, sellers,
         (light + 0.82 - 1.28 * sqrt(light * (n - light) / n + 0.41)) / (n + 1.64) AS low
  FROM senders
)
SELECT u.parcel_no, round(j.low, 6) AS value, 0.2 AS expected, false AS hard,
       j.n, j.sellers, CAST(round(100 * j.light / j.n) AS INTEGER) AS percent
FROM judged j
JOIN fact_usual u ON u.sender_no = j.sender_no
WHERE j.low > 0.4 AND u.lighter >= 0
