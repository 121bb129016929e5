-- Picked up in a burst: as many in ten seconds at one outlet as the carrier's people seldom manage. Times without
-- seconds give the same second to all, and then the signal is silent.
WITH strokes AS (
  SELECT p.parcel_no, p.carrier, p.picked_no,
         date_diff('second', CAST('2000-01-01' AS TIMESTAMP), p.picked_at) // 10 AS ten,
         date_diff('second', CAST('2000-01-01' AS TIMESTAMP), p.picked_at) % 60 = 0 AS whole_minute
  FROM fact_parcel p
  WHERE p.picked_at IS NOT NULL AND p.picked_no IS NOT NULL
),
bursts AS (SELECT carrier, picked_no, ten, count(*) AS parcels FROM strokes GROUP BY carrier, picked_no, ten),
counted AS (SELECT carrier, least(parcels, 20) AS parcels, sum(parcels) AS n FROM bursts GROUP BY carrier, least(parcels, 20)),
norm AS (SELECT carrier, parcels, sum(n) OVER (PARTITION BY carrier ORDER BY parcels DESC) AS as_many, sum(n) OVER (PARTITION BY carrier) AS n FROM counted),
resolution AS (SELECT carrier, count(*) FILTER (WHERE whole_minute) > 0.2 * count(*) AS coarse FROM strokes GROUP BY carrier)
SELECT s.parcel_no,
       rarity(1 - shrunk_rate(n.as_many, n.n, 0.05, 20)) AS value,
       round(shrunk_rate(n.as_many, n.n, 0.05, 20), 6) AS expected,
       false AS hard,
       b.parcels AS parcels, n.parcels AS few
FROM strokes s
JOIN resolution r ON r.carrier = s.carrier AND NOT r.coarse
JOIN bursts b ON b.carrier = s.carrier AND b.picked_no = s.picked_no AND b.ten = s.ten AND b.parcels >= 2
JOIN norm n ON n.carrier = b.carrier AND n.parcels = least(b.parcels, 20)
