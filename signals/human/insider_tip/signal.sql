-- Insiders name an outlet or centre.
SELECT r.facility_no, count(DISTINCT r.report_id) AS value, 0.0 AS expected, false AS hard,
       max(CASE f.kind WHEN 'centre' THEN 'transfer centre' ELSE f.kind END) AS kind,
       max(CASE f.kind WHEN 'centre' THEN '分拨中心' WHEN 'outlet' THEN '网点' WHEN 'station' THEN '驿站' ELSE '快递柜' END) AS kind_zh
FROM fact_report r
JOIN fact_facility f ON f.facility_no = r.facility_no
WHERE r.kind = 'insider_tip'
GROUP BY r.facility_no
