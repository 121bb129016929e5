-- Numbers of one block in the hands of many unrelated shops. A warehouse is one sender for many shops and counts as one;
-- an outlet that serves walk-in customers from one block has that as its norm.
WITH blocks AS (
  SELECT stock, carrier, min(origin_no) AS origin_no, count(*) AS parcels, count(DISTINCT seller_no) AS sellers, count(DISTINCT sender_no) AS senders
  FROM fact_parcel
  WHERE stock IS NOT NULL
  GROUP BY stock, carrier
),
told AS (
  SELECT stock, carrier, coalesce(origin_no, 0) AS origin_no, parcels,
         least(sellers, CASE WHEN senders = 0 THEN sellers ELSE senders END) AS shops
  FROM blocks
),
norm AS (SELECT carrier, sum(parcels) AS n, sum(parcels) FILTER (WHERE shops >= 3) AS odd FROM told GROUP BY carrier)
SELECT p.parcel_no,
       rarity(1 - shrunk_rate(coalesce(n.odd, 0) - t.parcels, n.n - t.parcels, 0.1, 50)) AS value,
       round(shrunk_rate(coalesce(n.odd, 0) - t.parcels, n.n - t.parcels, 0.1, 50), 6) AS expected,
       false AS hard,
       t.parcels, t.shops, CAST(ceil(100 * shrunk_rate(coalesce(n.odd, 0) - t.parcels, n.n - t.parcels, 0.1, 50)) AS INTEGER) AS norm_percent
FROM fact_parcel p
JOIN told t ON t.stock = p.stock AND t.carrier = p.carrier
JOIN norm n ON n.carrier = p.carrier
WHERE t.shops >= 3 AND p.orders > 0
