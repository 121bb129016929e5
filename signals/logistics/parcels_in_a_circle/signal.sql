-- Parcels without orders that a few senders of one outlet send to the same few addresses, everyone to several of them.
-- A customer has several suppliers, a supplier several customers; only a circle has both.
WITH loose AS (
  SELECT origin_no, recipient, sender_no, count(*) AS parcels
  FROM fact_parcel
  WHERE orders = 0 AND declared AND sender_no IS NOT NULL AND recipient IS NOT NULL AND origin_no IS NOT NULL
  GROUP BY origin_no, recipient, sender_no
),
addresses AS (
  SELECT origin_no, recipient FROM loose GROUP BY origin_no, recipient HAVING sum(parcels) >= 5 AND count(*) >= 3
),
senders AS (
  SELECT l.origin_no, l.sender_no
  FROM loose l JOIN addresses a ON a.origin_no = l.origin_no AND a.recipient = l.recipient
  GROUP BY l.origin_no, l.sender_no
  HAVING count(*) >= 3
)
SELECT l.origin_no AS facility_no,
       CAST(sum(l.parcels) AS INTEGER) AS value,
       1 AS expected,
       false AS hard,
       CAST(sum(l.parcels) AS INTEGER) AS parcels, count(DISTINCT l.sender_no) AS senders, count(DISTINCT l.recipient) AS recipients
FROM loose l
JOIN addresses a ON a.origin_no = l.origin_no AND a.recipient = l.recipient
JOIN senders s ON s.origin_no = l.origin_no AND s.sender_no = l.sender_no
GROUP BY l.origin_no
HAVING sum(l.parcels) >= 20 AND count(DISTINCT l.sender_no) >= 3 AND count(DISTINCT l.recipient) >= 3
