-- What a parcel's neighbours have: for each signed parcel, the share of the neighbours' parcels that carry each event,
-- drawn towards the carrier's share. Neighbours never include the parcel's own account (a seller, or a sender without
-- orders). What the outlet does is compared with the other accounts at the outlet, what happens at the signing with
-- those signed at the same place, and what centres and trucks do with the other outlets on the same first centre: an
-- outlet that sells numbers must not make its own norm. Where a carrier's centres weigh, only parcels that lay on such
-- a scale serve as neighbours, because those exist. An event is null where it cannot be expected: a centre on the way
-- within one city, a centre's scale where no centre was passed, a bag around what is heavy. On a day on which the
-- other accounts at a place lack much of what is normal (an outage, a lost upload), its norm falls with them.
WITH done AS (
  SELECT p.parcel_no, p.carrier, coalesce(p.origin_no, -c.carrier_no) AS origin_no, coalesce(p.delivered_no, -c.carrier_no) AS delivered_no,
         coalesce(p.first_centre_no, -c.carrier_no) AS centre_no, coalesce(p.account, 0) AS account,
         CAST(coalesce(p.picked_at, p.created_at) AS DATE) AS day, CAST(p.delivered_at AS DATE) AS delivery_day,
         p.centre_weighings > 0 AS seen,
         CAST(p.picked_at IS NOT NULL AS INTEGER) AS pickup,
         CAST(p.outlet_g IS NOT NULL OR (p.weighed AND p.centre_weighings = 0) AS INTEGER) AS weighed,
         CAST(p.inspected_at IS NOT NULL AS INTEGER) AS inspected,
         CASE WHEN coalesce(a.region, p.sender_region) IS NULL
                OR city_of(coalesce(a.region, p.sender_region)) IS DISTINCT FROM city_of(coalesce(b.region, p.recipient_region))
              THEN CAST(p.centre_scans > 0 AS INTEGER) END AS centre,
         CASE WHEN p.centre_arrivals > 0 THEN CAST(p.centre_weighings > 0 AS INTEGER) END AS centre_weighed,
         CASE WHEN p.centre_scans > 1 OR p.departures > 0 THEN CAST(p.vehicles > 0 AS INTEGER) END AS vehicle,
         CASE WHEN (p.centre_scans > 1 OR p.departures > 0) AND coalesce(p.weight_g, p.declared_g, 0) < 2500 THEN CAST(p.bags > 0 AS INTEGER) END AS bag,
         CASE WHEN p.picked_at IS NOT NULL THEN CAST(p.picked_operator IS NOT NULL AS INTEGER) END AS hand,
         CAST(p.courier_at IS NOT NULL OR p.stored_at IS NOT NULL AS INTEGER) AS courier,
         CASE WHEN p.delivered_no IS NOT NULL THEN CAST(p.delivered_operator IS NOT NULL AS INTEGER) END AS signing_hand,
         CAST(coalesce(p.proof, 'none') <> 'none' AS INTEGER) AS proof
  FROM fact_parcel p
  JOIN fact_carrier c ON c.carrier = p.carrier
  LEFT JOIN fact_facility a ON a.facility_no = p.origin_no
  LEFT JOIN fact_facility b ON b.facility_no = p.delivered_no
  WHERE p.delivered_at IS NOT NULL AND p.scans > 0 AND NOT coalesce(p.diverted, false)
),
scales AS (
  SELECT carrier, count(*) FILTER (WHERE seen) >= 0.2 * count(*) AS weigh FROM done GROUP BY carrier
),
neighbours AS (
  SELECT d.*, d.seen OR NOT s.weigh AS known FROM done d JOIN scales s ON s.carrier = d.carrier
),
carrier_sums AS (
  SELECT carrier,
         sum(pickup) FILTER (WHERE known) AS pickup, count(pickup) FILTER (WHERE known) AS pickup_n, sum(weighed) FILTER (WHERE known) AS weighed, count(weighed) FILTER (WHERE known) AS weighed_n,
         sum(inspected) FILTER (WHERE known) AS inspected, count(inspected) FILTER (WHERE known) AS inspected_n, sum(hand) FILTER (WHERE known) AS hand, count(hand) FILTER (WHERE known) AS hand_n,
         sum(courier) FILTER (WHERE known) AS courier, count(courier) FILTER (WHERE known) AS courier_n, sum(signing_hand) FILTER (WHERE known) AS signing_hand, count(signing_hand) FILTER (WHERE known) AS signing_hand_n,
         sum(proof) FILTER (WHERE known) AS proof, count(proof) FILTER (WHERE known) AS proof_n,
         sum(centre) AS centre, count(centre) AS centre_n, sum(centre_weighed) AS centre_weighed, count(centre_weighed) AS centre_weighed_n,
         sum(vehicle) AS vehicle, count(vehicle) AS vehicle_n, sum(bag) AS bag, count(bag) AS bag_n
  FROM neighbours GROUP BY carrier
),
origin_account AS (
  SELECT carrier, origin_no, account, day, count(*) AS n, count(*) FILTER (WHERE known) AS known,
         sum(pickup) AS all_pickup, sum(inspected) AS all_inspected,
         sum(pickup) FILTER (WHERE known) AS pickup, count(pickup) FILTER (WHERE known) AS pickup_n, sum(weighed) FILTER (WHERE known) AS weighed, count(weighed) FILTER (WHERE known) AS weighed_n,
         sum(inspected) FILTER (WHERE known) AS inspected, count(inspected) FILTER (WHERE known) AS inspected_n, sum(hand) FILTER (WHERE known) AS hand, count(hand) FILTER (WHERE known) AS hand_n,
         sum(centre) AS centre, count(centre) AS centre_n
  FROM neighbours GROUP BY carrier, origin_no, account, day
),
own_origin AS (
  SELECT carrier, origin_no, account, sum(known) AS n, sum(n) AS all_n, sum(all_pickup) AS all_pickup, sum(all_inspected) AS all_inspected,
         sum(pickup) AS pickup, sum(pickup_n) AS pickup_n, sum(weighed) AS weighed, sum(weighed_n) AS weighed_n,
         sum(inspected) AS inspected, sum(inspected_n) AS inspected_n, sum(hand) AS hand, sum(hand_n) AS hand_n,
         sum(centre) AS centre, sum(centre_n) AS centre_n
  FROM origin_account GROUP BY carrier, origin_no, account
),
origin_sums AS (
  SELECT carrier, origin_no, sum(n) AS n, sum(all_n) AS all_n, sum(all_pickup) AS all_pickup, sum(all_inspected) AS all_inspected,
         sum(pickup) AS pickup, sum(pickup_n) AS pickup_n, sum(weighed) AS weighed, sum(weighed_n) AS weighed_n,
         sum(inspected) AS inspected, sum(inspected_n) AS inspected_n, sum(hand) AS hand, sum(hand_n) AS hand_n,
         sum(centre) AS centre, sum(centre_n) AS centre_n
  FROM own_origin GROUP BY carrier, origin_no
),
place_account AS (
  SELECT carrier, delivered_no, account, delivery_day, count(*) AS all_n, sum(courier) AS all_courier, count(*) FILTER (WHERE known) AS n,
         sum(courier) FILTER (WHERE known) AS courier, count(courier) FILTER (WHERE known) AS courier_n, sum(signing_hand) FILTER (WHERE known) AS signing_hand, count(signing_hand) FILTER (WHERE known) AS signing_hand_n,
         sum(proof) FILTER (WHERE known) AS proof, count(proof) FILTER (WHERE known) AS proof_n
  FROM neighbours GROUP BY carrier, delivered_no, account, delivery_day
),
own_place AS (
  SELECT carrier, delivered_no, account, sum(n) AS n, sum(all_n) AS all_n, sum(all_courier) AS all_courier,
         sum(courier) AS courier, sum(courier_n) AS courier_n, sum(signing_hand) AS signing_hand, sum(signing_hand_n) AS signing_hand_n,
         sum(proof) AS proof, sum(proof_n) AS proof_n
  FROM place_account GROUP BY carrier, delivered_no, account
),
place_sums AS (
  SELECT carrier, delivered_no, sum(n) AS n, sum(all_n) AS all_n, sum(all_courier) AS all_courier,
         sum(courier) AS courier, sum(courier_n) AS courier_n, sum(signing_hand) AS signing_hand, sum(signing_hand_n) AS signing_hand_n,
         sum(proof) AS proof, sum(proof_n) AS proof_n
  FROM own_place GROUP BY carrier, delivered_no
),
own_line AS (
  SELECT centre_no, origin_no, carrier, count(*) AS n,
         sum(centre_weighed) AS centre_weighed, count(centre_weighed) AS centre_weighed_n, sum(vehicle) AS vehicle, count(vehicle) AS vehicle_n,
         sum(bag) AS bag, count(bag) AS bag_n
  FROM done GROUP BY centre_no, origin_no, carrier
),
line_sums AS (
  SELECT centre_no, carrier, sum(n) AS n,
         sum(centre_weighed) AS centre_weighed, sum(centre_weighed_n) AS centre_weighed_n, sum(vehicle) AS vehicle, sum(vehicle_n) AS vehicle_n,
         sum(bag) AS bag, sum(bag_n) AS bag_n
  FROM own_line GROUP BY centre_no, carrier
),
-- Of what an origin's parcels normally have, how much those of the other accounts have on the day. Each account counts
-- at most ten parcels a day, so that one customer's empties cannot pass for an outage.
origin_day AS (
  SELECT a.origin_no, a.day, a.account,
         CAST(round(1000 * least(a.n, 10) * (a.all_pickup + a.all_inspected) / a.n) AS BIGINT) AS present,
         CAST(round(1000 * least(a.n, 10) * (o.all_pickup + o.all_inspected) / o.all_n) AS BIGINT) AS expected
  FROM origin_account a JOIN origin_sums o ON o.origin_no = a.origin_no
),
origin_days AS (SELECT origin_no, day, sum(present) AS present, sum(expected) AS expected FROM origin_day GROUP BY origin_no, day),
place_day AS (
  SELECT a.delivered_no, a.delivery_day, a.account,
         CAST(round(1000 * least(a.all_n, 10) * a.all_courier / a.all_n) AS BIGINT) AS present,
         CAST(round(1000 * least(a.all_n, 10) * o.all_courier / o.all_n) AS BIGINT) AS expected
  FROM place_account a JOIN place_sums o ON o.delivered_no = a.delivered_no
),
place_days AS (SELECT delivered_no, delivery_day, sum(present) AS present, sum(expected) AS expected FROM place_day GROUP BY delivered_no, delivery_day),
origin_share AS (
  SELECT a.origin_no, a.day, a.account, shrunk_rate(d.present - a.present, d.expected - a.expected, 1.0, 5000) AS share
  FROM origin_day a JOIN origin_days d ON d.origin_no = a.origin_no AND d.day = a.day
),
place_share AS (
  SELECT a.delivered_no, a.delivery_day, a.account, shrunk_rate(d.present - a.present, d.expected - a.expected, 1.0, 5000) AS share
  FROM place_day a JOIN place_days d ON d.delivered_no = a.delivered_no AND d.delivery_day = a.delivery_day
),
origin_norm AS (
  SELECT s.origin_no, s.account, s.day, o.n - oa.n AS others, round(least(1, s.share), 6) AS day_share,
         shrunk_rate(coalesce(o.pickup - coalesce(oa.pickup, 0), 0), coalesce(o.pickup_n - oa.pickup_n, 0), coalesce(c.pickup / nullif(c.pickup_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS pickup_norm,
         shrunk_rate(coalesce(o.weighed - coalesce(oa.weighed, 0), 0), coalesce(o.weighed_n - oa.weighed_n, 0), coalesce(c.weighed / nullif(c.weighed_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS weighed_norm,
         shrunk_rate(coalesce(o.inspected - coalesce(oa.inspected, 0), 0), coalesce(o.inspected_n - oa.inspected_n, 0), coalesce(c.inspected / nullif(c.inspected_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS inspected_norm,
         shrunk_rate(coalesce(o.hand - coalesce(oa.hand, 0), 0), coalesce(o.hand_n - oa.hand_n, 0), coalesce(c.hand / nullif(c.hand_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS hand_norm,
         shrunk_rate(coalesce(o.centre - coalesce(oa.centre, 0), 0), coalesce(o.centre_n - oa.centre_n, 0), coalesce(c.centre / nullif(c.centre_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS centre_norm
  FROM origin_share s
  JOIN own_origin oa ON oa.origin_no = s.origin_no AND oa.account = s.account
  JOIN origin_sums o ON o.origin_no = s.origin_no
  JOIN carrier_sums c ON c.carrier = o.carrier
),
place_norm AS (
  SELECT s.delivered_no, s.account, s.delivery_day, o.n - oa.n AS others, round(least(1, s.share), 6) AS day_share,
         shrunk_rate(coalesce(o.courier - coalesce(oa.courier, 0), 0), coalesce(o.courier_n - oa.courier_n, 0), coalesce(c.courier / nullif(c.courier_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS courier_norm,
         shrunk_rate(coalesce(o.signing_hand - coalesce(oa.signing_hand, 0), 0), coalesce(o.signing_hand_n - oa.signing_hand_n, 0), coalesce(c.signing_hand / nullif(c.signing_hand_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS signing_hand_norm,
         shrunk_rate(coalesce(o.proof - coalesce(oa.proof, 0), 0), coalesce(o.proof_n - oa.proof_n, 0), coalesce(c.proof / nullif(c.proof_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS proof_norm
  FROM place_share s
  JOIN own_place oa ON oa.delivered_no = s.delivered_no AND oa.account = s.account
  JOIN place_sums o ON o.delivered_no = s.delivered_no
  JOIN carrier_sums c ON c.carrier = o.carrier
),
line_norm AS (
  SELECT oa.centre_no, oa.origin_no, o.n - oa.n AS others,
         shrunk_rate(coalesce(o.centre_weighed - coalesce(oa.centre_weighed, 0), 0), coalesce(o.centre_weighed_n - oa.centre_weighed_n, 0), coalesce(c.centre_weighed / nullif(c.centre_weighed_n, 0), 0), 10) AS centre_weighed_norm,
         shrunk_rate(coalesce(o.vehicle - coalesce(oa.vehicle, 0), 0), coalesce(o.vehicle_n - oa.vehicle_n, 0), coalesce(c.vehicle / nullif(c.vehicle_n, 0), 0), 10) AS vehicle_norm,
         shrunk_rate(coalesce(o.bag - coalesce(oa.bag, 0), 0), coalesce(o.bag_n - oa.bag_n, 0), coalesce(c.bag / nullif(c.bag_n, 0), 0), 10) AS bag_norm
  FROM own_line oa
  JOIN line_sums o ON o.centre_no = oa.centre_no AND o.carrier = oa.carrier
  JOIN carrier_sums c ON c.carrier = oa.carrier
)
SELECT d.parcel_no, d.pickup, d.weighed, d.inspected, d.hand, d.centre, d.centre_weighed, d.vehicle, d.bag, d.courier, d.signing_hand, d.proof,
       o.others AS origin_others, q.others AS place_others, w.others AS line_others,
       o.day_share AS origin_day_share, q.day_share AS place_day_share,
       o.pickup_norm, o.weighed_norm, o.inspected_norm, o.hand_norm, o.centre_norm,
       w.centre_weighed_norm, w.vehicle_norm, w.bag_norm,
       q.courier_norm, q.signing_hand_norm, q.proof_norm
FROM done d
JOIN origin_norm o ON o.origin_no = d.origin_no AND o.account = d.account AND o.day = d.day
JOIN line_norm w ON w.centre_no = d.centre_no AND w.origin_no = d.origin_no
JOIN place_norm q ON q.delivered_no = d.delivered_no AND q.account = d.account AND q.delivery_day = d.delivery_day
