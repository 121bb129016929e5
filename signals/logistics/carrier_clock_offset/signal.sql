-- A whole carrier picks up before payment: its clock or time zone is off.
WITH paid AS (
  SELECT l.order_no, o.seller_no, p.carrier, date_diff('second', p.picked_at, o.paid_at) AS early
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  WHERE o.paid_at IS NOT NULL AND p.picked_at IS NOT NULL AND NOT l.guessed
),
clocks AS (
  SELECT carrier, count(*) AS n, count(*) FILTER (WHERE early BETWEEN 600 AND 43200) AS odd,
         count(DISTINCT seller_no) AS sellers, count(DISTINCT seller_no) FILTER (WHERE early BETWEEN 600 AND 43200) AS odd_sellers,
         quantile_disc(early, 0.5) FILTER (WHERE early BETWEEN 600 AND 43200) AS typical
  FROM paid GROUP BY carrier
)
SELECT p.order_no,
       round(c.odd / c.n, 6) AS value,
       0 AS expected,
       false AS hard,
       p.carrier, round(c.typical / 3600.0, 0) AS hours, CAST(round(100.0 * c.odd / c.n) AS INTEGER) AS share_percent
FROM paid p
JOIN clocks c ON c.carrier = p.carrier
WHERE p.early BETWEEN 600 AND 43200 AND c.n >= 30 AND c.odd > 0.015 * c.n AND c.odd_sellers > 0.2 * c.sellers
