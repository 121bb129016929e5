-- The same number of comparisons, after the same keyword, by many of a shop's buyers.
WITH way AS (
  SELECT order_no, seller_no, platform, compared, coalesce(keyword, 0) AS keyword
  FROM fact_visit WHERE compared >= 1 AND source NOT IN ('live', 'campaign')
),
seen AS (
  SELECT seller_no, platform, coalesce(keyword, 0) AS keyword, count(*) AS n
  FROM fact_visit WHERE compared IS NOT NULL AND source NOT IN ('live', 'campaign')
  GROUP BY seller_no, platform, coalesce(keyword, 0)
),
shop AS (SELECT platform, seller_no, sum(n) AS n FROM seen GROUP BY platform, seller_no),
total AS (SELECT platform, sum(n) AS n FROM seen GROUP BY platform),
shop_way AS (SELECT platform, seller_no, keyword, compared, count(*) AS n FROM way GROUP BY platform, seller_no, keyword, compared),
shop_compared AS (SELECT platform, seller_no, compared, sum(n) AS n FROM shop_way GROUP BY platform, seller_no, compared),
everywhere AS (SELECT platform, compared, sum(n) AS n FROM shop_compared GROUP BY platform, compared),
step AS (
  SELECT w.seller_no, w.keyword, w.compared, w.n, k.n * (e.n - c.n + 1) / (t.n - s.n + 10) AS expected
  FROM shop_way w
  JOIN seen k ON k.seller_no = w.seller_no AND k.keyword = w.keyword
  JOIN shop s ON s.seller_no = w.seller_no
  JOIN shop_compared c ON c.seller_no = w.seller_no AND c.compared = w.compared
  JOIN everywhere e ON e.platform = w.platform AND e.compared = w.compared
  JOIN total t ON t.platform = w.platform
  WHERE w.n >= 5 AND t.n >= 2 * s.n
)
SELECT w.order_no,
       round((p.n + 1) / (p.expected + 1), 3) AS value,
       round(p.expected, 1) AS expected,
       false AS hard,
       p.n AS alike, w.compared,
       CASE WHEN w.keyword = 0 THEN '' ELSE ', coming by the same search word,' END AS keyword_en,
       CASE WHEN w.keyword = 0 THEN '' ELSE '通过同一搜索词' END AS keyword_zh
FROM way w
JOIN step p ON p.seller_no = w.seller_no AND p.keyword = w.keyword AND p.compared = w.compared
WHERE p.n > p.expected + 3 * sqrt(p.expected + 1)
