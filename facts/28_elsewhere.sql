-- Orders whose parcel was signed for in a city that they do not go to. An outlet's range is what it says, else what several
-- accounts' parcels that it signed have in common. A province for a city is coarse, not elsewhere. `share` is how often
-- that happens to the carrier's other accounts; `alike` counts the shop's buyers so served at the same place.
-- A leg is not the journey: of an order in several parcels none is elsewhere that another one followed, nor any where one
-- came home; and what goes abroad is signed for by a forwarder first, whose onward parcel the feed may not have.
WITH legs AS (
  SELECT l.order_no, l.parcel_no, p.delivered_at, p.delivered_no, coalesce(p.first_at, p.created_at) AS began_at,
         max(coalesce(p.first_at, p.created_at)) OVER (PARTITION BY l.order_no) AS last_began_at,
         max(CASE WHEN regions_meet(o.region, f.region) THEN 1 ELSE 0 END) OVER (PARTITION BY l.order_no) AS home,
         count(*) OVER (PARTITION BY l.order_no) AS legs
  FROM fact_link l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  LEFT JOIN fact_facility f ON f.facility_no = p.delivered_no
),
final AS (
  SELECT order_no, parcel_no FROM legs
  WHERE legs = 1 OR (home = 0 AND NOT coalesce(last_began_at > delivered_at, false))
),
signed AS (
  SELECT o.order_no, o.seller_no, coalesce(o.buyer_no, o.order_no) AS buyer_no, o.region AS ordered, p.carrier, p.delivered_no, coalesce(p.account, 0) AS account, city_of(o.region) AS city
  FROM final l
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  WHERE p.delivered_no IS NOT NULL AND NOT p.diverted AND o.region IS NOT NULL AND o.address_changed_at IS NULL
),
learned AS (
  SELECT delivered_no, city, count(DISTINCT account) AS accounts, count(*) AS parcels
  FROM signed GROUP BY delivered_no, city
),
served AS (SELECT delivered_no, sum(parcels) AS parcels FROM learned GROUP BY delivered_no),
judged AS (
  SELECT s.order_no, s.seller_no, s.buyer_no, s.carrier, s.account, s.delivered_no, s.ordered, f.region AS signed, coalesce(f.name, f.facility_id) AS facility,
         NOT (regions_meet(s.ordered, f.region)
              OR coalesce(contains(';' || f.delivers_to, ';' || left(s.ordered, 4)), false)
              OR (l.accounts >= 3 AND l.parcels >= 0.05 * v.parcels)) AS elsewhere,
         regexp_matches(s.ordered, '^[0-9]{2}0000$') AS coarse
  FROM signed s
  JOIN fact_facility f ON f.facility_no = s.delivered_no AND f.region IS NOT NULL AND domestic(f.region) = domestic(s.ordered)
  JOIN learned l ON l.delivered_no = s.delivered_no AND l.city = s.city
  JOIN served v ON v.delivered_no = s.delivered_no
),
own AS (
  SELECT carrier, account, count(*) AS n, count(*) FILTER (WHERE elsewhere) AS odd FROM judged GROUP BY carrier, account
),
norm AS (SELECT carrier, sum(n) AS n, sum(odd) AS odd FROM own GROUP BY carrier),
repeated AS (
  SELECT seller_no, delivered_no, CAST(count(DISTINCT buyer_no) AS INTEGER) AS alike FROM judged WHERE elsewhere AND NOT coarse GROUP BY seller_no, delivered_no
)
SELECT j.order_no, j.seller_no, j.delivered_no, j.ordered, j.signed, j.facility,
       province_of(j.ordered) <> province_of(j.signed) AS far,
       round(shrunk_rate(n.odd - o.odd, n.n - o.n, 0.01, 50), 6) AS share,
       r.alike
FROM judged j
JOIN own o ON o.carrier = j.carrier AND o.account = j.account
JOIN norm n ON n.carrier = j.carrier
JOIN repeated r ON r.seller_no = j.seller_no AND r.delivered_no = j.delivered_no
WHERE j.elsewhere AND NOT j.coarse
