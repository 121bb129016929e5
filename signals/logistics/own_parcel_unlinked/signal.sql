-- The order's own parcel lies unlinked: same sender as the shop's other parcels, to the order's address, at the right time.
WITH senders AS (
  SELECT DISTINCT seller_no, sender_no FROM fact_parcel WHERE seller_no IS NOT NULL AND sender_no IS NOT NULL
),
loose AS (
  SELECT parcel_no, sender_no, recipient, created_at, waybill_no FROM fact_parcel WHERE orders = 0 AND recipient IS NOT NULL AND sender_no IS NOT NULL
)
SELECT o.order_no, 1 AS value, 0 AS expected, false AS hard,
       min(u.waybill_no) AS waybill_no, min(abs(date_diff('hour', o.paid_at, u.created_at))) AS hours
FROM fact_order o
JOIN senders s ON s.seller_no = o.seller_no
JOIN loose u ON u.recipient = o.address AND u.sender_no = s.sender_no
 AND u.created_at BETWEEN o.created_at - INTERVAL 1 DAY AND o.created_at + INTERVAL 7 DAY
LEFT JOIN fact_link l ON l.order_no = o.order_no
LEFT JOIN fact_parcel p ON p.parcel_no = l.parcel_no
WHERE p.parcel_no IS NULL OR p.recipient IS NULL OR p.recipient <> o.address
GROUP BY o.order_no
