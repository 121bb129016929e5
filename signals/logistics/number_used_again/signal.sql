-- A second life of a number within the days in which its carrier does not use numbers again.
SELECT p.parcel_no,
       c.reuse_days + 1 - date_diff('day', p.last_created_at, p.created_at) AS value,
       0 AS expected,
       date_diff('day', p.last_created_at, p.created_at) BETWEEN 2 AND c.reuse_days AND b.delivered_at IS NOT NULL AND b.recipient IS DISTINCT FROM p.recipient AS hard,
       date_diff('day', p.last_created_at, p.created_at) AS days, p.carrier, c.reuse_days
FROM fact_parcel p
JOIN fact_carrier c ON c.carrier = p.carrier
JOIN fact_parcel b ON b.carrier = p.carrier AND b.waybill_no = p.waybill_no AND b.created_at = p.last_created_at
WHERE date_diff('day', p.last_created_at, p.created_at) <= c.reuse_days
  AND b.scans > 0 AND NOT coalesce(b.recipient = p.recipient, false)
