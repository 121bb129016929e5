-- Lighter than its goods. A listing whose parcels usually are has a wrong catalogue, and the signal is silent.
WITH ratios AS (
  SELECT parcel_no, coalesce(seller_no, 0) AS seller_no, listing, weight_g, goods_g, step_g,
         weight_g / goods_g AS ratio, CAST(floor(4 * log2(weight_g / goods_g)) AS INTEGER) AS bin
  FROM fact_goods
),
listings AS (
  SELECT listing, count(*) AS parcels, quantile_disc(ratio, 0.5) AS usual FROM ratios GROUP BY listing
),
counted AS (SELECT bin, count(*) AS n FROM ratios GROUP BY bin),
norm AS (SELECT bin, sum(n) OVER (ORDER BY bin ) AS as_many, sum(n) OVER () AS n FROM counted)
SELECT r.parcel_no,
       rarity(1 - shrunk_rate(n.as_many, n.n, 0.02, 100)) AS value,
       round(r.goods_g) AS expected,
       false AS hard,
       CAST(round(r.weight_g) AS INTEGER) AS grams, CAST(round(r.goods_g) AS INTEGER) AS goods, CAST(round(100 * r.ratio) AS INTEGER) AS percent
FROM ratios r
JOIN norm n ON n.bin = r.bin
JOIN listings l ON l.listing = r.listing
WHERE r.ratio < 0.6 AND (l.parcels < 10 OR l.usual > 0.6)
