-- What a parcel's neighbours have: for each signed parcel, the share of the other accounts' parcels at its origin (and
-- at the place where it was signed) that carry each event, drawn towards the carrier's share. An account is a seller,
-- or a sender without orders; its own parcels never make its own norm. An event is null where it cannot be expected:
-- a centre on the way within one city, a centre's scale where no centre was passed. On a day on which the other
-- accounts at that place lack much of what is normal (an outage, a lost upload), the norm falls with them.
WITH done AS (
  SELECT p.parcel_no, p.carrier, coalesce(p.origin_no, -1) AS origin_no, coalesce(p.delivered_no, -1) AS delivered_no, coalesce(p.account, 0) AS account,
         CAST(coalesce(p.picked_at, p.created_at) AS DATE) AS day, CAST(p.delivered_at AS DATE) AS delivery_day,
         CAST(p.picked_at IS NOT NULL AS INTEGER) AS pickup,
         CAST(p.weighed AS INTEGER) AS weighed,
         CAST(p.inspected_at IS NOT NULL AS INTEGER) AS inspected,
         CASE WHEN city_of(coalesce(a.region, p.sender_region)) IS NOT DISTINCT FROM city_of(coalesce(b.region, p.recipient_region))
                   AND coalesce(a.region, p.sender_region) IS NOT NULL THEN NULL
              ELSE CAST(p.centre_scans > 0 AS INTEGER) END AS centre,
         CASE WHEN p.centre_arrivals > 0 THEN CAST(p.centre_weighings > 0 AS INTEGER) END AS centre_weighed,
         CASE WHEN p.centre_scans > 1 OR p.departures > 0 THEN CAST(p.vehicles > 0 AS INTEGER) END AS vehicle,
         CASE WHEN p.centre_scans > 1 OR p.departures > 0 THEN CAST(p.bags > 0 AS INTEGER) END AS bag,
         CASE WHEN p.picked_at IS NOT NULL THEN CAST(p.picked_operator IS NOT NULL AS INTEGER) END AS hand,
         CAST(p.courier_at IS NOT NULL OR p.stored_at IS NOT NULL AS INTEGER) AS courier,
         CASE WHEN p.delivered_no IS NOT NULL THEN CAST(p.delivered_operator IS NOT NULL AS INTEGER) END AS signing_hand,
         CAST(coalesce(p.proof, 'none') <> 'none' AS INTEGER) AS proof
  FROM fact_parcel p
  LEFT JOIN fact_facility a ON a.facility_no = p.origin_no
  LEFT JOIN fact_facility b ON b.facility_no = p.delivered_no
  WHERE p.delivered_at IS NOT NULL AND p.scans > 0 AND NOT coalesce(p.diverted, false)
),
carrier_sums AS (
  SELECT carrier, sum(pickup) AS pickup, count(pickup) AS pickup_n, sum(weighed) AS weighed, count(weighed) AS weighed_n,
         sum(inspected) AS inspected, count(inspected) AS inspected_n, sum(centre) AS centre, count(centre) AS centre_n,
         sum(centre_weighed) AS centre_weighed, count(centre_weighed) AS centre_weighed_n, sum(vehicle) AS vehicle, count(vehicle) AS vehicle_n,
         sum(bag) AS bag, count(bag) AS bag_n, sum(hand) AS hand, count(hand) AS hand_n,
         sum(courier) AS courier, count(courier) AS courier_n, sum(signing_hand) AS signing_hand, count(signing_hand) AS signing_hand_n,
         sum(proof) AS proof, count(proof) AS proof_n
  FROM done GROUP BY carrier
),
origin_account AS (
  SELECT origin_no, account, day, count(*) AS n,
         sum(pickup) AS pickup, count(pickup) AS pickup_n, sum(weighed) AS weighed, count(weighed) AS weighed_n,
         sum(inspected) AS inspected, count(inspected) AS inspected_n, sum(centre) AS centre, count(centre) AS centre_n,
         sum(centre_weighed) AS centre_weighed, count(centre_weighed) AS centre_weighed_n, sum(vehicle) AS vehicle, count(vehicle) AS vehicle_n,
         sum(bag) AS bag, count(bag) AS bag_n, sum(hand) AS hand, count(hand) AS hand_n
  FROM done GROUP BY origin_no, account, day
),
own_origin AS (
  SELECT origin_no, account, sum(n) AS n,
         sum(pickup) AS pickup, sum(pickup_n) AS pickup_n, sum(weighed) AS weighed, sum(weighed_n) AS weighed_n,
         sum(inspected) AS inspected, sum(inspected_n) AS inspected_n, sum(centre) AS centre, sum(centre_n) AS centre_n,
         sum(centre_weighed) AS centre_weighed, sum(centre_weighed_n) AS centre_weighed_n, sum(vehicle) AS vehicle, sum(vehicle_n) AS vehicle_n,
         sum(bag) AS bag, sum(bag_n) AS bag_n, sum(hand) AS hand, sum(hand_n) AS hand_n
  FROM origin_account GROUP BY origin_no, account
),
origin_sums AS (
  SELECT origin_no, sum(n) AS n,
         sum(pickup) AS pickup, sum(pickup_n) AS pickup_n, sum(weighed) AS weighed, sum(weighed_n) AS weighed_n,
         sum(inspected) AS inspected, sum(inspected_n) AS inspected_n, sum(centre) AS centre, sum(centre_n) AS centre_n,
         sum(centre_weighed) AS centre_weighed, sum(centre_weighed_n) AS centre_weighed_n, sum(vehicle) AS vehicle, sum(vehicle_n) AS vehicle_n,
         sum(bag) AS bag, sum(bag_n) AS bag_n, sum(hand) AS hand, sum(hand_n) AS hand_n
  FROM own_origin GROUP BY origin_no
),
place_account AS (
  SELECT delivered_no, account, delivery_day, count(*) AS n,
         sum(courier) AS courier, count(courier) AS courier_n, sum(signing_hand) AS signing_hand, count(signing_hand) AS signing_hand_n,
         sum(proof) AS proof, count(proof) AS proof_n
  FROM done GROUP BY delivered_no, account, delivery_day
),
own_place AS (
  SELECT delivered_no, account, sum(n) AS n,
         sum(courier) AS courier, sum(courier_n) AS courier_n, sum(signing_hand) AS signing_hand, sum(signing_hand_n) AS signing_hand_n,
         sum(proof) AS proof, sum(proof_n) AS proof_n
  FROM place_account GROUP BY delivered_no, account
),
place_sums AS (
  SELECT delivered_no, sum(n) AS n,
         sum(courier) AS courier, sum(courier_n) AS courier_n, sum(signing_hand) AS signing_hand, sum(signing_hand_n) AS signing_hand_n,
         sum(proof) AS proof, sum(proof_n) AS proof_n
  FROM own_place GROUP BY delivered_no
),
-- Of what an origin's parcels normally have, how much those of the other accounts have on the day. Each account counts
-- at most ten parcels a day, so that one customer's empties cannot pass for an outage.
origin_day AS (
  SELECT a.origin_no, a.day, a.account,
         least(a.n, 10) * (a.pickup + a.inspected + a.centre + a.vehicle) / a.n AS present,
         least(a.n, 10) * (a.pickup_n * (o.pickup / o.pickup_n) + a.inspected_n * (o.inspected / o.inspected_n)
           + coalesce(a.centre_n * (o.centre / nullif(o.centre_n, 0)), 0) + coalesce(a.vehicle_n * (o.vehicle / nullif(o.vehicle_n, 0)), 0)) / a.n AS expected
  FROM origin_account a JOIN origin_sums o ON o.origin_no = a.origin_no
),
origin_days AS (
  SELECT origin_no, day, sum(CAST(round(1000 * present) AS BIGINT)) AS present, sum(CAST(round(1000 * expected) AS BIGINT)) AS expected
  FROM origin_day GROUP BY origin_no, day
),
place_day AS (
  SELECT a.delivered_no, a.delivery_day, a.account,
         least(a.n, 10) * a.courier / a.n AS present, least(a.n, 10) * a.courier_n * (o.courier / o.courier_n) / a.n AS expected
  FROM place_account a JOIN place_sums o ON o.delivered_no = a.delivered_no
),
place_days AS (
  SELECT delivered_no, delivery_day, sum(CAST(round(1000 * present) AS BIGINT)) AS present, sum(CAST(round(1000 * expected) AS BIGINT)) AS expected
  FROM place_day GROUP BY delivered_no, delivery_day
),
origin_share AS (
  SELECT a.origin_no, a.day, a.account,
         shrunk_rate(d.present - round(1000 * a.present), d.expected - round(1000 * a.expected), 1.0, 5000) AS share
  FROM origin_day a JOIN origin_days d ON d.origin_no = a.origin_no AND d.day = a.day
),
place_share AS (
  SELECT a.delivered_no, a.delivery_day, a.account,
         shrunk_rate(d.present - round(1000 * a.present), d.expected - round(1000 * a.expected), 1.0, 5000) AS share
  FROM place_day a JOIN place_days d ON d.delivered_no = a.delivered_no AND d.delivery_day = a.delivery_day
)
SELECT d.parcel_no, d.pickup, d.weighed, d.inspected, d.centre, d.centre_weighed, d.vehicle, d.bag, d.hand, d.courier, d.signing_hand, d.proof,
       o.n - oa.n AS origin_others, q.n - qa.n AS place_others,
       round(least(1, od.share), 6) AS origin_day_share, round(least(1, pd.share), 6) AS place_day_share,
       shrunk_rate(o.pickup - oa.pickup, o.pickup_n - oa.pickup_n, coalesce(c.pickup / nullif(c.pickup_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS pickup_norm,
       shrunk_rate(o.weighed - oa.weighed, o.weighed_n - oa.weighed_n, coalesce(c.weighed / nullif(c.weighed_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS weighed_norm,
       shrunk_rate(o.inspected - oa.inspected, o.inspected_n - oa.inspected_n, coalesce(c.inspected / nullif(c.inspected_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS inspected_norm,
       shrunk_rate(o.centre - oa.centre, o.centre_n - oa.centre_n, coalesce(c.centre / nullif(c.centre_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS centre_norm,
       shrunk_rate(o.centre_weighed - oa.centre_weighed, o.centre_weighed_n - oa.centre_weighed_n, coalesce(c.centre_weighed / nullif(c.centre_weighed_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS centre_weighed_norm,
       shrunk_rate(o.vehicle - oa.vehicle, o.vehicle_n - oa.vehicle_n, coalesce(c.vehicle / nullif(c.vehicle_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS vehicle_norm,
       shrunk_rate(o.bag - oa.bag, o.bag_n - oa.bag_n, coalesce(c.bag / nullif(c.bag_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS bag_norm,
       shrunk_rate(o.hand - oa.hand, o.hand_n - oa.hand_n, coalesce(c.hand / nullif(c.hand_n, 0), 0), 10) * CASE WHEN od.share < 0.9 THEN od.share ELSE 1 END AS hand_norm,
       shrunk_rate(q.courier - qa.courier, q.courier_n - qa.courier_n, coalesce(c.courier / nullif(c.courier_n, 0), 0), 10) * CASE WHEN pd.share < 0.9 THEN pd.share ELSE 1 END AS courier_norm,
       shrunk_rate(q.signing_hand - qa.signing_hand, q.signing_hand_n - qa.signing_hand_n, coalesce(c.signing_hand / nullif(c.signing_hand_n, 0), 0), 10) * CASE WHEN pd.share < 0.9 THEN pd.share ELSE 1 END AS signing_hand_norm,
       shrunk_rate(q.proof - qa.proof, q.proof_n - qa.proof_n, coalesce(c.proof / nullif(c.proof_n, 0), 0), 10) * CASE WHEN pd.share < 0.9 THEN pd.share ELSE 1 END AS proof_norm
FROM done d
JOIN carrier_sums c ON c.carrier = d.carrier
JOIN origin_sums o ON o.origin_no = d.origin_no
JOIN own_origin oa ON oa.origin_no = d.origin_no AND oa.account = d.account
JOIN origin_share od ON od.origin_no = d.origin_no AND od.day = d.day AND od.account = d.account
JOIN place_sums q ON q.delivered_no = d.delivered_no
JOIN own_place qa ON qa.delivered_no = d.delivered_no AND qa.account = d.account
JOIN place_share pd ON pd.delivered_no = d.delivered_no AND pd.delivery_day = d.delivery_day AND pd.account = d.account
