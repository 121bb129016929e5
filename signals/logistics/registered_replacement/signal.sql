-- A registered replacement needs no order of its own.
SELECT DISTINCT p.parcel_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_parcel p
JOIN registers r ON r.kind = 'replacement' AND r.scope = p.carrier AND r.id = p.waybill_no
WHERE (r.valid_from IS NULL OR r.valid_from <= p.created_at + INTERVAL 7 DAY) AND (r.valid_to IS NULL OR r.valid_to >= p.created_at - INTERVAL 7 DAY)
