-- What a parcel's neighbours have: for each signed parcel its own events, and the share of the neighbours' parcels that carry
-- each. What the outlet does is compared with the other accounts at the outlet, what happens at the signing with those signed
-- at the same place, and what centres and trucks do with the other outlets on the same first centre.
SELECT d.parcel_no, d.told, d.pickup, d.weighed, d.inspected, d.hand, d.centre, d.centre_weighed, d.vehicle, d.bag, d.courier, d.signing_hand, d.proof,
       o.others AS origin_others, q.others AS place_others, w.others AS line_others,
       o.day_share AS origin_day_share, q.day_share AS place_day_share,
       o.pickup_norm, o.weighed_norm, o.inspected_norm, o.hand_norm, o.centre_norm,
       w.centre_weighed_norm, w.vehicle_norm, w.bag_norm,
       q.courier_norm, q.signing_hand_norm, q.proof_norm
FROM fact_event d
JOIN fact_norm_origin o ON o.origin_no = d.origin_no AND o.account = d.account AND o.day = d.day
JOIN fact_norm_line w ON w.centre_no = d.centre_no AND w.origin_no = d.origin_no
JOIN fact_norm_place q ON q.delivered_no = d.delivered_no AND q.account = d.account AND q.delivery_day = d.delivery_day
