-- How finely an outlet's scale speaks (grams), as its weights show: four in five of them are multiples of it.
SELECT origin_no,
       CASE WHEN count(*) < 20 THEN 1
            WHEN count(*) FILTER (WHERE weight % 500 = 0) >= 0.8 * count(*) THEN 500
            WHEN count(*) FILTER (WHERE weight % 100 = 0) >= 0.8 * count(*) THEN 100
            WHEN count(*) FILTER (WHERE weight % 10 = 0) >= 0.8 * count(*) THEN 10
            ELSE 1 END AS step_g
FROM (SELECT origin_no, CAST(round(coalesce(outlet_g, weight_g)) AS BIGINT) AS weight FROM fact_parcel WHERE weight_g IS NOT NULL) AS p
GROUP BY origin_no
