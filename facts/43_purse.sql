-- Wallets that received private transfers, with the orders they stand behind: as the wallet that paid, or as one of
-- the buyer's wallets.
WITH received AS (
  SELECT DISTINCT key_hash(payee_key) AS wallet FROM payments WHERE kind = 'transfer' AND payee_key <> payer_key
),
behind AS (
  SELECT o.payer AS wallet, o.order_no FROM fact_order o WHERE o.payer IS NOT NULL
  UNION
  SELECT key_hash(p.payer_key), o.order_no
  FROM payments p JOIN fact_order o ON o.platform = p.platform AND o.order_id = p.order_id
  WHERE p.kind = 'order'
  UNION
  SELECT key_hash(w.wallet_key), o.order_no
  FROM wallets w
  JOIN fact_buyer b ON b.platform = w.platform AND b.buyer_id = w.holder_id
  JOIN fact_order o ON o.buyer_no = b.buyer_no
  WHERE w.holder_kind = 'buyer'
)
SELECT b.wallet, o.order_no, o.buyer_no, o.seller_no, o.currency,
       CAST(round(100 * o.amount) AS BIGINT) AS cents,
       coalesce(o.paid_at, o.created_at) AS paid_at
FROM behind b
JOIN received r ON r.wallet = b.wallet
JOIN fact_order o ON o.order_no = b.order_no
WHERE o.amount > 0 AND coalesce(o.refunded_amount, 0) < 0.5 * o.amount
