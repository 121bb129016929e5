-- Signed for by a gatekeeper or somebody at an address that has no gate.
WITH signed AS (
  SELECT p.parcel_no, p.carrier, p.delivered_no, coalesce(p.account, 0) AS account, p.signer,
         CAST(p.signer IN ('doorman', 'other') AS INTEGER) AS odd
  FROM fact_parcel p
  JOIN (SELECT l.parcel_no, min(o.address_kind) AS address_kind FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no GROUP BY l.parcel_no) AS a
    ON a.parcel_no = p.parcel_no
  WHERE p.signer IS NOT NULL AND p.delivered_no IS NOT NULL AND coalesce(a.address_kind, 'house') = 'house'
),
carriers AS (SELECT carrier, count(*) AS n, sum(odd) AS odd FROM signed GROUP BY carrier),
own AS (SELECT delivered_no, account, count(*) AS n, sum(odd) AS odd FROM signed GROUP BY delivered_no, account),
places AS (SELECT delivered_no, sum(n) AS n, sum(odd) AS odd FROM own GROUP BY delivered_no)
SELECT s.parcel_no,
       rarity(1 - shrunk_rate(q.odd - o.odd, q.n - o.n, c.odd / c.n, 10)) AS value,
       round(shrunk_rate(q.odd - o.odd, q.n - o.n, c.odd / c.n, 10), 6) AS expected,
       false AS hard,
       s.signer, CAST(ceil(100 * shrunk_rate(q.odd - o.odd, q.n - o.n, c.odd / c.n, 10)) AS INTEGER) AS norm_percent
FROM signed s
JOIN carriers c ON c.carrier = s.carrier
JOIN places q ON q.delivered_no = s.delivered_no
JOIN own o ON o.delivered_no = s.delivered_no AND o.account = s.account
WHERE s.odd = 1
