-- The private wallet that sent money to the one behind an order in the 62 days after it: of several, the one with most payees,
-- the nearest in time. Its other payees' orders lend the order prior odds (evidence.yaml: paymaster).
WITH hand AS (
  SELECT payer, count(DISTINCT payee) AS payees FROM fact_transfer WHERE cents > 1500 GROUP BY payer HAVING count(DISTINCT payee) >= 2
)
SELECT u.order_no, t.payer, h.payees
FROM fact_purse u
JOIN fact_transfer t ON t.payee = u.wallet
JOIN hand h ON h.payer = t.payer
WHERE t.cents > 1500 AND 2 * t.cents >= u.cents AND t.paid_at BETWEEN u.paid_at + INTERVAL 1 HOUR AND u.paid_at + INTERVAL 62 DAY
QUALIFY row_number() OVER (PARTITION BY u.order_no ORDER BY h.payees DESC, t.paid_at, t.transfer_no) = 1
