-- A parcel's scans in the order of their time, each with the one before it. Scans go to the life of the number
-- that was current, two days' grace for a number printed after its first scan. Words are enumerations here: this is the longest
-- table there is, and its rows are what sorting them costs. Actions stand in the order in which a parcel meets them, which settles
-- scans of one instant; signers and proofs in that of the alphabet, as text.
WITH placed AS (
  SELECT w.parcel_no, c.scanned_at AS t,
         TRY_CAST(c.action AS Enum('accepted', 'picked_up', 'inspected', 'arrived', 'departed', 'customs', 'forwarded', 'failed_attempt', 'problem', 'refused', 'returning', 'returned', 'out_for_delivery', 'stored', 'collected', 'delivered')) AS action,
         f.facility_no, f.kind = 'centre' AS at_centre,
         key_hash(c.operator_key) AS operator, c.weight_g, c.vehicle_id IS NOT NULL AS on_vehicle, c.bag_id IS NOT NULL AS in_bag,
         c.recorded_at,
         TRY_CAST(c.signer AS Enum('courier', 'doorman', 'locker', 'neighbour', 'other', 'recipient', 'station')) AS signer,
         TRY_CAST(c.proof AS Enum('code', 'none', 'photo', 'signature')) AS proof
  FROM scans c
  JOIN fact_waybill w ON w.carrier = c.carrier AND w.waybill_no = c.waybill_no
   AND (w.last_created_at IS NULL OR c.scanned_at >= w.created_at - INTERVAL 2 DAY)
   AND (w.next_created_at IS NULL OR c.scanned_at < w.next_created_at - INTERVAL 2 DAY)
  LEFT JOIN fact_facility f ON f.carrier = c.carrier AND f.facility_id = c.facility_id
)
SELECT *,
       CAST(row_number() OVER life AS INTEGER) AS nth,
       lag(t) OVER life AS last_t,
       lag(action) OVER life AS last_action,
       lag(facility_no) OVER life AS last_facility_no,
       lag(operator) OVER life AS last_operator,
       lag(recorded_at) OVER life AS last_recorded_at
FROM placed
WINDOW life AS (PARTITION BY parcel_no ORDER BY t, action, facility_no)
