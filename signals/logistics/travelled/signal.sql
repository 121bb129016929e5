-- On a centre's scale, and better still on two scales that agree.
SELECT parcel_no,
       CASE WHEN outlet_g BETWEEN 0.9 * centre_g AND 1.1 * centre_g AND outlet_g % 100 <> 0 THEN 2 ELSE 1 END AS value,
       0 AS expected,
       false AS hard,
       CAST(round(centre_g) AS INTEGER) AS centre_g,
       CASE WHEN outlet_g BETWEEN 0.9 * centre_g AND 1.1 * centre_g AND outlet_g % 100 <> 0 THEN ', as the outlet did' ELSE '' END AS and_outlet,
       CASE WHEN outlet_g BETWEEN 0.9 * centre_g AND 1.1 * centre_g AND outlet_g % 100 <> 0 THEN '，与网点称重一致' ELSE '' END AS and_outlet_zh
FROM fact_parcel
WHERE centre_weighings > 0
