-- One wallet pays buyers who meet at this shop beyond chance.
WITH hand AS (
  SELECT payer, seller_no, buyers, expected, z FROM fact_patron WHERE buyers >= 3 AND z >= 2
)
SELECT u.order_no,
       max(h.z) AS value,
       arg_max(round(h.expected, 2), (h.z, h.buyers, h.expected)) AS expected,
       false AS hard,
       arg_max(h.buyers, (h.z, h.buyers, h.expected)) AS buyers
FROM hand h
JOIN fact_transfer t ON t.payer = h.payer
JOIN fact_purse u ON u.wallet = t.payee AND u.seller_no = h.seller_no
WHERE (t.cents > 1500 OR 2 * t.cents >= u.cents) AND t.paid_at BETWEEN u.paid_at AND u.paid_at + INTERVAL 45 DAY
GROUP BY u.order_no
