-- Picked up before it was paid. Where a whole carrier's or seller's pick-ups lie early, its clock or its way of
-- paying is the cause, and the signal is silent. Merged orders are judged by the first payment.
WITH paid AS (
  SELECT l.parcel_no, o.seller_no, p.carrier, date_diff('second', p.picked_at, min(o.paid_at)) AS early
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  WHERE o.paid_at IS NOT NULL AND p.picked_at IS NOT NULL AND NOT l.guessed
  GROUP BY l.parcel_no, o.seller_no, p.carrier, p.picked_at
),
carriers AS (
  SELECT carrier, count(*) AS n, count(*) FILTER (WHERE early > 600) AS odd FROM paid GROUP BY carrier
),
clocks AS (
  SELECT carrier,
         count(*) FILTER (WHERE early BETWEEN 600 AND 43200) > 0.015 * count(*)
         AND count(DISTINCT seller_no) FILTER (WHERE early BETWEEN 600 AND 43200) > 0.2 * count(DISTINCT seller_no) AS off
  FROM paid GROUP BY carrier
)
SELECT l.order_no,
       CASE WHEN p.early > 144000 THEN 0.5 ELSE round(p.early / 3600.0, 3) END AS value,
       0 AS expected,
       p.early BETWEEN 3600 AND 144000 AS hard,
       round(p.early / 3600.0, 1) AS hours, round(100.0 * c.odd / c.n, 1) AS norm_percent
FROM paid p
JOIN carriers c ON c.carrier = p.carrier
JOIN clocks k ON k.carrier = p.carrier AND NOT k.off
JOIN fact_link l ON l.parcel_no = p.parcel_no
WHERE p.early > 600
