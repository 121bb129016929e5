-- Quicker on a leg than the quickest tenth of the parcels between the same two places.
SELECT p.parcel_no,
       round(p.top_haste, 1) AS value,
       1 AS expected,
       p.top_haste >= 20 AS hard
FROM fact_parcel p
WHERE p.top_haste >= 2
