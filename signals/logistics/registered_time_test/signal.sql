-- A time test on headquarters' list: a number, or a whole block.
SELECT DISTINCT p.parcel_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_parcel p
JOIN registers r ON r.kind = 'time_test' AND r.scope = p.carrier AND r.id = p.waybill_no
WHERE (r.valid_from IS NULL OR r.valid_from <= p.created_at + INTERVAL 1 DAY) AND (r.valid_to IS NULL OR r.valid_to >= p.created_at - INTERVAL 1 DAY)
UNION
SELECT DISTINCT p.parcel_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_parcel p
JOIN registers r ON r.kind = 'time_test' AND r.scope = p.carrier AND hash(r.scope, r.id) = p.stock
