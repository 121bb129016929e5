-- Every carrier, and for how many days it does not use a waybill number again.
WITH named AS (
  SELECT carrier FROM parcels
  UNION SELECT carrier FROM scans
  UNION SELECT carrier FROM parcel_orders
)
SELECT CAST(row_number() OVER (ORDER BY n.carrier) AS INTEGER) AS carrier_no, n.carrier,
       CAST(coalesce(c.reuse_days, d.reuse_days, 30) AS INTEGER) AS reuse_days
FROM named n
LEFT JOIN code_carriers c ON c.carrier = n.carrier
LEFT JOIN code_carriers d ON d.carrier = '*'
