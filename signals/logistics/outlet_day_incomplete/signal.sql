-- Lacking an event on a day on which the outlet's data are incomplete for everybody.
SELECT n.parcel_no,
       d.complete AS value,
       1 AS expected,
       false AS hard,
       CAST(round(100 * d.complete) AS INTEGER) AS percent
FROM fact_norm n
JOIN fact_parcel p ON p.parcel_no = n.parcel_no
JOIN fact_outlet_day d ON d.facility_no = p.origin_no AND d.day = CAST(p.created_at AS DATE)
WHERE d.complete < 0.6 AND d.accounts >= 3 AND (n.pickup = 0 OR n.weighed = 0 OR n.centre = 0 OR n.vehicle = 0)
