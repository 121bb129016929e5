-- Many of a shop's buyers looked exactly as long. A shop that makes up most of the feed has no peers to be compared with.
WITH band AS (
  SELECT order_no, seller_no, platform, CAST(floor(8 * ln(1 + dwell_s)) AS INTEGER) AS band
  FROM fact_visit WHERE dwell_s IS NOT NULL AND source NOT IN ('live', 'campaign')
),
shop_band AS (
  SELECT platform, seller_no, band, count(*) AS n FROM band GROUP BY platform, seller_no, band
),
smooth AS (
  SELECT platform, seller_no, band, sum(n) AS n
  FROM (SELECT platform, seller_no, band, n FROM shop_band
        UNION ALL SELECT platform, seller_no, band + 1, n FROM shop_band
        UNION ALL SELECT platform, seller_no, band - 1, n FROM shop_band) AS near
  GROUP BY platform, seller_no, band
),
shop AS (SELECT platform, seller_no, sum(n) AS n FROM shop_band GROUP BY platform, seller_no),
everywhere AS (SELECT platform, band, sum(n) AS n FROM smooth GROUP BY platform, band),
total AS (SELECT platform, sum(n) AS n FROM shop_band GROUP BY platform),
step AS (
  SELECT m.seller_no, m.band, m.n, s.n * (e.n - m.n + 1) / (t.n - s.n + 10) AS expected
  FROM smooth m
  JOIN shop s ON s.seller_no = m.seller_no
  JOIN everywhere e ON e.platform = m.platform AND e.band = m.band
  JOIN total t ON t.platform = m.platform
  WHERE s.n >= 8 AND m.n >= 5 AND t.n >= 2 * s.n
)
SELECT b.order_no,
       round((p.n + 1) / (p.expected + 1), 3) AS value,
       round(p.expected, 1) AS expected,
       false AS hard,
       p.n AS alike,
       CAST(round(exp((p.band - 1) / 8.0) - 1) AS INTEGER) AS from_s,
       CAST(round(exp((p.band + 2) / 8.0) - 1) AS INTEGER) AS to_s
FROM band b
JOIN step p ON p.seller_no = b.seller_no AND p.band = b.band
WHERE p.n > p.expected + 3 * sqrt(p.expected + 1)
