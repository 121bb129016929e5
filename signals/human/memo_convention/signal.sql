-- A mark in the memo that, at this shop, goes with parcels that did not travel.
WITH marked AS (
  SELECT o.order_no, o.seller_no,
         coalesce(nullif(upper(regexp_extract(o.memo, '^\s*([A-Za-z]{1,3})[-_ ]?\d*\s*$', 1)), ''),
                  nullif(upper(regexp_extract(o.memo, '^\s*([A-Za-z\x{4e00}-\x{9fff}]{1,2})[-_]', 1)), ''),
                  CASE WHEN length(trim(o.memo)) BETWEEN 1 AND 3 THEN trim(o.memo) END, '') AS mark,
         CAST(round(1000 * coalesce(v.score, 0)) AS BIGINT) AS doubt
  FROM fact_order o
  JOIN order_parcel l ON l.order_no = o.order_no
  JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
),
group_of AS (
  SELECT seller_no, mark, count(*) AS n, sum(doubt) AS doubt FROM marked GROUP BY seller_no, mark
),
shop AS (
  SELECT seller_no, sum(n) AS n, sum(doubt) AS doubt FROM group_of GROUP BY seller_no
)
SELECT m.order_no,
       round(shrunk_rate((g.doubt - m.doubt) / 1000, g.n - 1, 0.02, 3) / shrunk_rate((s.doubt - g.doubt) / 1000, s.n - g.n, 0.02, 10), 3) AS value,
       round(shrunk_rate((s.doubt - g.doubt) / 1000, s.n - g.n, 0.02, 10), 4) AS expected,
       false AS hard,
       m.mark,
       CAST(round((g.doubt - m.doubt) / 10 / (g.n - 1)) AS INTEGER) AS with_percent,
       CAST(round((s.doubt - g.doubt) / 10 / (s.n - g.n)) AS INTEGER) AS without_percent
FROM marked m
JOIN group_of g ON g.seller_no = m.seller_no AND g.mark = m.mark
JOIN shop s ON s.seller_no = m.seller_no
WHERE m.mark <> '' AND g.n >= 5 AND s.n - g.n >= 5
