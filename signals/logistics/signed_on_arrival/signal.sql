-- Signed for as soon as it reached the outlet. Stations and lockers take parcels in that way and are left out.
WITH signed AS (
  SELECT p.parcel_no, p.carrier, p.delivered_no, coalesce(p.account, 0) AS account,
         date_diff('second', p.arrived_at, p.delivered_at) AS seconds
  FROM fact_parcel p
  JOIN fact_facility f ON f.facility_no = p.delivered_no
  WHERE f.kind = 'outlet' AND NOT p.diverted AND coalesce(p.signer, 'other') NOT IN ('station', 'locker') AND p.arrived_at <= p.delivered_at
),
carriers AS (SELECT carrier, count(*) AS n, count(*) FILTER (WHERE seconds <= 600) AS quick FROM signed GROUP BY carrier),
-- Each account counts at most five parcels, in thousandths: a few shops do not make the norm of a place. Those whose parcels as a rule are
-- signed so, where four in five others' are not, do not count at all.
own AS (
  SELECT delivered_no, account, CAST(1000 * least(count(*), 5) AS BIGINT) AS n,
         CAST(round(1000.0 * least(count(*), 5) * count(*) FILTER (WHERE seconds <= 600) / count(*)) AS BIGINT) AS quick,
         count(*) FILTER (WHERE seconds <= 600) >= greatest(10, 0.5 * count(*)) AS quickly
  FROM signed GROUP BY delivered_no, account
),
counted AS (
  SELECT delivered_no, account, CASE WHEN apart THEN 0 ELSE n END AS n, CASE WHEN apart THEN 0 ELSE quick END AS quick
  FROM (SELECT *, quickly AND 5 * count(*) FILTER (WHERE quickly) OVER (PARTITION BY delivered_no) <= count(*) OVER (PARTITION BY delivered_no) AS apart FROM own) AS o
),
places AS (SELECT delivered_no, CAST(sum(n) AS BIGINT) AS n, CAST(sum(quick) AS BIGINT) AS quick FROM counted GROUP BY delivered_no)
SELECT s.parcel_no,
       rarity(1 - shrunk_rate(q.quick - o.quick, q.n - o.n, c.quick / c.n, 10000)) AS value,
       round(shrunk_rate(q.quick - o.quick, q.n - o.n, c.quick / c.n, 10000), 6) AS expected,
       s.seconds <= 120 AND shrunk_rate(q.quick - o.quick, q.n - o.n, c.quick / c.n, 10000) <= 0.03 AND q.n - o.n >= 20000 AS hard,
       s.seconds, CAST(ceil(100 * shrunk_rate(q.quick - o.quick, q.n - o.n, c.quick / c.n, 10000)) AS INTEGER) AS norm_percent
FROM signed s
JOIN carriers c ON c.carrier = s.carrier
JOIN places q ON q.delivered_no = s.delivered_no
JOIN counted o ON o.delivered_no = s.delivered_no AND o.account = s.account
WHERE s.seconds <= 600
