-- Orders whose parcel went to somebody else: signed for in another province, or under a number that fits another order. One may
-- be a clerk's mistyping or a courier's mistake; `rarity` (-log10) says how seldom so many buyers of a shop of that size
-- are so served by mistake, at the rate of the other shops.
WITH misplaced AS (
  SELECT order_no, seller_no FROM fact_elsewhere WHERE far
  UNION
  SELECT order_no, seller_no FROM fact_claim WHERE fit < best AND best > 0
),
sold AS (
  SELECT o.seller_no, count(*) AS orders, count(DISTINCT CASE WHEN m.order_no IS NOT NULL THEN coalesce(o.buyer_no, o.order_no) END) AS alike
  FROM fact_order o LEFT JOIN misplaced m ON m.order_no = o.order_no
  GROUP BY o.seller_no
),
feed AS (SELECT sum(orders) AS orders, sum(alike) AS alike FROM sold)
SELECT m.order_no, m.seller_no, s.alike,
       round(poisson_rarity(s.alike, s.orders * shrunk_rate(f.alike - s.alike, f.orders - s.orders, 0.003, 300)), 3) AS rarity
FROM misplaced m
JOIN sold s ON s.seller_no = m.seller_no
CROSS JOIN feed f
