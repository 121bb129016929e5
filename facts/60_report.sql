-- Reports with the number of what they are about, and the order, shop and sender that stand behind it.
WITH told AS (
  SELECT report_id, reported_at, kind, subject_kind, subject_platform, subject_id, reporter FROM reports
),
on_order AS (
  SELECT r.report_id, min(o.order_no) AS order_no, min(o.seller_no) AS seller_no
  FROM told r JOIN fact_order o ON o.order_id = r.subject_id
  WHERE r.subject_kind = 'order' AND (r.subject_platform IS NULL OR o.platform = r.subject_platform)
  GROUP BY r.report_id
),
on_parcel AS (
  SELECT r.report_id, max(p.parcel_no) AS parcel_no
  FROM told r JOIN fact_parcel p ON p.waybill_no = r.subject_id
  WHERE r.subject_kind = 'parcel' AND (r.subject_platform IS NULL OR p.carrier = r.subject_platform) AND p.created_at <= r.reported_at
  GROUP BY r.report_id
),
parcel_order AS (
  SELECT n.report_id, min(l.order_no) AS order_no FROM on_parcel n JOIN fact_link l ON l.parcel_no = n.parcel_no GROUP BY n.report_id
),
on_seller AS (
  SELECT r.report_id, min(s.seller_no) AS seller_no
  FROM told r JOIN fact_seller s ON s.seller_id = r.subject_id
  WHERE r.subject_kind = 'seller' AND (r.subject_platform IS NULL OR s.platform = r.subject_platform)
  GROUP BY r.report_id
),
on_facility AS (
  SELECT r.report_id, min(f.facility_no) AS facility_no
  FROM told r JOIN fact_facility f ON f.facility_id = r.subject_id
  WHERE r.subject_kind = 'facility' AND (r.subject_platform IS NULL OR f.carrier = r.subject_platform)
  GROUP BY r.report_id
),
on_sender AS (
  SELECT r.report_id, min(d.sender_no) AS sender_no
  FROM told r JOIN fact_sender d ON d.sender_key = r.subject_id
  WHERE r.subject_kind = 'sender' AND (r.subject_platform IS NULL OR d.carrier = r.subject_platform)
  GROUP BY r.report_id
)
SELECT r.report_id, r.reported_at, r.kind, r.subject_kind, r.reporter,
       coalesce(o.order_no, l.order_no) AS order_no,
       n.parcel_no,
       coalesce(s.seller_no, o.seller_no, p.seller_no) AS seller_no,
       f.facility_no,
       coalesce(d.sender_no, p.sender_no) AS sender_no
FROM told r
LEFT JOIN on_order o ON o.report_id = r.report_id
LEFT JOIN on_parcel n ON n.report_id = r.report_id
LEFT JOIN parcel_order l ON l.report_id = r.report_id
LEFT JOIN fact_parcel p ON p.parcel_no = n.parcel_no
LEFT JOIN on_seller s ON s.report_id = r.report_id
LEFT JOIN on_facility f ON f.report_id = r.report_id
LEFT JOIN on_sender d ON d.report_id = r.report_id
