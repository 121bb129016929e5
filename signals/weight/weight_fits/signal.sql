-- A centre's machine found what the catalogue says, packing included.
WITH usual AS (
  SELECT quantile_disc(weight_g / goods_g, 0.5) AS ratio FROM fact_goods WHERE by_machine
)
SELECT g.parcel_no,
       round(abs(ln(g.weight_g / g.goods_g / u.ratio)), 6) AS value,
       0 AS expected,
       false AS hard,
       CAST(round(g.weight_g) AS INTEGER) AS grams, CAST(round(g.goods_g) AS INTEGER) AS goods
FROM fact_goods g, usual u
WHERE g.by_machine AND abs(ln(g.weight_g / g.goods_g / u.ratio)) < 0.4
