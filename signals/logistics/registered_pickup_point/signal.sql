-- Signed for at a registered pick-up point, by the place or by its address.
SELECT DISTINCT p.parcel_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_parcel p
JOIN fact_facility f ON f.facility_no = p.delivered_no
JOIN registers r ON r.kind = 'pickup_point' AND r.scope = f.carrier AND r.id = f.facility_id
UNION
SELECT DISTINCT p.parcel_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_parcel p
JOIN registers r ON r.kind = 'pickup_point' AND key_hash(r.id) = p.recipient
