-- The parcel is labelled fake.
SELECT p.parcel_no, max(1) AS value, 0.0 AS expected, true AS hard, min(coalesce(l.source, 'label')) AS source
FROM labels l
JOIN fact_parcel p ON l.subject_kind = 'parcel' AND p.carrier = l.scope AND p.waybill_no = l.subject_id
WHERE l.label = 'fake' AND p.created_at <= coalesce(l.labelled_at, p.created_at)
  AND (p.next_created_at IS NULL OR coalesce(l.labelled_at, p.created_at) < p.next_created_at)
GROUP BY p.parcel_no
