-- Paid when the parcel was handed over.
SELECT o.order_no, 1 AS value, 0.0 AS expected, false AS hard, strftime(o.paid_at, '%Y-%m-%d %H:%M') AS paid
FROM fact_order o
JOIN order_parcel l ON l.order_no = o.order_no
JOIN fact_parcel p ON p.parcel_no = l.parcel_no
WHERE o.paid_at >= p.delivered_at - INTERVAL 1 HOUR
  AND o.created_at < p.delivered_at - INTERVAL 12 HOUR
