-- Lighter than its goods. That the catalogue itself is wrong is weighed by the listing's other parcels: nearly all are as
-- light then, while gifts lie among parcels that fit. 3 listings in 100 are taken to be wrong, 5 in 100 to be brushed.
WITH ratios AS (
  SELECT parcel_no, listing, weight_g, goods_g, weight_g / goods_g AS ratio, CAST(floor(4 * log2(weight_g / goods_g)) AS INTEGER) AS bin
  FROM fact_goods
),
listings AS (
  SELECT listing, least(60, count(*) FILTER (WHERE ratio < 0.6)) AS light, least(60, count(*) FILTER (WHERE ratio >= 0.6)) AS fitting FROM ratios GROUP BY listing
),
counted AS (SELECT bin, count(*) AS n FROM ratios GROUP BY bin),
norm AS (SELECT bin, sum(n) OVER (ORDER BY bin) AS as_many, sum(n) OVER () AS n FROM counted),
judged AS (
  SELECT r.parcel_no, r.weight_g, r.goods_g, r.ratio, shrunk_rate(n.as_many, n.n, 0.02, 100) AS share,
         0.03 * pow(0.95, l.light - 1) * pow(0.05, l.fitting) AS wrong,
         0.97 * (0.95 * pow(0.03, l.light - 1) * pow(0.97, l.fitting) + 0.05 * pow(0.6, l.light - 1) * pow(0.4, l.fitting)) AS sound
  FROM ratios r
  JOIN norm n ON n.bin = r.bin
  JOIN listings l ON l.listing = r.listing
  WHERE r.ratio < 0.6
)
SELECT parcel_no,
       round(-log10(greatest(0.0005, (wrong + sound * share) / (wrong + sound))), 6) AS value,
       round(goods_g) AS expected,
       false AS hard,
       CAST(round(weight_g) AS INTEGER) AS grams, CAST(round(goods_g) AS INTEGER) AS goods, CAST(round(100 * ratio) AS INTEGER) AS percent
FROM judged
WHERE wrong + sound > 0
