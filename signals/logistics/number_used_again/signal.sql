-- A second life of a number within the days in which its carrier does not use numbers again, worst where the first
-- life was still under way. A carrier that is seen to recycle whole blocks earlier (several shops' numbers in their
-- order) has shorter periods, and only overlapping lives count.
WITH again AS (
  SELECT p.parcel_no, p.carrier, c.reuse_days, p.account,
         date_diff('hour', p.last_created_at, p.created_at) // 24 AS days,
         p.created_at < b.last_at AND p.first_at < b.last_at AS under_way
  FROM fact_parcel p
  JOIN fact_carrier c ON c.carrier = p.carrier
  JOIN fact_parcel b ON b.carrier = p.carrier AND b.waybill_no = p.waybill_no AND b.created_at = p.last_created_at
  WHERE p.declared AND b.declared AND b.scans > 0 AND date_diff('hour', p.last_created_at, p.created_at) // 24 <= c.reuse_days
    AND date_diff('hour', p.last_created_at, p.created_at) >= 48
    AND NOT coalesce(b.recipient = p.recipient, false)
),
habits AS (SELECT carrier, count(DISTINCT account) >= 5 AS recycles FROM again WHERE NOT under_way GROUP BY carrier)
SELECT a.parcel_no,
       CASE WHEN a.under_way THEN 40 ELSE a.reuse_days + 1 - a.days END AS value,
       0 AS expected,
       a.under_way AS hard,
       a.days, a.carrier, a.reuse_days
FROM again a
LEFT JOIN habits h ON h.carrier = a.carrier
WHERE a.under_way OR NOT coalesce(h.recycles, false)
