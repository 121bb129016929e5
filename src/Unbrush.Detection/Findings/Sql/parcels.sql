SELECT p.carrier, p.waybill_no, p.created_at, v.verdict, round(v.score, 6) AS score, v.centi / 100.0 AS evidence_db,
       f.facility_id AS origin_facility, coalesce(r.reasons, '[]') AS reasons
FROM verdict_parcel v
JOIN fact_parcel p ON p.parcel_no = v.parcel_no
LEFT JOIN fact_facility f ON f.facility_no = p.origin_no
LEFT JOIN reasons_parcel r ON r.parcel_no = p.parcel_no
ORDER BY p.parcel_no
