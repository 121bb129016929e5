-- Lighter than its goods. That the catalogue itself is wrong is weighed by the listing's other parcels: nearly all are as
-- light then, while gifts lie among parcels that fit. 3 listings in 100 are taken to be wrong, 5 in 100 to be brushed in any
-- share. Where the catalogue is wrong, the goods still weigh what goods of their category weigh in other listings' parcels.
WITH ratios AS (
  SELECT parcel_no, listing, category, weight_g, goods_g, by_machine, step_g, weight_g / goods_g AS ratio,
         CAST(floor(4 * log2(weight_g / goods_g)) AS INTEGER) AS bin, CAST(floor(4 * log2(weight_g)) AS INTEGER) AS weight_bin
  FROM fact_goods
),
listings AS (
  SELECT listing, least(60, count(*) FILTER (WHERE ratio < 0.6)) AS light, least(60, count(*) FILTER (WHERE ratio >= 0.6)) AS fitting FROM ratios GROUP BY listing
),
-- Listings of which ten and more travelled as envelopes and ten and more as goods stand apart and make nobody's norm, where nine in ten do not.
envelopes AS (
  SELECT listing, count(*) FILTER (WHERE ratio < 0.15) >= 10 AND count(*) FILTER (WHERE ratio >= 0.6) >= 10 AS mixed FROM ratios GROUP BY listing
),
apart AS (SELECT listing FROM envelopes QUALIFY mixed AND 10 * count(*) FILTER (WHERE mixed) OVER () <= count(*) OVER ()),
counted AS (SELECT r.bin, count(*) FILTER (WHERE a.listing IS NULL) AS n FROM ratios r LEFT JOIN apart a ON a.listing = r.listing GROUP BY r.bin),
norm AS (SELECT bin, sum(n) OVER (ORDER BY bin) AS as_many, sum(n) OVER () AS n FROM counted),
listing_bins AS (SELECT category, listing, weight_bin, count(*) AS n FROM ratios WHERE category IS NOT NULL GROUP BY category, listing, weight_bin),
listing_norm AS (
  SELECT listing, category, weight_bin, sum(n) OVER (PARTITION BY category, listing ORDER BY weight_bin) AS as_light, sum(n) OVER (PARTITION BY category, listing) AS n FROM listing_bins
),
category_bins AS (SELECT category, weight_bin, sum(n) AS n FROM listing_bins GROUP BY category, weight_bin),
category_norm AS (
  SELECT category, weight_bin, sum(n) OVER (PARTITION BY category ORDER BY weight_bin) AS as_light, sum(n) OVER (PARTITION BY category) AS n FROM category_bins
),
judged AS (
  SELECT r.parcel_no, r.weight_g, r.goods_g, r.ratio, shrunk_rate(n.as_many, n.n, 0.02, 100) AS share,
         0.03 * pow(0.95, l.light - 1) * pow(0.05, l.fitting) AS wrong,
         0.97 * (0.95 * pow(0.03, l.light - 1) * pow(0.97, l.fitting)
                 + 0.05 * exp(lgamma(l.light) + lgamma(l.fitting + 1) - lgamma(l.light + l.fitting + 1))) AS sound,
         CASE WHEN c.n IS NULL THEN 1.0 ELSE greatest(0.03, shrunk_rate(c.as_light - o.as_light, c.n - o.n, 1.0, 1)) END AS possible
  FROM ratios r
  JOIN norm n ON n.bin = r.bin
  JOIN listings l ON l.listing = r.listing
  LEFT JOIN category_norm c ON c.category = r.category AND c.weight_bin = r.weight_bin
  LEFT JOIN listing_norm o ON o.category = r.category AND o.listing = r.listing AND o.weight_bin = r.weight_bin
  -- An outlet that types or rounds to hundreds of grams for everybody has not weighed.
  WHERE r.ratio < 0.6 AND (r.by_machine OR r.step_g < 100)
)
SELECT parcel_no,
       round(-log10(greatest(0.0005, (wrong * possible + sound * share) / (wrong + sound))), 6) AS value,
       round(goods_g) AS expected,
       false AS hard,
       CAST(round(weight_g) AS INTEGER) AS grams, CAST(round(goods_g) AS INTEGER) AS goods, CAST(round(100 * ratio) AS INTEGER) AS percent
FROM judged
WHERE wrong + sound > 0
