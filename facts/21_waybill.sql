-- Every life of every waybill number. Carriers use numbers again: a number's lives are told apart by their birth, and
-- a life lasts until two days before the next one begins. Numbers that only scans or links know are lives too.
WITH scanned AS (
  SELECT c.carrier, c.waybill_no, min(c.scanned_at) AS created_at
  FROM scans c
  ANTI JOIN parcels k ON k.carrier = c.carrier AND k.waybill_no = c.waybill_no
  GROUP BY c.carrier, c.waybill_no
),
linked AS (
  SELECT l.carrier, l.waybill_no, min(coalesce(l.linked_at, o.shipped_at, o.paid_at, o.created_at)) AS created_at
  FROM parcel_orders l
  JOIN fact_order o ON o.platform = l.platform AND o.order_id = l.order_id
  ANTI JOIN parcels k ON k.carrier = l.carrier AND k.waybill_no = l.waybill_no
  ANTI JOIN scanned c ON c.carrier = l.carrier AND c.waybill_no = l.waybill_no
  GROUP BY l.carrier, l.waybill_no
),
lives AS (
  SELECT carrier, waybill_no, created_at, true AS declared FROM parcels
  UNION ALL SELECT carrier, waybill_no, created_at, false FROM scanned
  UNION ALL SELECT carrier, waybill_no, created_at, false FROM linked
)
SELECT CAST(row_number() OVER (ORDER BY carrier, waybill_no, created_at) AS INTEGER) AS parcel_no,
       carrier, waybill_no, created_at, declared,
       lead(created_at) OVER (PARTITION BY carrier, waybill_no ORDER BY created_at) AS next_created_at,
       lag(created_at) OVER (PARTITION BY carrier, waybill_no ORDER BY created_at) AS last_created_at
FROM lives
