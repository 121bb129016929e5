-- What a parcel's neighbours have: for each completed parcel, the share of the other accounts' parcels at its origin
-- (and at the place where it was signed) that carry each event, drawn towards the carrier's share. An account is a
-- seller, or a sender without orders; its own parcels never make its own norm.
WITH done AS (
  SELECT parcel_no, carrier, coalesce(origin_no, -1) AS origin_no, coalesce(delivered_no, -1) AS delivered_no, coalesce(account, 0) AS account,
         CAST(picked_at IS NOT NULL AS INTEGER) AS pickup,
         CAST(weighed AS INTEGER) AS weighed,
         CAST(centre_scans > 0 AS INTEGER) AS centre,
         CAST(vehicles > 0 AS INTEGER) AS vehicle,
         CAST(bags > 0 AS INTEGER) AS bag,
         CAST(picked_operator IS NOT NULL AS INTEGER) AS hand,
         CAST(courier_at IS NOT NULL OR stored_at IS NOT NULL AS INTEGER) AS courier,
         CAST(delivered_operator IS NOT NULL AS INTEGER) AS signing_hand,
         CAST(coalesce(proof, 'none') <> 'none' AS INTEGER) AS proof
  FROM fact_parcel
  WHERE delivered_at IS NOT NULL AND scans > 0 AND NOT coalesce(diverted, false)
),
carrier_sums AS (
  SELECT carrier, count(*) AS n, sum(pickup) AS pickup, sum(weighed) AS weighed, sum(centre) AS centre, sum(vehicle) AS vehicle,
         sum(bag) AS bag, sum(hand) AS hand, sum(courier) AS courier, sum(signing_hand) AS signing_hand, sum(proof) AS proof
  FROM done GROUP BY carrier
),
origin_account AS (
  SELECT origin_no, account, count(*) AS n, sum(pickup) AS pickup, sum(weighed) AS weighed, sum(centre) AS centre,
         sum(vehicle) AS vehicle, sum(bag) AS bag, sum(hand) AS hand
  FROM done GROUP BY origin_no, account
),
origin_sums AS (
  SELECT origin_no, sum(n) AS n, sum(pickup) AS pickup, sum(weighed) AS weighed, sum(centre) AS centre,
         sum(vehicle) AS vehicle, sum(bag) AS bag, sum(hand) AS hand
  FROM origin_account GROUP BY origin_no
),
place_account AS (
  SELECT delivered_no, account, count(*) AS n, sum(courier) AS courier, sum(signing_hand) AS signing_hand, sum(proof) AS proof
  FROM done GROUP BY delivered_no, account
),
place_sums AS (
  SELECT delivered_no, sum(n) AS n, sum(courier) AS courier, sum(signing_hand) AS signing_hand, sum(proof) AS proof
  FROM place_account GROUP BY delivered_no
)
SELECT d.parcel_no, d.pickup, d.weighed, d.centre, d.vehicle, d.bag, d.hand, d.courier, d.signing_hand, d.proof,
       o.n - oa.n AS origin_others, q.n - qa.n AS place_others,
       shrunk_rate(o.pickup - oa.pickup, o.n - oa.n, c.pickup / c.n, 10) AS pickup_norm,
       shrunk_rate(o.weighed - oa.weighed, o.n - oa.n, c.weighed / c.n, 10) AS weighed_norm,
       shrunk_rate(o.centre - oa.centre, o.n - oa.n, c.centre / c.n, 10) AS centre_norm,
       shrunk_rate(o.vehicle - oa.vehicle, o.n - oa.n, c.vehicle / c.n, 10) AS vehicle_norm,
       shrunk_rate(o.bag - oa.bag, o.n - oa.n, c.bag / c.n, 10) AS bag_norm,
       shrunk_rate(o.hand - oa.hand, o.n - oa.n, c.hand / c.n, 10) AS hand_norm,
       shrunk_rate(q.courier - qa.courier, q.n - qa.n, c.courier / c.n, 10) AS courier_norm,
       shrunk_rate(q.signing_hand - qa.signing_hand, q.n - qa.n, c.signing_hand / c.n, 10) AS signing_hand_norm,
       shrunk_rate(q.proof - qa.proof, q.n - qa.n, c.proof / c.n, 10) AS proof_norm
FROM done d
JOIN carrier_sums c ON c.carrier = d.carrier
JOIN origin_sums o ON o.origin_no = d.origin_no
JOIN origin_account oa ON oa.origin_no = d.origin_no AND oa.account = d.account
JOIN place_sums q ON q.delivered_no = d.delivered_no
JOIN place_account qa ON qa.delivered_no = d.delivered_no AND qa.account = d.account
