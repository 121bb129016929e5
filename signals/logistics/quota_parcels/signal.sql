-- Parcels without orders in a crowd at the end of the month, to few recipients.
WITH loose AS (
  SELECT p.origin_no, p.recipient,
         date_diff('day', p.created_at, date_trunc('month', p.created_at) + INTERVAL 1 MONTH) <= 3 AS at_end
  FROM fact_parcel p
  WHERE p.orders = 0 AND p.declared AND p.origin_no IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM registers r WHERE r.kind IN ('replacement', 'time_test') AND r.scope = p.carrier AND r.id = p.waybill_no)
)
SELECT origin_no AS facility_no,
       round(count(*) FILTER (WHERE at_end) / (3.0 * (count(*) FILTER (WHERE NOT at_end) + 3) / 27), 1) AS value,
       1 AS expected,
       false AS hard,
       count(*) FILTER (WHERE at_end) AS parcels, count(DISTINCT recipient) FILTER (WHERE at_end) AS recipients
FROM loose
GROUP BY origin_no
HAVING count(*) FILTER (WHERE at_end) >= 10 AND count(DISTINCT recipient) FILTER (WHERE at_end) * 2 <= count(*) FILTER (WHERE at_end)
   AND count(*) FILTER (WHERE at_end) > 3.0 * (count(*) FILTER (WHERE NOT at_end) + 3) / 27
