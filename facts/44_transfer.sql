-- Private transfers to wallets that stand behind orders, each with the one before it between the same two.
SELECT row_number() OVER (ORDER BY p.paid_at, p.payment_id) AS transfer_no,
       key_hash(p.payer_key) AS payer, key_hash(p.payee_key) AS payee, p.currency,
       CAST(round(100 * p.amount) AS BIGINT) AS cents, p.paid_at,
       lag(p.paid_at) OVER (PARTITION BY p.payer_key, p.payee_key ORDER BY p.paid_at, p.payment_id) AS last_at
FROM payments p
WHERE p.kind = 'transfer' AND p.payer_key <> p.payee_key AND p.amount > 0
  AND key_hash(p.payee_key) IN (SELECT wallet FROM fact_purse)
