-- Without an order, of a sender that writes again and again to the same few.
WITH loose AS (
  SELECT origin_no, sender_no, count(*) AS parcels, count(DISTINCT recipient) AS recipients
  FROM fact_parcel
  WHERE orders = 0 AND declared AND sender_no IS NOT NULL AND recipient IS NOT NULL
  GROUP BY origin_no, sender_no
  HAVING count(*) >= 5
)
SELECT p.parcel_no,
       round(l.parcels / l.recipients, 2) AS value,
       1 AS expected,
       false AS hard,
       l.parcels, l.recipients
FROM fact_parcel p
JOIN loose l ON l.origin_no = p.origin_no AND l.sender_no = p.sender_no
WHERE p.orders = 0 AND l.parcels > 2 * l.recipients
