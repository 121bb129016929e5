-- Receipt confirmed within minutes of the delivery, where others take their time.
WITH confirmed AS (
  SELECT o.order_no, o.seller_no, date_diff('second', p.delivered_at, o.completed_at) AS delay_s,
         CAST(floor(2 * log2(1 + date_diff('second', p.delivered_at, o.completed_at) / 60.0)) AS INTEGER) AS slowness
  FROM fact_order o
  JOIN order_parcel l ON l.order_no = o.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  WHERE o.completed_by = 'buyer' AND o.completed_at >= p.delivered_at
),
shop AS (
  SELECT seller_no, slowness, count(*) AS n FROM confirmed GROUP BY seller_no, slowness
),
everywhere AS (
  SELECT slowness, sum(sum(n)) OVER (ORDER BY slowness ROWS UNBOUNDED PRECEDING) AS as_quick, sum(sum(n)) OVER () AS total
  FROM shop GROUP BY slowness
),
own AS (
  SELECT seller_no, slowness, sum(n) OVER (PARTITION BY seller_no ORDER BY slowness ROWS UNBOUNDED PRECEDING) AS as_quick,
         sum(n) OVER (PARTITION BY seller_no) AS total
  FROM shop
)
SELECT c.order_no,
       round(rareness(shrunk_rate(e.as_quick - w.as_quick, e.total - w.total, 0.1, 20)), 3) AS value,
       round(shrunk_rate(e.as_quick - w.as_quick, e.total - w.total, 0.1, 20), 4) AS expected,
       false AS hard,
       round(c.delay_s / 60.0, 0) AS minutes,
       round(100 * shrunk_rate(e.as_quick - w.as_quick, e.total - w.total, 0.1, 20), 1) AS percent
FROM confirmed c
JOIN everywhere e ON e.slowness = c.slowness
JOIN own w ON w.seller_no = c.seller_no AND w.slowness = c.slowness
WHERE c.delay_s < 3600
