SELECT f.carrier, f.facility_id, f.kind, v.parcels, v.empties AS no_physical_parcel, v.rate, v.rate_low, v.rate_high,
       v.peer_rate, v.rank, v.complete, v.verdict, v.proposals, coalesce(r.reasons, '[]') AS reasons
FROM verdict_facility v
JOIN fact_facility f ON f.facility_no = v.facility_no
LEFT JOIN reasons_facility r ON r.facility_no = v.facility_no
ORDER BY f.facility_no
