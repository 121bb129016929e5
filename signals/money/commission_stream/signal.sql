-- Small transfers from one wallet to many buyers of one shop after they ordered.
WITH stream AS (
  SELECT payer, seller_no, small_buyers, small_expected AS expected FROM fact_patron WHERE small_buyers >= 3 AND small_buyers >= 3 * small_expected
)
SELECT u.order_no,
       max(round(s.small_buyers - s.expected, 3)) AS value,
       min(round(s.expected, 2)) AS expected,
       false AS hard,
       max(s.small_buyers) AS buyers
FROM stream s
JOIN fact_transfer t ON t.payer = s.payer
JOIN fact_purse u ON u.wallet = t.payee AND u.seller_no = s.seller_no
WHERE t.cents BETWEEN 30 AND 1500 AND 2 * t.cents < u.cents AND t.paid_at BETWEEN u.paid_at AND u.paid_at + INTERVAL 45 DAY
GROUP BY u.order_no
