-- Parcels of a sender that works for several shops and sends one weight whatever was paid, where no catalogue says what the
-- goods weigh. Spreads are octaves between the first and the last tenth; scales that type half kilograms are left out.
WITH weighed AS (
  SELECT p.parcel_no, p.sender_no, o.seller_no, coalesce(o.currency, '') AS currency,
         log2(CAST(o.amount AS DOUBLE)) AS price, log2(coalesce(p.centre_g, p.weight_g)) AS weight
  FROM fact_parcel p
  JOIN fact_link l ON l.parcel_no = p.parcel_no
  JOIN fact_order o ON o.order_no = l.order_no
  LEFT JOIN fact_scale s ON s.origin_no = p.origin_no
  WHERE p.orders = 1 AND p.sender_no IS NOT NULL AND o.goods_g IS NULL AND o.amount > 0 AND coalesce(p.centre_g, p.weight_g) > 0
    AND (p.centre_g IS NOT NULL OR coalesce(s.step_g, 1) < 500)
),
senders AS (
  SELECT sender_no, currency, count(*) AS n, count(DISTINCT seller_no) AS sellers,
         quantile_disc(price, 0.9) - quantile_disc(price, 0.1) AS prices,
         quantile_disc(weight, 0.9) - quantile_disc(weight, 0.1) AS weights,
         quantile_disc(weight, 0.5) AS middle
  FROM weighed
  GROUP BY sender_no, currency
  HAVING count(*) >= 8 AND count(DISTINCT seller_no) >= 2
)
SELECT w.parcel_no,
       round(s.prices - s.weights, 4) AS value, 0.5 AS expected, false AS hard,
       s.n, s.sellers, CAST(round(pow(2, s.middle)) AS INTEGER) AS grams, round(pow(2, s.weights), 1) AS weights, round(pow(2, s.prices), 1) AS prices
FROM senders s
JOIN weighed w ON w.sender_no = s.sender_no AND w.currency = s.currency
-- A parcel that itself weighs something else is not of the kind.
WHERE s.weights <= 1 AND s.prices - s.weights > 1 AND abs(w.weight - s.middle) <= 1
