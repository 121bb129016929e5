-- Reports with the number of what they are about, and the order that stands behind it.
SELECT r.report_id, r.reported_at, r.kind, r.subject_kind, r.reporter,
       coalesce(o.order_no, l.order_no) AS order_no,
       p.parcel_no,
       coalesce(s.seller_no, o.seller_no, p.seller_no) AS seller_no,
       f.facility_no, b.buyer_no,
       coalesce(d.sender_no, p.sender_no) AS sender_no
FROM reports r
LEFT JOIN fact_order o ON r.subject_kind = 'order' AND o.order_id = r.subject_id AND o.platform = coalesce(r.subject_platform, o.platform)
LEFT JOIN fact_parcel p ON r.subject_kind = 'parcel' AND p.waybill_no = r.subject_id AND p.carrier = coalesce(r.subject_platform, p.carrier)
  AND p.created_at <= r.reported_at AND (p.next_created_at IS NULL OR p.next_created_at > r.reported_at)
LEFT JOIN (SELECT parcel_no, min(order_no) AS order_no FROM fact_link GROUP BY parcel_no) AS l ON l.parcel_no = p.parcel_no
LEFT JOIN fact_seller s ON r.subject_kind = 'seller' AND s.seller_id = r.subject_id AND s.platform = coalesce(r.subject_platform, s.platform)
LEFT JOIN fact_facility f ON r.subject_kind = 'facility' AND f.facility_id = r.subject_id AND f.carrier = coalesce(r.subject_platform, f.carrier)
LEFT JOIN fact_buyer b ON r.subject_kind = 'buyer' AND b.buyer_id = r.subject_id AND b.platform = coalesce(r.subject_platform, b.platform)
LEFT JOIN fact_sender d ON r.subject_kind = 'sender' AND d.sender_key = r.subject_id AND d.carrier = coalesce(r.subject_platform, d.carrier)
