-- Outlets whose scale speaks in half kilograms for everybody.
WITH senders AS (
  SELECT origin_no, count(*) AS n, count(DISTINCT account) AS accounts FROM fact_parcel WHERE weight_g IS NOT NULL GROUP BY origin_no
)
SELECT s.origin_no AS facility_no, s.step_g AS value, 1 AS expected, false AS hard, s.step_g AS step, p.n, p.accounts
FROM fact_scale s
JOIN senders p ON p.origin_no = s.origin_no
WHERE s.step_g >= 500 AND p.accounts >= 3
