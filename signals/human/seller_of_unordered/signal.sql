-- Recipients report unordered parcels of this shop.
SELECT seller_no, count(DISTINCT report_id) AS value, 0.0 AS expected, false AS hard
FROM fact_report
WHERE kind = 'unordered_parcel' AND seller_no IS NOT NULL
GROUP BY seller_no
HAVING count(DISTINCT report_id) >= 2
