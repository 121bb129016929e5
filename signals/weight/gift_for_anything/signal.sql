-- Orders sent by a sender of eight shops and more whose parcels are of one weight whatever was sold, where this one has that weight and its
-- goods have another.
WITH sent AS (
  SELECT g.parcel_no, g.sender_no, g.goods_g, g.weight_g, s.n, s.sellers
  FROM fact_sender_goods s
  JOIN fact_goods g ON g.sender_no = s.sender_no
  WHERE s.sellers >= 8 AND s.n >= 100 AND s.high < 0.25
),
middle AS (SELECT sender_no, quantile_disc(weight_g, 0.5) AS usual FROM sent GROUP BY sender_no),
senders AS (
  SELECT s.sender_no, any_value(m.usual) AS usual,
         count(*) FILTER (WHERE abs(ln(s.weight_g / m.usual)) < 0.2) / count(*) AS share
  FROM sent s JOIN middle m ON m.sender_no = s.sender_no GROUP BY s.sender_no
)
SELECT l.order_no, round(r.share, 6) AS value, 0.0 AS expected, false AS hard,
       s.n, s.sellers, CAST(round(r.usual) AS INTEGER) AS usual, CAST(round(100 * r.share) AS INTEGER) AS percent,
       CAST(round(s.weight_g) AS INTEGER) AS grams, CAST(round(s.goods_g) AS INTEGER) AS goods
FROM sent s
JOIN senders r ON r.sender_no = s.sender_no
JOIN order_parcel l ON l.parcel_no = s.parcel_no
WHERE r.share >= 0.6 AND abs(ln(s.weight_g / r.usual)) < 0.2 AND abs(ln(s.weight_g / s.goods_g)) > 0.3
