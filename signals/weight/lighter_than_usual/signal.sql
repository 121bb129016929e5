-- Lighter than what the shop otherwise sends at the same price. A scale that types half kilograms has not weighed.
SELECT parcel_no,
       lighter / 4.0 AS value,
       0 AS expected,
       false AS hard,
       CAST(round(weight_g) AS INTEGER) AS grams, CAST(usual_g AS INTEGER) AS usual, others
FROM fact_usual
WHERE lighter >= 2 AND step_g < 500
