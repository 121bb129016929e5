-- Many orders of one high amount, confirmed within a day of payment.
WITH typical AS (
  SELECT currency, quantile_cont(CAST(amount AS DOUBLE), 0.5) AS amount FROM fact_order WHERE amount > 0 GROUP BY currency
),
high AS (
  SELECT o.order_no, o.seller_no, o.currency, CAST(floor(o.amount / 10) AS BIGINT) AS price,
         CASE WHEN o.completed_by = 'buyer' AND o.completed_at <= o.paid_at + INTERVAL 24 HOUR THEN 1 ELSE 0 END AS quick
  FROM fact_order o
  JOIN typical t ON t.currency = o.currency
  WHERE o.amount >= 5 * t.amount AND o.paid_at IS NOT NULL AND coalesce(o.fulfilment, 'parcel') = 'parcel'
),
shop AS (
  SELECT seller_no, count(*) AS n, sum(quick) AS quick FROM high GROUP BY seller_no
),
everywhere AS (
  SELECT sum(n) AS n, sum(quick) AS quick FROM shop
),
cluster AS (
  SELECT seller_no, currency, price, count(*) AS n, sum(quick) AS quick FROM high GROUP BY seller_no, currency, price HAVING sum(quick) >= 5
)
SELECT h.order_no,
       round(c.quick - c.n * shrunk_rate(e.quick - s.quick, e.n - s.n, 0.02, 50), 3) AS value,
       round(c.n * shrunk_rate(e.quick - s.quick, e.n - s.n, 0.02, 50), 2) AS expected,
       false AS hard,
       c.quick AS orders,
       10 * h.price || ' ' || h.currency AS amount
FROM high h
JOIN cluster c ON c.seller_no = h.seller_no AND c.currency = h.currency AND c.price = h.price
JOIN shop s ON s.seller_no = h.seller_no
CROSS JOIN everywhere e
WHERE h.quick = 1
