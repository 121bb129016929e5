-- What the other outlets' parcels have that pass the same first centre, drawn towards the carrier's share: an outlet that
-- sells numbers must not make its own norm.
WITH own AS (
  SELECT centre_no, origin_no, carrier, CAST(count(*) AS INTEGER) AS n, CAST(coalesce(sum(centre_weighed), 0) AS INTEGER) AS centre_weighed, CAST(count(centre_weighed) AS INTEGER) AS centre_weighed_n, CAST(coalesce(sum(vehicle), 0) AS INTEGER) AS vehicle, CAST(count(vehicle) AS INTEGER) AS vehicle_n, CAST(coalesce(sum(bag), 0) AS INTEGER) AS bag, CAST(count(bag) AS INTEGER) AS bag_n
  FROM fact_event GROUP BY centre_no, origin_no, carrier
),
sums AS (
  SELECT centre_no, carrier, CAST(sum(n) AS INTEGER) AS n, CAST(sum(centre_weighed) AS INTEGER) AS centre_weighed, CAST(sum(centre_weighed_n) AS INTEGER) AS centre_weighed_n, CAST(sum(vehicle) AS INTEGER) AS vehicle, CAST(sum(vehicle_n) AS INTEGER) AS vehicle_n, CAST(sum(bag) AS INTEGER) AS bag, CAST(sum(bag_n) AS INTEGER) AS bag_n FROM own GROUP BY centre_no, carrier
),
carrier_sums AS (
  SELECT carrier, CAST(sum(centre_weighed) AS INTEGER) AS centre_weighed, CAST(sum(centre_weighed_n) AS INTEGER) AS centre_weighed_n, CAST(sum(vehicle) AS INTEGER) AS vehicle, CAST(sum(vehicle_n) AS INTEGER) AS vehicle_n, CAST(sum(bag) AS INTEGER) AS bag, CAST(sum(bag_n) AS INTEGER) AS bag_n FROM own GROUP BY carrier
)
SELECT a.centre_no, a.origin_no, o.n - a.n AS others,
       shrunk_rate(o.centre_weighed - a.centre_weighed, o.centre_weighed_n - a.centre_weighed_n, coalesce(c.centre_weighed / nullif(c.centre_weighed_n, 0), 0), 10) AS centre_weighed_norm,
       shrunk_rate(o.vehicle - a.vehicle, o.vehicle_n - a.vehicle_n, coalesce(c.vehicle / nullif(c.vehicle_n, 0), 0), 10) AS vehicle_norm,
       shrunk_rate(o.bag - a.bag, o.bag_n - a.bag_n, coalesce(c.bag / nullif(c.bag_n, 0), 0), 10) AS bag_norm
FROM own a
JOIN sums o ON o.centre_no = a.centre_no AND o.carrier = a.carrier
JOIN carrier_sums c ON c.carrier = a.carrier
