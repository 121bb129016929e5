-- Buys at many shops a day, day after day.
WITH steady AS (
  SELECT buyer_no, days, shop_days, shop_days / days AS pace FROM fact_habit WHERE days >= 3
),
peer AS (
  SELECT sum(shop_days) / greatest(sum(days), 1) AS pace FROM steady
)
SELECT o.order_no,
       round(s.pace / p.pace, 3) AS value,
       round(p.pace, 3) AS expected,
       false AS hard,
       s.days, round(s.pace, 1) AS pace, round(p.pace, 1) AS peer_pace
FROM fact_order o
JOIN steady s ON s.buyer_no = o.buyer_no
CROSS JOIN peer p
WHERE s.pace >= 1.5 * p.pace
