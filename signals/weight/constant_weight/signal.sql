-- The same weight again and again for goods that differ beyond their packing (80 g). Rounding by the whole outlet is its norm.
WITH weights AS (
  SELECT origin_no, account, CAST(round(weight_g) AS BIGINT) AS weight, count(*) AS n, count(DISTINCT CAST(round(4 * log2(goods_g + 80)) AS INTEGER)) AS goods
  FROM fact_goods
  WHERE origin_no IS NOT NULL
  GROUP BY origin_no, account, CAST(round(weight_g) AS BIGINT)
),
own AS (SELECT origin_no, account, sum(n) AS n, max(n) AS most FROM weights GROUP BY origin_no, account),
outlet_weights AS (SELECT origin_no, weight, sum(n) AS n FROM weights GROUP BY origin_no, weight),
outlets AS (SELECT origin_no, sum(n) AS n, max(n) AS most FROM outlet_weights GROUP BY origin_no)
SELECT g.parcel_no,
       round(w.n / o.n - shrunk_rate(greatest(t.most - w.n, 0), t.n - o.n, 0.1, 10), 6) AS value,
       round(shrunk_rate(greatest(t.most - w.n, 0), t.n - o.n, 0.1, 10), 6) AS expected,
       false AS hard,
       CAST(round(100 * w.n / o.n) AS INTEGER) AS percent, w.weight AS grams,
       CAST(round(100 * shrunk_rate(greatest(t.most - w.n, 0), t.n - o.n, 0.1, 10)) AS INTEGER) AS norm_percent
FROM fact_goods g
JOIN weights w ON w.origin_no = g.origin_no AND w.account = g.account AND w.weight = CAST(round(g.weight_g) AS BIGINT)
JOIN own o ON o.origin_no = g.origin_no AND o.account = g.account
JOIN outlets t ON t.origin_no = g.origin_no
WHERE o.n >= 8 AND w.n = o.most AND w.n >= 5 AND w.goods >= 3 AND g.step_g < 500
