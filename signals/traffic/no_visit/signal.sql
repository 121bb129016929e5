-- An order without a visit where orders from that source have one.
WITH shop AS (
  SELECT platform, source, seller_no, count(*) AS n, count(*) FILTER (WHERE visits = 0) AS blind
  FROM fact_visit GROUP BY platform, source, seller_no
),
everywhere AS (
  SELECT platform, source, sum(n) AS n, sum(blind) AS blind FROM shop GROUP BY platform, source
),
watched AS (
  SELECT seller_no FROM fact_visit GROUP BY seller_no HAVING sum(visits) > 0
)
SELECT v.order_no,
       round(rareness(shrunk_rate(e.blind - s.blind, e.n - s.n, 0.2, 20)), 3) AS value,
       round(shrunk_rate(e.blind - s.blind, e.n - s.n, 0.2, 20), 4) AS expected,
       false AS hard,
       round(100 * shrunk_rate(e.blind - s.blind, e.n - s.n, 0.2, 20), 1) AS percent
FROM fact_visit v
JOIN watched w ON w.seller_no = v.seller_no
JOIN shop s ON s.seller_no = v.seller_no AND s.source = v.source AND s.platform = v.platform
JOIN everywhere e ON e.platform = v.platform AND e.source = v.source
WHERE v.visits = 0
