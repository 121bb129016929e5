-- Without an order, and of one outlet that sends so again and again to the same address, by several senders' hands or
-- by one that writes to nobody else.
WITH loose AS (
  SELECT origin_no, recipient, sender_no, count(*) AS parcels
  FROM fact_parcel
  WHERE orders = 0 AND declared AND sender_no IS NOT NULL AND recipient IS NOT NULL AND origin_no IS NOT NULL
  GROUP BY origin_no, recipient, sender_no
),
senders AS (SELECT origin_no, sender_no, count(*) AS recipients, sum(parcels) AS parcels FROM loose GROUP BY origin_no, sender_no),
addresses AS (
  SELECT l.origin_no, l.recipient, sum(l.parcels) AS parcels, count(*) AS senders,
         min(CAST(s.parcels AS DOUBLE) / s.recipients) AS faithful
  FROM loose l
  JOIN senders s ON s.origin_no = l.origin_no AND s.sender_no = l.sender_no
  GROUP BY l.origin_no, l.recipient
)
SELECT p.parcel_no,
       a.parcels AS value,
       1 AS expected,
       false AS hard,
       a.parcels, a.senders
FROM fact_parcel p
JOIN addresses a ON a.origin_no = p.origin_no AND a.recipient = p.recipient
WHERE p.orders = 0 AND p.declared AND a.parcels >= 5 AND (a.senders >= 3 OR a.faithful > 2)
