-- A mark in the memo that, at this shop, goes with parcels that did not travel: a short word, letters before a number, or, where
-- nothing is written, the colour of the flag (which exports put before the words).
WITH noted AS (
  SELECT order_no, seller_no, regexp_extract(memo, '^\s*(flag=\d)', 1) AS flag, trim(regexp_replace(memo, '^\s*flag=\d\s*;?', '')) AS words
  FROM fact_order
),
marked AS (
  SELECT n.order_no, n.seller_no,
         coalesce(nullif(upper(regexp_extract(n.words, '^([A-Za-z]{1,3})[-_ ]?\d*$', 1)), ''),
                  nullif(upper(regexp_extract(n.words, '^([A-Za-z\x{4e00}-\x{9fff}]{1,2})[-_]', 1)), ''),
                  CASE WHEN length(n.words) BETWEEN 1 AND 3 THEN n.words WHEN n.words = '' THEN nullif(n.flag, '') END, '') AS mark,
         CAST(round(1000 * coalesce(v.score, 0)) AS BIGINT) AS doubt
  FROM noted n
  JOIN order_parcel l ON l.order_no = n.order_no
  JOIN verdict_parcel v ON v.parcel_no = l.parcel_no
),
group_of AS (
  SELECT seller_no, mark, count(*) AS n, sum(doubt) AS doubt FROM marked GROUP BY seller_no, mark
),
shop AS (
  SELECT seller_no, sum(n) AS n, sum(doubt) AS doubt FROM group_of GROUP BY seller_no
),
held AS (
  SELECT g.seller_no, g.mark, g.n, g.doubt, s.n - g.n AS unmarked, s.doubt - g.doubt AS unmarked_doubt,
         shrunk_rate((s.doubt - g.doubt) / 1000, s.n - g.n, 0.02, 10) AS plain_rate
  FROM group_of g JOIN shop s ON s.seller_no = g.seller_no
  WHERE g.mark <> '' AND g.n >= 5 AND s.n - g.n >= 5
)
SELECT m.order_no,
       round(shrunk_rate((h.doubt - m.doubt) / 1000, h.n - 1, h.plain_rate, 3) / h.plain_rate, 3) AS value,
       round(h.plain_rate, 4) AS expected,
       false AS hard,
       m.mark,
       CAST(round((h.doubt - m.doubt) / 10 / (h.n - 1)) AS INTEGER) AS with_percent,
       CAST(round(h.unmarked_doubt / 10 / h.unmarked) AS INTEGER) AS without_percent
FROM marked m
JOIN held h ON h.seller_no = m.seller_no AND h.mark = m.mark
