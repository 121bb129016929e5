-- A parcel's life in one row: who sent it where, what it weighed, when each thing happened to it, by whose hand.
-- What is told of all its scans, of those of one kind and of its ways is gathered apart: a few narrow passes over the scans
-- cost half of one wide one.
WITH life AS (
  SELECT parcel_no,
         count(*) AS scans,
         min(t) AS first_at,
         max(t) AS last_at,
         arg_min(facility_no, nth) AS first_no,
         min(proof) FILTER (WHERE proof <> 'none') AS some_proof, max(proof) AS any_proof,
         count(operator) AS operators,
         min(operator) = max(operator) AS one_operator,
         count(*) FILTER (WHERE on_vehicle) AS vehicles,
         count(*) FILTER (WHERE in_bag) AS bags
  FROM fact_scan
  GROUP BY parcel_no
),
clock AS (
  SELECT parcel_no,
         count(recorded_at) AS recordings,
         min(recorded_at) AS first_recorded_at,
         max(recorded_at) AS last_recorded_at,
         max(date_diff('second', recorded_at, t)) AS recorded_early_s
  FROM fact_scan
  WHERE recorded_at IS NOT NULL
  GROUP BY parcel_no
),
scale AS (
  SELECT parcel_no,
         count(weight_g) FILTER (WHERE at_centre) AS centre_weighings,
         CAST(max(weight_g) FILTER (WHERE at_centre) AS DOUBLE) AS centre_g,
         CAST(max(weight_g) FILTER (WHERE NOT at_centre) AS DOUBLE) AS outlet_g,
         count(weight_g) AS weighings,
         CAST(min(weight_g) AS DOUBLE) AS least_g,
         CAST(max(weight_g) AS DOUBLE) AS most_g
  FROM fact_scan
  WHERE weight_g IS NOT NULL
  GROUP BY parcel_no
),
centre AS (
  SELECT parcel_no,
         arg_min(facility_no, nth) AS first_centre_no,
         min(t) AS first_centre_at,
         max(t) AS last_centre_at,
         count(*) AS centre_scans,
         count(*) FILTER (WHERE action = 'arrived') AS centre_arrivals,
         count(*) FILTER (WHERE action = 'departed') AS centre_departures
  FROM fact_scan
  WHERE at_centre
  GROUP BY parcel_no
),
picked AS (
  SELECT parcel_no, min(t) AS picked_at, min(facility_no) AS picked_no, min(operator) AS picked_operator
  FROM fact_scan
  WHERE action = 'picked_up'
  GROUP BY parcel_no
),
signed AS (
  SELECT parcel_no,
         min(t) AS delivered_at,
         min(facility_no) FILTER (WHERE action = 'delivered') AS delivered_no,
         min(last_t) FILTER (WHERE action = 'delivered') AS before_delivery_at,
         CAST(min(last_action) FILTER (WHERE action = 'delivered') AS VARCHAR) AS before_delivery,
         min(operator) FILTER (WHERE action = 'delivered') AS delivered_operator,
         CAST(min(signer) FILTER (WHERE action = 'delivered') AS VARCHAR) AS signer
  FROM fact_scan
  WHERE action IN ('delivered', 'collected')
  GROUP BY parcel_no
),
handled AS (
  SELECT parcel_no,
         min(t) FILTER (WHERE action = 'inspected') AS inspected_at,
         max(t) FILTER (WHERE action = 'arrived' AND NOT at_centre) AS arrived_at,
         count(*) FILTER (WHERE action = 'departed') AS departures,
         min(t) FILTER (WHERE action = 'out_for_delivery') AS courier_at,
         min(t) FILTER (WHERE action = 'stored') AS stored_at,
         count(*) FILTER (WHERE action IN ('forwarded', 'returning', 'returned', 'refused')) > 0 AS diverted
  FROM fact_scan
  WHERE action NOT IN ('picked_up', 'delivered', 'collected')
  GROUP BY parcel_no
),
moved AS (
  SELECT s.parcel_no,
         count(*) AS moves,
         count(*) FILTER (WHERE l.far AND s.operator = s.last_operator AND s.last_action NOT IN ('out_for_delivery', 'stored', 'failed_attempt')) AS same_hand_moves,
         count(*) FILTER (WHERE recorded_at = last_recorded_at AND date_diff('second', last_t, t) > 900) AS joint_uploads,
         max(CASE WHEN l.parcels >= 30 AND l.quick_s >= 1800 THEN CAST(l.quick_s AS DOUBLE) / greatest(date_diff('second', last_t, t), 60) END) AS top_haste
  FROM fact_scan s
  LEFT JOIN fact_lane l ON l.from_no = s.last_facility_no AND l.to_no = s.facility_no
  WHERE s.facility_no <> s.last_facility_no
  GROUP BY s.parcel_no
),
pace AS (
  SELECT parcel_no,
         count(*) FILTER (WHERE date_diff('second', last_t, t) >= 600) AS gaps,
         count(*) FILTER (WHERE date_diff('second', last_t, t) >= 600 AND (date_diff('second', last_t, t) + 4) % 300 <= 8) AS round_gaps,
         bit_xor(hash(nth, date_diff('second', last_t, t) // 120)) FILTER (WHERE nth <= 5) AS cadence,
         bit_xor(hash(nth, (date_diff('second', last_t, t) + 60) // 120)) FILTER (WHERE nth <= 5) AS cadence_staggered
  FROM fact_scan
  WHERE nth >= 2
  GROUP BY parcel_no
),
told AS (
  SELECT l.parcel_no, l.scans, l.first_at, l.last_at, p.picked_at, p.picked_no, p.picked_operator, l.first_no,
         c.first_centre_no, c.first_centre_at, c.last_centre_at,
         coalesce(c.centre_scans, 0) AS centre_scans, coalesce(c.centre_arrivals, 0) AS centre_arrivals, coalesce(c.centre_departures, 0) AS centre_departures,
         coalesce(w.centre_weighings, 0) AS centre_weighings, w.centre_g, w.outlet_g,
         h.inspected_at, h.arrived_at, coalesce(h.departures, 0) AS departures, h.courier_at, h.stored_at,
         d.delivered_at, d.delivered_no, d.before_delivery_at, d.before_delivery, d.delivered_operator, d.signer,
         CAST(coalesce(l.some_proof, l.any_proof) AS VARCHAR) AS proof,
         coalesce(h.diverted, false) AS diverted,
         coalesce(m.moves, 0) AS moves, coalesce(m.same_hand_moves, 0) AS same_hand_moves,
         coalesce(m.joint_uploads, 0) AS joint_uploads, m.top_haste,
         l.operators, l.one_operator, l.vehicles, l.bags,
         coalesce(w.weighings, 0) AS weighings, w.least_g, w.most_g,
         coalesce(r.recordings, 0) AS recordings, r.first_recorded_at, r.last_recorded_at, r.recorded_early_s,
         coalesce(g.gaps, 0) AS gaps, coalesce(g.round_gaps, 0) AS round_gaps, g.cadence, g.cadence_staggered
  FROM life l
  LEFT JOIN clock r ON r.parcel_no = l.parcel_no
  LEFT JOIN scale w ON w.parcel_no = l.parcel_no
  LEFT JOIN centre c ON c.parcel_no = l.parcel_no
  LEFT JOIN picked p ON p.parcel_no = l.parcel_no
  LEFT JOIN signed d ON d.parcel_no = l.parcel_no
  LEFT JOIN handled h ON h.parcel_no = l.parcel_no
  LEFT JOIN moved m ON m.parcel_no = l.parcel_no
  LEFT JOIN pace g ON g.parcel_no = l.parcel_no
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
