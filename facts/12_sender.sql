-- Every sender of parcels.
SELECT CAST(row_number() OVER (ORDER BY carrier, sender_key) AS INTEGER) AS sender_no, carrier, sender_key
FROM parcels
WHERE sender_key IS NOT NULL
GROUP BY carrier, sender_key
