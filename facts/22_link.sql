-- Which parcel carries which order. The feed's links where it has any. Without a single one, an order's parcel is looked for among
-- those to its address about the time when the shop reported it sent (else when it was paid), no further off than is usual of
-- orders that have but one: each takes the nearest one, if that has none nearer, and then those that are left, twice more. A
-- parcel of a sender from whom the shop's undoubted parcels come counts as nearer than one of a stranger. Orders of one shop that
-- are reported with a parcel in one hour are in it. To an order that is still without one (its address is many people's, or its
-- parcel's recipient not known) goes the nearest of what the shop's senders sent at that time.
WITH linked AS (
  SELECT o.order_no, w.parcel_no,
         row_number() OVER (PARTITION BY o.order_no, w.carrier, w.waybill_no
                            ORDER BY abs(date_diff('second', w.created_at,
                              coalesce(l.linked_at, o.shipped_at, o.paid_at, o.created_at))), w.parcel_no) AS nearest
  FROM parcel_orders l
  JOIN fact_order o ON o.platform = l.platform AND o.order_id = l.order_id
  JOIN fact_waybill w ON w.carrier = l.carrier AND w.waybill_no = l.waybill_no
),
hub AS (
  SELECT address FROM fact_order WHERE address IS NOT NULL GROUP BY address HAVING count(*) > 200
),
candidate AS MATERIALIZED (
  SELECT o.order_no, o.seller_no, w.parcel_no, key_hash(p.sender_key) AS sender,
         abs(date_diff('second', coalesce(o.shipped_at, o.paid_at, o.created_at), w.created_at)) AS apart,
         count(*) OVER (PARTITION BY o.order_no) = 1 AND count(*) OVER (PARTITION BY w.parcel_no) = 1 AS is_sole
  FROM fact_order o
  JOIN parcels p ON key_hash(p.recipient_key) = o.address
  JOIN fact_waybill w ON w.carrier = p.carrier AND w.waybill_no = p.waybill_no AND w.created_at = p.created_at
  ANTI JOIN hub u ON u.address = o.address
  WHERE NOT EXISTS (SELECT 1 FROM parcel_orders)
    AND w.created_at BETWEEN coalesce(o.shipped_at, o.created_at) - INTERVAL 2 DAY AND coalesce(o.shipped_at, o.created_at) + INTERVAL 10 DAY
),
house AS MATERIALIZED (
  SELECT seller_no, sender FROM candidate WHERE is_sole AND sender IS NOT NULL GROUP BY seller_no, sender
),
usual AS (
  SELECT 3600 + 2 * quantile_disc(apart, 0.95) AS apart FROM candidate WHERE is_sole
),
pair AS MATERIALIZED (
  SELECT c.order_no, c.seller_no, c.parcel_no, c.apart, c.apart + CASE WHEN h.sender IS NULL THEN 43200 ELSE 0 END AS distance
  FROM candidate c
  LEFT JOIN house h ON h.seller_no = c.seller_no AND h.sender = c.sender
  WHERE c.apart <= (SELECT coalesce(apart, 864000) FROM usual)
),
first_match AS MATERIALIZED (
  SELECT order_no, parcel_no, seller_no FROM pair
  QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY distance, parcel_no) = 1
      AND row_number() OVER (PARTITION BY parcel_no ORDER BY distance, order_no) = 1
),
second_pair AS MATERIALIZED (
  SELECT p.* FROM pair p
  ANTI JOIN first_match a ON a.order_no = p.order_no
  ANTI JOIN first_match b ON b.parcel_no = p.parcel_no
),
second_match AS MATERIALIZED (
  SELECT order_no, parcel_no, seller_no FROM second_pair
  QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY distance, parcel_no) = 1
      AND row_number() OVER (PARTITION BY parcel_no ORDER BY distance, order_no) = 1
),
third_pair AS MATERIALIZED (
  SELECT p.* FROM second_pair p
  ANTI JOIN second_match a ON a.order_no = p.order_no
  ANTI JOIN second_match b ON b.parcel_no = p.parcel_no
),
third_match AS (
  SELECT order_no, parcel_no, seller_no FROM third_pair
  QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY distance, parcel_no) = 1
      AND row_number() OVER (PARTITION BY parcel_no ORDER BY distance, order_no) = 1
),
matched AS MATERIALIZED (
  SELECT order_no, parcel_no, seller_no FROM first_match
  UNION ALL SELECT order_no, parcel_no, seller_no FROM second_match
  UNION ALL SELECT order_no, parcel_no, seller_no FROM third_match
),
joined AS MATERIALIZED (
  SELECT p.order_no, p.parcel_no
  FROM pair p
  JOIN matched m ON m.parcel_no = p.parcel_no AND m.seller_no = p.seller_no
  ANTI JOIN matched a ON a.order_no = p.order_no
  WHERE p.apart <= 3600
  QUALIFY row_number() OVER (PARTITION BY p.order_no ORDER BY p.distance, p.parcel_no) = 1
),
loose AS MATERIALIZED (
  SELECT w.parcel_no, key_hash(p.sender_key) AS sender, w.created_at, date_trunc('day', w.created_at) + d.day * INTERVAL 1 DAY AS day
  FROM parcels p
  JOIN fact_waybill w ON w.carrier = p.carrier AND w.waybill_no = p.waybill_no AND w.created_at = p.created_at
  ANTI JOIN matched b ON b.parcel_no = w.parcel_no
  CROSS JOIN (VALUES (-1), (0), (1)) AS d(day)
  WHERE p.sender_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM parcel_orders)
),
parcelless AS MATERIALIZED (
  SELECT o.order_no, o.seller_no, o.shipped_at
  FROM fact_order o
  ANTI JOIN matched a ON a.order_no = o.order_no
  ANTI JOIN joined j ON j.order_no = o.order_no
  WHERE NOT EXISTS (SELECT 1 FROM parcel_orders) AND o.shipped_at IS NOT NULL
),
sent AS (
  SELECT o.order_no, l.parcel_no, abs(date_diff('second', o.shipped_at, l.created_at)) AS apart
  FROM parcelless o
  JOIN house h ON h.seller_no = o.seller_no
  JOIN loose l ON l.sender = h.sender AND l.day = date_trunc('day', o.shipped_at)
  WHERE abs(date_diff('second', o.shipped_at, l.created_at)) <= (SELECT apart FROM usual)
),
dispatched AS (
  SELECT order_no, parcel_no FROM sent
  QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY apart, parcel_no) = 1
      AND row_number() OVER (PARTITION BY parcel_no ORDER BY apart, order_no) = 1
)
SELECT order_no, parcel_no, false AS guessed FROM linked WHERE nearest = 1
UNION ALL SELECT order_no, parcel_no, true FROM matched
UNION ALL SELECT order_no, parcel_no, true FROM joined
UNION ALL SELECT order_no, parcel_no, true FROM dispatched
