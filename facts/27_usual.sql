-- What a shop's parcels of like price weigh, where no catalogue says what the goods weigh: for parcels that carry one order
-- alone. Prices fall into bands of half an octave, weights into bins of a quarter. A parcel is held against the shop's
-- parcels of *other senders* in its band, where these are at least as many as its own sender's: whoever sends most of a
-- shop's goods says what they weigh. `lighter` is by how many bins it lies below their light fifth.
WITH alone AS (
  SELECT l.parcel_no, min(l.order_no) AS order_no
  FROM fact_link l
  LEFT JOIN fact_claim c ON c.parcel_no = l.parcel_no AND c.order_no = l.order_no
  GROUP BY l.parcel_no
  HAVING count(*) = 1 AND count(c.order_no) = 0
),
whole AS (
  SELECT a.parcel_no, a.order_no FROM alone a
  JOIN (SELECT order_no FROM fact_link GROUP BY order_no HAVING count(*) = 1) s ON s.order_no = a.order_no
),
weighed AS (
  SELECT p.parcel_no, p.sender_no, o.seller_no, coalesce(o.currency, '') AS currency,
         CAST(floor(2 * log2(CAST(o.amount AS DOUBLE))) AS INTEGER) AS band,
         CAST(floor(4 * log2(coalesce(p.centre_g, p.weight_g))) AS INTEGER) AS bin,
         coalesce(p.centre_g, p.weight_g) AS weight_g,
         CASE WHEN p.centre_g IS NOT NULL THEN 1 ELSE coalesce(s.step_g, 1) END AS step_g
  FROM whole w
  JOIN fact_order o ON o.order_no = w.order_no
  JOIN fact_parcel p ON p.parcel_no = w.parcel_no
  LEFT JOIN fact_scale s ON s.origin_no = p.origin_no
  WHERE o.goods_g IS NULL AND o.amount > 0 AND p.sender_no IS NOT NULL AND coalesce(p.centre_g, p.weight_g) > 0
),
senders AS (
  SELECT seller_no, currency, band, sender_no, count(*) AS n FROM weighed GROUP BY seller_no, currency, band, sender_no
),
bins AS (
  SELECT seller_no, currency, band, sender_no, bin, count(*) AS n FROM weighed GROUP BY seller_no, currency, band, sender_no, bin
),
others AS (
  SELECT s.seller_no, s.currency, s.band, s.sender_no, s.n AS own, b.bin, sum(b.n) AS n
  FROM senders s
  JOIN bins b ON b.seller_no = s.seller_no AND b.currency = s.currency AND b.band = s.band AND b.sender_no <> s.sender_no
  GROUP BY s.seller_no, s.currency, s.band, s.sender_no, s.n, b.bin
),
heaped AS (
  SELECT seller_no, currency, band, sender_no, own, bin,
         sum(n) OVER (PARTITION BY seller_no, currency, band, sender_no ORDER BY bin) AS as_light,
         sum(n) OVER (PARTITION BY seller_no, currency, band, sender_no) AS n
  FROM others
),
usual AS (
  SELECT seller_no, currency, band, sender_no, n, min(bin) FILTER (WHERE 5 * as_light >= n) AS light_bin, min(bin) FILTER (WHERE 2 * as_light >= n) AS usual_bin
  FROM heaped
  WHERE n >= 5 AND n >= own
  GROUP BY seller_no, currency, band, sender_no, n
)
SELECT w.parcel_no, w.sender_no, w.seller_no, w.weight_g, w.step_g, u.n AS others,
       round(pow(2, (u.usual_bin + 0.5) / 4)) AS usual_g,
       u.light_bin - w.bin AS lighter
FROM weighed w
JOIN usual u ON u.seller_no = w.seller_no AND u.currency = w.currency AND u.band = w.band AND u.sender_no = w.sender_no
