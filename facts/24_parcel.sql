-- A parcel's life in one row: who sent it where, what it weighed, when each thing happened to it, by whose hand.
WITH told AS (
  SELECT s.parcel_no,
         count(*) AS scans,
         min(t) AS first_at,
         max(t) AS last_at,
         min(t) FILTER (WHERE action = 'picked_up') AS picked_at,
         min(facility_no) FILTER (WHERE action = 'picked_up') AS picked_no,
         min(operator) FILTER (WHERE action = 'picked_up') AS picked_operator,
         arg_min(facility_no, nth) AS first_no,
         arg_min(facility_no, nth) FILTER (WHERE kind = 'centre') AS first_centre_no,
         min(t) FILTER (WHERE kind = 'centre') AS first_centre_at,
         max(t) FILTER (WHERE kind = 'centre') AS last_centre_at,
         count(*) FILTER (WHERE kind = 'centre') AS centre_scans,
         count(*) FILTER (WHERE kind = 'centre' AND action = 'arrived') AS centre_arrivals,
         count(*) FILTER (WHERE kind = 'centre' AND action = 'departed') AS centre_departures,
         count(weight_g) FILTER (WHERE kind = 'centre') AS centre_weighings,
         CAST(max(weight_g) FILTER (WHERE kind = 'centre') AS DOUBLE) AS centre_g,
         CAST(max(weight_g) FILTER (WHERE kind <> 'centre') AS DOUBLE) AS outlet_g,
         min(t) FILTER (WHERE action = 'inspected') AS inspected_at,
         max(t) FILTER (WHERE action = 'arrived' AND kind <> 'centre') AS arrived_at,
         count(*) FILTER (WHERE action = 'departed') AS departures,
         min(t) FILTER (WHERE action = 'out_for_delivery') AS courier_at,
         min(t) FILTER (WHERE action = 'stored') AS stored_at,
         min(t) FILTER (WHERE action IN ('delivered', 'collected')) AS delivered_at,
         min(facility_no) FILTER (WHERE action = 'delivered') AS delivered_no,
         min(last_t) FILTER (WHERE action = 'delivered') AS before_delivery_at,
         min(last_action) FILTER (WHERE action = 'delivered') AS before_delivery,
         min(operator) FILTER (WHERE action = 'delivered') AS delivered_operator,
         min(signer) FILTER (WHERE action = 'delivered') AS signer,
         coalesce(min(proof) FILTER (WHERE proof <> 'none'), max(proof)) AS proof,
         count(*) FILTER (WHERE action IN ('forwarded', 'returning', 'returned', 'refused')) > 0 AS diverted,
         count(*) FILTER (WHERE s.facility_no <> s.last_facility_no) AS moves,
         count(*) FILTER (WHERE l.far) AS far_moves,
         count(*) FILTER (WHERE l.far AND s.operator = s.last_operator AND s.last_action NOT IN ('out_for_delivery', 'stored', 'failed_attempt')) AS same_hand_moves,
         count(*) FILTER (WHERE s.facility_no <> s.last_facility_no AND recorded_at = last_recorded_at AND date_diff('second', last_t, t) > 900) AS joint_uploads,
         max(CASE WHEN l.km >= 80 THEN l.km * 3600 / greatest(date_diff('second', last_t, t), 60) END) AS top_kmh,
         max(CASE WHEN l.parcels >= 30 AND l.quick_s >= 1800 THEN CAST(l.quick_s AS DOUBLE) / greatest(date_diff('second', last_t, t), 60) END) AS top_haste,
         count(operator) AS operators,
         min(operator) = max(operator) AS one_operator,
         count(vehicle) AS vehicles,
         count(bag) AS bags,
         count(weight_g) AS weighings,
         CAST(min(weight_g) AS DOUBLE) AS least_g,
         CAST(max(weight_g) AS DOUBLE) AS most_g,
         count(recorded_at) AS recordings,
         min(recorded_at) AS first_recorded_at,
         max(recorded_at) AS last_recorded_at,
         max(date_diff('second', recorded_at, t)) AS recorded_early_s,
         count(*) FILTER (WHERE date_diff('second', last_t, t) >= 600) AS gaps,
         count(*) FILTER (WHERE date_diff('second', last_t, t) >= 600 AND (date_diff('second', last_t, t) + 4) % 300 <= 8) AS round_gaps,
         bit_xor(hash(nth, date_diff('second', last_t, t) // 120)) FILTER (WHERE nth BETWEEN 2 AND 5) AS cadence,
         bit_xor(hash(nth, (date_diff('second', last_t, t) + 60) // 120)) FILTER (WHERE nth BETWEEN 2 AND 5) AS cadence_staggered
  FROM fact_scan s
  LEFT JOIN fact_lane l ON l.from_no = s.last_facility_no AND l.to_no = s.facility_no
  GROUP BY s.parcel_no
),
carried AS (
  SELECT l.parcel_no, min(o.order_no) AS order_no, min(o.seller_no) AS seller_no, count(*) AS orders
  FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no
  GROUP BY l.parcel_no
)
SELECT w.parcel_no, w.carrier, w.waybill_no, w.created_at, w.declared, w.last_created_at, w.next_created_at,
       s.sender_no, p.sender_region, key_hash(p.recipient_key) AS recipient, p.recipient_region,
       coalesce(fo.facility_no, t.picked_no, t.first_no) AS origin_no,
       CAST(p.declared_weight_g AS DOUBLE) AS declared_g,
       coalesce(CAST(p.weight_g AS DOUBLE), t.most_g) AS weight_g,
       p.weight_g IS NOT NULL OR t.weighings > 0 AS weighed,
       p.fee, p.remark,
       CASE WHEN p.stock_batch IS NOT NULL THEN hash(w.carrier, p.stock_batch) END AS stock,
       coalesce(c.seller_no, -s.sender_no) AS account,
       c.seller_no, coalesce(c.orders, 0) AS orders,
       t.* EXCLUDE (parcel_no)
FROM fact_waybill w
LEFT JOIN parcels p ON p.carrier = w.carrier AND p.waybill_no = w.waybill_no AND p.created_at = w.created_at
LEFT JOIN told t ON t.parcel_no = w.parcel_no
LEFT JOIN carried c ON c.parcel_no = w.parcel_no
LEFT JOIN fact_sender s ON s.carrier = p.carrier AND s.sender_key = p.sender_key
LEFT JOIN fact_facility fo ON fo.carrier = p.carrier AND fo.facility_id = p.origin_facility
