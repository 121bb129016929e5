-- Stamped as time tests, and not on headquarters' list.
SELECT p.origin_no AS facility_no,
       count(*) AS value,
       0 AS expected,
       false AS hard,
       count(*) AS parcels
FROM fact_parcel p
WHERE regexp_matches(p.remark, '时效测试|时效件')
  AND NOT EXISTS (SELECT 1 FROM registers r WHERE r.kind = 'time_test' AND r.scope = p.carrier AND r.id = p.waybill_no)
  AND NOT coalesce(p.stock IN (SELECT hash(r.scope, r.id) FROM registers r WHERE r.kind = 'time_test'), false)
GROUP BY p.origin_no
HAVING count(*) >= 3
