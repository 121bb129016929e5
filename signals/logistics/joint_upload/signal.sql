-- Scans of different places that reached the server in the same second.
WITH counted AS (
  SELECT carrier, coalesce(account, 0) AS account, joint_uploads AS times, count(*) AS parcels
  FROM fact_parcel
  WHERE joint_uploads IS NOT NULL
  GROUP BY carrier, coalesce(account, 0), joint_uploads
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
       false AS hard,
       p.joint_uploads AS times
FROM fact_parcel p
JOIN carriers c ON c.carrier = p.carrier
JOIN own o ON o.carrier = p.carrier AND o.account = coalesce(p.account, 0)
WHERE p.joint_uploads >= 1
