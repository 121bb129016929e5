-- Reviews of a shop that come after the same delay.
WITH timed AS (
  SELECT r.order_no, r.seller_no, r.platform,
         CAST(floor(8 * ln(1 + date_diff('second', o.completed_at, r.reviewed_at) / 600.0)) AS INTEGER) AS band
  FROM fact_review r JOIN fact_order o ON o.order_no = r.order_no
  WHERE r.reviewed_at >= o.completed_at
),
shop_band AS (SELECT platform, seller_no, band, count(*) AS n FROM timed GROUP BY platform, seller_no, band),
shop AS (SELECT platform, seller_no, sum(n) AS n FROM shop_band GROUP BY platform, seller_no),
everywhere AS (SELECT platform, band, sum(n) AS n FROM shop_band GROUP BY platform, band),
total AS (SELECT platform, sum(n) AS n FROM shop_band GROUP BY platform),
step AS (
  SELECT b.seller_no, b.band, b.n, s.n * (e.n - b.n + 1) / (t.n - s.n + 10) AS expected
  FROM shop_band b
  JOIN shop s ON s.seller_no = b.seller_no
  JOIN everywhere e ON e.platform = b.platform AND e.band = b.band
  JOIN total t ON t.platform = b.platform
  WHERE b.n >= 5 AND t.n >= 2 * s.n
)
SELECT t.order_no,
       max(round((p.n + 1) / (p.expected + 1), 3)) AS value,
       max(round(p.expected, 1)) AS expected,
       false AS hard,
       max(p.n) AS alike,
       max(round((exp(p.band / 8.0) - 1) / 6, 1)) AS from_h,
       max(round((exp((p.band + 1) / 8.0) - 1) / 6, 1)) AS to_h
FROM timed t
JOIN step p ON p.seller_no = t.seller_no AND p.band = t.band
WHERE p.n > p.expected + 3 * sqrt(p.expected + 1)
GROUP BY t.order_no
