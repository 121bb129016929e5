-- Many buyers at one address, each with an own wallet and an old account: an office purchase, a dormitory.
WITH companion AS (
  SELECT o.seller_no, o.address, o.buyer_no, min(o.payer) AS payer, min(b.registered_at) AS registered_at, min(o.created_at) AS first_at
  FROM fact_order o JOIN fact_buyer b ON b.buyer_no = o.buyer_no
  WHERE o.address IS NOT NULL
  GROUP BY o.seller_no, o.address, o.buyer_no
),
place AS (
  SELECT seller_no, address, count(*) AS buyers, count(DISTINCT payer) AS payers,
         count(*) FILTER (WHERE registered_at <= first_at - INTERVAL 365 DAY) AS aged
  FROM companion GROUP BY seller_no, address
  HAVING count(*) >= 4
)
SELECT o.order_no, p.buyers AS value, 1.0 AS expected, false AS hard
FROM fact_order o
JOIN place p ON p.seller_no = o.seller_no AND p.address = o.address
WHERE p.payers >= 0.9 * p.buyers AND p.aged >= 0.8 * p.buyers
