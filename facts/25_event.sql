-- Which events a signed parcel has: 1, 0, or null where the event cannot be expected: a centre on the way within one city,
-- a centre's scale where no centre was passed, a bag around what is heavy. `known` parcels may serve as neighbours: where a
-- carrier's centres weigh, only those that lay on such a scale, because they exist. `told` is false where the signature is
-- all that came in: whether the rest was never made or never sent, nobody can tell, and nothing about it is a contradiction.
-- What no road or flight explains (150 km/h from door to door, a leg in a twentieth of the time) is nobody's neighbour (`sane`): who
-- forges the times leaves out the scans, too, and must not make the norm for it.
WITH done AS (
  SELECT p.parcel_no, p.carrier, coalesce(p.origin_no, -c.carrier_no) AS origin_no, coalesce(p.delivered_no, -c.carrier_no) AS delivered_no,
         coalesce(p.first_centre_no, -c.carrier_no) AS centre_no, coalesce(p.account, 0) AS account,
         CAST(coalesce(p.picked_at, p.created_at) AS DATE) AS day, CAST(p.delivered_at AS DATE) AS delivery_day,
         p.centre_weighings > 0 AS seen, p.scans > 1 AS told,
         NOT coalesce(greatCircleDistance(a.lon, a.lat, b.lon, b.lat) > greatest(300000, 41.67 * date_diff('second', coalesce(p.picked_at, p.first_at), p.delivered_at)), false)
           AND coalesce(p.top_haste, 0) < 20 AS sane,
         CAST(p.picked_at IS NOT NULL AS TINYINT) AS pickup,
         CAST(p.outlet_g IS NOT NULL OR (p.weighed AND p.centre_weighings = 0) AS TINYINT) AS weighed,
         CAST(p.inspected_at IS NOT NULL AS TINYINT) AS inspected,
         CASE WHEN coalesce(a.region, p.sender_region) IS NULL
                OR city_of(coalesce(a.region, p.sender_region)) IS DISTINCT FROM city_of(coalesce(b.region, p.recipient_region))
              THEN CAST(p.centre_scans > 0 AS TINYINT) END AS centre,
         CASE WHEN p.centre_arrivals > 0 THEN CAST(p.centre_weighings > 0 AS TINYINT) END AS centre_weighed,
         CASE WHEN p.centre_scans > 1 OR p.departures > 0 THEN CAST(p.vehicles > 0 AS TINYINT) END AS vehicle,
         CASE WHEN (p.centre_scans > 1 OR p.departures > 0) AND coalesce(p.weight_g, p.declared_g, 0) < 2500 THEN CAST(p.bags > 0 AS TINYINT) END AS bag,
         CASE WHEN p.picked_at IS NOT NULL THEN CAST(p.picked_operator IS NOT NULL AS TINYINT) END AS hand,
         CAST(p.courier_at IS NOT NULL OR p.stored_at IS NOT NULL AS TINYINT) AS courier,
         CASE WHEN p.delivered_no IS NOT NULL THEN CAST(p.delivered_operator IS NOT NULL AS TINYINT) END AS signing_hand,
         CAST(coalesce(p.proof, 'none') <> 'none' AS TINYINT) AS proof
  FROM fact_parcel p
  JOIN fact_carrier c ON c.carrier = p.carrier
  LEFT JOIN fact_facility a ON a.facility_no = p.origin_no
  LEFT JOIN fact_facility b ON b.facility_no = p.delivered_no
  WHERE p.delivered_at IS NOT NULL AND p.scans > 0 AND NOT coalesce(p.diverted, false)
),
scales AS (
  SELECT carrier, count(*) FILTER (WHERE seen) >= 0.2 * count(*) AS weigh FROM done GROUP BY carrier
)
SELECT d.*, d.sane AND (d.seen OR NOT s.weigh) AS known
FROM done d JOIN scales s ON s.carrier = d.carrier
