-- Orders whose parcel went to somebody else: signed for in another province, or under a number that fits another order. One may
-- be a clerk's mistyping or a courier's mistake; `alike` counts of how many buyers of the shop it is so.
WITH misplaced AS (
  SELECT order_no, seller_no FROM fact_elsewhere WHERE far
  UNION
  SELECT order_no, seller_no FROM fact_claim WHERE fit < best AND best > 0
),
repeated AS (
  SELECT m.seller_no, CAST(count(DISTINCT coalesce(o.buyer_no, o.order_no)) AS INTEGER) AS alike
  FROM misplaced m JOIN fact_order o ON o.order_no = m.order_no
  GROUP BY m.seller_no
)
SELECT m.order_no, m.seller_no, r.alike
FROM misplaced m JOIN repeated r ON r.seller_no = m.seller_no
