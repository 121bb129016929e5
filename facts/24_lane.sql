-- Every pair of places that parcels go between one after the other: how far apart, and how long the quickest tenth take.
-- Far is what one pair of hands does not serve: by distance, else by province, else by the time that even the quickest take.
WITH legs AS (
  SELECT last_facility_no AS from_no, facility_no AS to_no, count(*) AS parcels,
         CAST(quantile_disc(date_diff('second', last_t, t), 0.1) AS INTEGER) AS quick_s
  FROM fact_scan
  WHERE facility_no <> last_facility_no
  GROUP BY last_facility_no, facility_no
)
SELECT l.from_no, l.to_no, l.parcels, l.quick_s,
       coalesce(greatCircleDistance(a.lon, a.lat, b.lon, b.lat) > 60000,
                province_of(a.region) <> province_of(b.region), l.quick_s >= 5400) AS far
FROM legs l
JOIN fact_facility a ON a.facility_no = l.from_no
JOIN fact_facility b ON b.facility_no = l.to_no
