-- Signed for before it was picked up, or before the last centre saw it.
WITH late AS (
  SELECT parcel_no, carrier,
         date_diff('second', delivered_at, greatest(coalesce(picked_at, delivered_at), coalesce(last_centre_at, delivered_at))) AS seconds
  FROM fact_parcel
  WHERE delivered_at IS NOT NULL AND NOT diverted
),
norm AS (SELECT carrier, count(*) AS n, count(*) FILTER (WHERE seconds > 1800) AS odd FROM late GROUP BY carrier)
SELECT l.parcel_no,
       rarity(1 - shrunk_rate(n.odd - 1, n.n - 1, 0.02, 50)) AS value,
       round(shrunk_rate(n.odd - 1, n.n - 1, 0.02, 50), 6) AS expected,
       l.seconds > 7200 AND n.odd <= 0.001 * n.n AS hard,
       round(l.seconds / 3600.0, 1) AS hours
FROM late l
JOIN norm n ON n.carrier = l.carrier
WHERE l.seconds > 1800
