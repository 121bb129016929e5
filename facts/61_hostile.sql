-- Days on which strangers flood a shop with orders and take them back: of the day's orders by buyers never seen at the
-- shop before, how many were refunded or closed by the buyer within three days.
WITH first_time AS (
  SELECT o.order_no, o.seller_no, o.buyer_no, CAST(o.created_at + INTERVAL 8 HOUR AS DATE) AS day,
         min(o.created_at) OVER (PARTITION BY o.seller_no, o.buyer_no) > o.created_at - INTERVAL 3 DAY AS stranger,
         CASE WHEN (coalesce(o.refunded_amount, 0) >= 0.9 * o.amount AND o.amount > 0 AND coalesce(o.refunded_by, 'buyer') = 'buyer'
                    AND o.refunded_at <= coalesce(o.paid_at, o.created_at) + INTERVAL 3 DAY)
                OR (o.status = 'closed' AND o.refunded_at IS NULL AND o.completed_at IS NULL)
              THEN 1 ELSE 0 END AS taken_back
  FROM fact_order o
  WHERE o.buyer_no IS NOT NULL
),
daily AS (
  SELECT seller_no, day, count(*) FILTER (WHERE stranger) AS strangers, sum(CASE WHEN stranger THEN taken_back ELSE 0 END) AS taken_back,
         count(*) AS orders
  FROM first_time GROUP BY seller_no, day
),
shop AS (
  SELECT seller_no, sum(orders) AS orders, sum(taken_back) AS taken_back, count(*) AS days FROM daily GROUP BY seller_no
),
everywhere AS (
  SELECT sum(orders) AS orders, sum(taken_back) AS taken_back FROM shop
),
told AS (
  SELECT seller_no, min(CAST(reported_at + INTERVAL 8 HOUR AS DATE)) AS first_day, max(CAST(reported_at + INTERVAL 8 HOUR AS DATE)) AS last_day
  FROM fact_report WHERE kind = 'hostile_orders' AND seller_no IS NOT NULL GROUP BY seller_no
)
SELECT f.order_no, f.seller_no, f.day, d.strangers, CAST(d.taken_back AS INTEGER) AS taken_back,
       round(shrunk_rate(e.taken_back - s.taken_back, e.orders - s.orders, 0.03, 100), 4) AS peer_rate,
       t.seller_no IS NOT NULL AS reported
FROM first_time f
JOIN daily d ON d.seller_no = f.seller_no AND d.day = f.day
JOIN shop s ON s.seller_no = f.seller_no
CROSS JOIN everywhere e
LEFT JOIN told t ON t.seller_no = f.seller_no AND f.day BETWEEN t.first_day - 14 AND t.last_day + 7
WHERE f.stranger AND f.taken_back = 1
  AND ((t.seller_no IS NOT NULL AND d.taken_back >= 3 AND d.taken_back >= 0.3 * d.strangers)
    OR (d.taken_back >= 15 AND d.taken_back >= 0.7 * d.strangers
        AND d.taken_back >= 10 * d.strangers * shrunk_rate(e.taken_back - s.taken_back, e.orders - s.orders, 0.03, 100)))
