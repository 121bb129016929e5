-- Full marks beyond what other shops get.
WITH shop AS (
  SELECT platform, seller_no, count(*) AS n, count(*) FILTER (WHERE rating >= 5) AS full_marks
  FROM fact_review WHERE seller_no IS NOT NULL GROUP BY platform, seller_no
),
everywhere AS (SELECT platform, sum(n) AS n, sum(full_marks) AS full_marks FROM shop GROUP BY platform),
rated AS (
  SELECT s.seller_no, s.n, s.full_marks / s.n AS share, shrunk_rate(e.full_marks - s.full_marks, e.n - s.n, 0.8, 50) AS peer
  FROM shop s JOIN everywhere e ON e.platform = s.platform
  WHERE s.n >= 10 AND e.n >= 2 * s.n
)
SELECT seller_no,
       round(n * (CASE WHEN share >= 1 THEN -log10(peer)
                       ELSE share * log10(share / peer) + (1 - share) * log10((1 - share) / (1 - peer)) END), 3) AS value,
       round(peer, 4) AS expected,
       false AS hard,
       round(100 * share, 1) AS percent, n AS reviews, round(100 * peer, 1) AS peer_percent
FROM rated
WHERE share > peer AND peer < 1
