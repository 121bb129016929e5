-- An order by direct link at a shop with far more of them than others have.
WITH shop AS (
  SELECT platform, seller_no, count(*) AS n, count(*) FILTER (WHERE source = 'direct') AS direct
  FROM fact_order WHERE source IS NOT NULL GROUP BY platform, seller_no
),
everywhere AS (
  SELECT platform, sum(n) AS n, sum(direct) AS direct FROM shop GROUP BY platform
)
SELECT o.order_no,
       round(shrunk_rate(s.direct, s.n, (e.direct + 1) / (e.n + 2), 20) / shrunk_rate(e.direct - s.direct, e.n - s.n, 0.05, 20), 3) AS value,
       round(shrunk_rate(e.direct - s.direct, e.n - s.n, 0.05, 20), 4) AS expected,
       false AS hard,
       CAST(round(100.0 * s.direct / s.n) AS INTEGER) AS percent,
       CAST(round(100 * shrunk_rate(e.direct - s.direct, e.n - s.n, 0.05, 20)) AS INTEGER) AS peer_percent
FROM fact_order o
JOIN shop s ON s.seller_no = o.seller_no
JOIN everywhere e ON e.platform = o.platform
WHERE o.source = 'direct' AND s.n >= 10
