-- Stamped as an empty parcel or a time test, without headquarters' register.
SELECT p.parcel_no,
       CASE WHEN regexp_matches(p.remark, '刷单|空包|补单|放单') THEN 1 ELSE 0.8 END AS value,
       0 AS expected,
       regexp_matches(p.remark, '刷单|空包') AS hard,
       p.remark
FROM fact_parcel p
WHERE regexp_matches(p.remark, '刷单|空包|补单|放单|时效测试|时效件')
  AND NOT EXISTS (SELECT 1 FROM registers r WHERE r.kind IN ('time_test', 'replacement') AND r.scope = p.carrier AND r.id = p.waybill_no)
  AND NOT coalesce(p.stock IN (SELECT hash(r.scope, r.id) FROM registers r WHERE r.kind = 'time_test'), false)
