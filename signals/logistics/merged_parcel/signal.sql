-- Several orders of one address in one parcel.
WITH merged AS (
  SELECT l.parcel_no, count(*) AS orders
  FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no
  GROUP BY l.parcel_no
  HAVING count(*) > 1 AND count(DISTINCT o.address) = 1 AND count(o.address) = count(*)
     AND date_diff('hour', min(coalesce(o.paid_at, o.created_at)), max(coalesce(o.paid_at, o.created_at))) <= 72
)
SELECT l.order_no, 1 AS value, 0 AS expected, false AS hard, m.orders - 1 AS others
FROM merged m JOIN fact_link l ON l.parcel_no = m.parcel_no
