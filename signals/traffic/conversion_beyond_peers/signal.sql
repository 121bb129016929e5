-- Orders per visit far above other shops, small shops drawn to the mean.
WITH overall AS (
  SELECT sum(visited - least(promoted, visited)) AS bought, sum(visits) AS visits FROM fact_interest WHERE visits > 0
),
shop AS (
  SELECT i.seller_no, i.visits, i.visited - least(i.promoted, i.visited) AS bought,
         least(0.98, shrunk_rate(i.visited - least(i.promoted, i.visited), i.visits, (o.bought + 1) / (o.visits + 2), 30)) AS rate
  FROM fact_interest i CROSS JOIN overall o
  WHERE i.visits >= 20
),
odds AS (
  SELECT seller_no, visits, bought, rate, CAST(round(1000 * ln(rate / (1 - rate))) AS BIGINT) AS milli FROM shop
),
spread AS (
  SELECT count(*) AS n, sum(milli) AS total, sum(milli * milli) AS squares FROM odds
)
SELECT o.seller_no,
       round((o.milli - s.total / s.n) / sqrt(greatest(s.squares / s.n - (s.total / s.n) * (s.total / s.n), 40000)), 3) AS value,
       round(1 / (1 + exp(-s.total / s.n / 1000)), 4) AS expected,
       false AS hard,
       round(100 * o.rate, 1) AS percent,
       round(100 / (1 + exp(-s.total / s.n / 1000)), 1) AS peer_percent
FROM odds o CROSS JOIN spread s
WHERE s.n >= 10 AND o.milli > s.total / s.n
