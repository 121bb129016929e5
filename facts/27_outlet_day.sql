-- How complete an outlet's data is on a day: of the events that its parcels normally carry, the share that those of
-- the day do. Shops with an odd share of their own do not make a day incomplete: each account counts at most ten
-- parcels a day, so that one customer's empties cannot pass for an outage. A day's norms have fallen with the day already;
-- what is normal is asked of the norm before that.
WITH norm AS (
  SELECT parcel_no, pickup, weighed, centre, vehicle,
         CASE WHEN origin_day_share < 0.9 THEN 0.8 * origin_day_share ELSE 0.8 END AS normal,
         pickup_norm, weighed_norm, centre_norm, vehicle_norm
  FROM fact_norm
),
parcel_day AS (
  SELECT p.origin_no AS facility_no, CAST(p.created_at AS DATE) AS day, coalesce(p.account, 0) AS account,
         CAST(n.pickup_norm >= n.normal AS INTEGER) + CAST(n.weighed_norm >= n.normal AS INTEGER)
           + CAST(n.centre IS NOT NULL AND n.centre_norm >= n.normal AS INTEGER) + CAST(n.vehicle IS NOT NULL AND n.vehicle_norm >= 0.8 AS INTEGER) AS expected,
         CAST(n.pickup_norm >= n.normal AS INTEGER) * n.pickup + CAST(n.weighed_norm >= n.normal AS INTEGER) * n.weighed
           + CAST(n.centre_norm >= n.normal AS INTEGER) * coalesce(n.centre, 0) + CAST(n.vehicle_norm >= 0.8 AS INTEGER) * coalesce(n.vehicle, 0) AS present
  FROM fact_parcel p
  JOIN norm n ON n.parcel_no = p.parcel_no
  WHERE p.origin_no IS NOT NULL
),
account_day AS (
  SELECT facility_no, day, account, count(*) AS parcels, sum(expected) AS expected, sum(present) AS present
  FROM parcel_day GROUP BY facility_no, day, account
)
SELECT facility_no, day, CAST(sum(parcels) AS INTEGER) AS parcels, count(*) AS accounts,
       sum(expected * least(parcels, 10) / parcels) AS expected,
       sum(present * least(parcels, 10) / parcels) AS present,
       CASE WHEN sum(expected) = 0 THEN 1.0
            ELSE round(sum(present * least(parcels, 10) / parcels) / sum(expected * least(parcels, 10) / parcels), 6) END AS complete
FROM account_day
GROUP BY facility_no, day
