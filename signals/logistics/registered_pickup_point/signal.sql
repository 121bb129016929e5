-- Signed for at a registered pick-up point.
SELECT p.parcel_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_parcel p
WHERE p.delivered_no IN (SELECT f.facility_no FROM registers r JOIN fact_facility f ON f.carrier = r.scope AND f.facility_id = r.id WHERE r.kind = 'pickup_point')
   OR coalesce(p.recipient IN (SELECT key_hash(r.id) FROM registers r WHERE r.kind = 'pickup_point'), false)
