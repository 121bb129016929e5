-- Which parcel carries which order. The feed's links where it has any; without a single link, a parcel to the
-- order's address within the days after payment is taken for its parcel, the nearest first.
WITH linked AS (
  SELECT o.order_no, w.parcel_no,
         row_number() OVER (PARTITION BY o.order_no, w.carrier, w.waybill_no
                            ORDER BY abs(date_diff('second', w.created_at,
                              coalesce(l.linked_at, o.shipped_at, o.paid_at, o.created_at))), w.parcel_no) AS nearest
  FROM parcel_orders l
  JOIN fact_order o ON o.platform = l.platform AND o.order_id = l.order_id
  JOIN fact_waybill w ON w.carrier = l.carrier AND w.waybill_no = l.waybill_no
),
addressed AS (
  SELECT o.order_no, w.parcel_no,
         row_number() OVER (PARTITION BY o.order_no ORDER BY abs(date_diff('second', o.paid_at, w.created_at)), w.parcel_no) AS nearest,
         row_number() OVER (PARTITION BY w.parcel_no ORDER BY abs(date_diff('second', o.paid_at, w.created_at)), o.order_no) AS nearest_order
  FROM fact_order o
  JOIN parcels p ON key_hash(p.recipient_key) = o.address
  JOIN fact_waybill w ON w.carrier = p.carrier AND w.waybill_no = p.waybill_no AND w.created_at = p.created_at
  WHERE NOT EXISTS (SELECT 1 FROM parcel_orders)
    AND w.created_at BETWEEN o.created_at - INTERVAL 2 DAY AND o.created_at + INTERVAL 10 DAY
)
SELECT order_no, parcel_no, false AS guessed FROM linked WHERE nearest = 1
UNION ALL
SELECT order_no, parcel_no, true FROM addressed WHERE nearest = 1 AND nearest_order = 1
