-- One operator at places that no one person serves.
WITH counted AS (
  SELECT carrier, coalesce(account, 0) AS account, same_hand_moves AS times, count(*) AS parcels
  FROM fact_parcel
  WHERE same_hand_moves IS NOT NULL
  GROUP BY carrier, coalesce(account, 0), same_hand_moves
),
carriers AS (
  SELECT carrier, sum(parcels) AS parcels, sum(parcels) FILTER (WHERE times >= 1) AS odd
  FROM counted GROUP BY carrier
),
own AS (
  SELECT carrier, account, sum(parcels) AS parcels, sum(parcels) FILTER (WHERE times >= 1) AS odd
  FROM counted GROUP BY carrier, account
)
SELECT p.parcel_no,
       rarity(1 - shrunk_rate(coalesce(c.odd, 0) - coalesce(o.odd, 0), c.parcels - o.parcels, 0.01, 50)) AS value,
       round(shrunk_rate(coalesce(c.odd, 0) - coalesce(o.odd, 0), c.parcels - o.parcels, 0.01, 50), 6) AS expected,
       shrunk_rate(coalesce(c.odd, 0) - coalesce(o.odd, 0), c.parcels - o.parcels, 0.01, 50) < CASE WHEN p.same_hand_moves >= 2 THEN 0.02 ELSE 0.002 END AS hard,
       p.same_hand_moves AS times
FROM fact_parcel p
JOIN carriers c ON c.carrier = p.carrier
JOIN own o ON o.carrier = p.carrier AND o.account = coalesce(p.account, 0)
WHERE p.same_hand_moves >= 1
