-- What should be in a parcel by the catalogue, and what it weighed: for parcels whose orders' goods are all known and
-- which carry those orders alone (a split order does not say what is in which parcel, nor a number on several buyers' orders whose it is). A centre's machine is believed
-- before an outlet's scale.
WITH split AS (
  SELECT order_no FROM fact_link GROUP BY order_no HAVING count(*) > 1
),
content AS (
  SELECT l.parcel_no, CAST(sum(CAST(round(o.goods_g) AS BIGINT)) AS DOUBLE) AS goods_g, min(o.listing) AS listing, min(o.category) AS category
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  LEFT JOIN split s ON s.order_no = l.order_no
  LEFT JOIN fact_claim c ON c.order_no = l.order_no AND c.parcel_no = l.parcel_no
  GROUP BY l.parcel_no
  HAVING count(*) = count(o.goods_g) AND count(s.order_no) = 0 AND count(c.order_no) = 0 AND sum(o.goods_g) > 0
)
SELECT p.parcel_no, p.carrier, p.seller_no, p.sender_no, p.origin_no, coalesce(p.account, 0) AS account, c.listing, c.category, c.goods_g,
       coalesce(p.centre_g, p.weight_g) AS weight_g,
       p.centre_g IS NOT NULL AS by_machine,
       CASE WHEN p.centre_g IS NOT NULL THEN 1 ELSE coalesce(s.step_g, 1) END AS step_g
FROM content c
JOIN fact_parcel p ON p.parcel_no = c.parcel_no
LEFT JOIN fact_scale s ON s.origin_no = p.origin_no
WHERE p.weight_g > 0
