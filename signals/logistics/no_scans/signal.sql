-- Declared and its order completed, yet never scanned. Numbers that only a link knows count too.
WITH done AS (
  SELECT p.parcel_no, p.carrier, coalesce(p.account, 0) AS account, CAST(coalesce(p.scans, 0) > 0 AS INTEGER) AS scanned
  FROM fact_parcel p
  WHERE p.parcel_no IN (SELECT l.parcel_no FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no
                        WHERE o.status = 'completed' OR o.completed_at IS NOT NULL)
),
carriers AS (SELECT carrier, count(*) AS n, sum(scanned) AS scanned FROM done GROUP BY carrier),
own AS (SELECT carrier, account, count(*) AS n, sum(scanned) AS scanned FROM done GROUP BY carrier, account)
SELECT d.parcel_no,
       rarity(shrunk_rate(c.scanned - o.scanned, c.n - o.n, 0.8, 20)) AS value,
       round(shrunk_rate(c.scanned - o.scanned, c.n - o.n, 0.8, 20), 6) AS expected,
       shrunk_rate(c.scanned - o.scanned, c.n - o.n, 0.8, 20) >= 0.998 AS hard,
       CAST(floor(100 * shrunk_rate(c.scanned - o.scanned, c.n - o.n, 0.8, 20)) AS INTEGER) AS norm_percent
FROM done d
JOIN carriers c ON c.carrier = d.carrier
JOIN own o ON o.carrier = d.carrier AND o.account = d.account
WHERE d.scanned = 0
