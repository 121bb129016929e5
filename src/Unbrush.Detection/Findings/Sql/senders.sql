-- How well the weights of a sender's parcels follow the goods: the correlation of grams weighed with grams catalogued,
-- from whole-gram sums, so that it is the same whatever the order of rows.
WITH paired AS (
  SELECT p.sender_no, CAST(round(p.weight_g) AS HUGEINT) AS x, CAST(round(sum(o.goods_g)) AS HUGEINT) AS y
  FROM fact_parcel p
  JOIN fact_link l ON l.parcel_no = p.parcel_no
  JOIN fact_order o ON o.order_no = l.order_no
  WHERE p.weight_g IS NOT NULL AND p.sender_no IS NOT NULL
  GROUP BY p.sender_no, p.parcel_no, p.weight_g
  HAVING count(*) = count(o.goods_g)
),
sums AS (
  SELECT sender_no, count(*) AS n, sum(x) AS sx, sum(y) AS sy, sum(x * x) AS sxx, sum(y * y) AS syy, sum(x * y) AS sxy
  FROM paired GROUP BY sender_no
),
sent AS (
  SELECT sender_no, count(*) AS parcels, count(DISTINCT seller_no) AS sellers FROM fact_parcel WHERE sender_no IS NOT NULL GROUP BY sender_no
)
SELECT s.carrier, s.sender_key, coalesce(t.parcels, 0) AS parcels, coalesce(t.sellers, 0) AS sellers,
       CASE WHEN c.n >= 5 AND c.n * c.sxx > c.sx * c.sx AND c.n * c.syy > c.sy * c.sy
            THEN round(CAST(c.n * c.sxy - c.sx * c.sy AS DOUBLE) / sqrt(CAST(c.n * c.sxx - c.sx * c.sx AS DOUBLE)) / sqrt(CAST(c.n * c.syy - c.sy * c.sy AS DOUBLE)), 6)
       END AS weight_correlation,
       v.verdict, coalesce(r.reasons, '[]') AS reasons
FROM verdict_sender v
JOIN fact_sender s ON s.sender_no = v.sender_no
LEFT JOIN sent t ON t.sender_no = v.sender_no
LEFT JOIN sums c ON c.sender_no = v.sender_no
LEFT JOIN reasons_sender r ON r.sender_no = v.sender_no
ORDER BY s.sender_no
