-- Orders a day climb more evenly than chance customers can.
SELECT o.order_no,
       round(1 / greatest(r.unevenness, 0.02), 2) AS value,
       1.0 AS expected,
       false AS hard,
       strftime(r.first_day, '%Y-%m-%d') AS first_day, strftime(r.last_day, '%Y-%m-%d') AS last_day, r.orders, r.first_n, r.last_n
FROM fact_order o
JOIN fact_ramp r ON r.seller_no = o.seller_no
WHERE r.unevenness < 0.4 AND o.campaign_id IS NULL
  AND CAST(o.created_at + INTERVAL 8 HOUR AS DATE) BETWEEN r.first_day AND r.last_day
