-- A wallet that sends private money to several buyers of one shop: how many of its payees bought there in the weeks
-- before, and how many would have by chance, given at how many shops each of them buys. `own` is true where the wallet
-- is known to be the seller's. The transfers to the payees after they bought, and how many of them are
-- commission-sized (0.3 to 15 yuan), are counted beside.
WITH own AS (
  SELECT s.seller_no, key_hash(w.wallet_key) AS wallet
  FROM wallets w JOIN fact_seller s ON s.platform = w.platform AND s.seller_id = w.holder_id
  WHERE w.holder_kind = 'seller'
  UNION
  SELECT o.seller_no, key_hash(p.payee_key)
  FROM payments p JOIN fact_order o ON o.platform = p.platform AND o.order_id = p.order_id
  WHERE p.kind = 'payout'
  UNION
  SELECT seller_no, owner FROM fact_seller WHERE owner IS NOT NULL
),
bought AS (
  SELECT buyer_no, seller_no FROM fact_order WHERE buyer_no IS NOT NULL GROUP BY buyer_no, seller_no
),
shop AS (
  SELECT seller_no, count(*) AS buyers, sum(count(*)) OVER () AS pairs FROM bought GROUP BY seller_no
),
favour AS (
  SELECT t.payer, u.buyer_no, u.seller_no, count(DISTINCT t.transfer_no) AS transfers,
         count(DISTINCT CASE WHEN t.cents BETWEEN 30 AND 1500 THEN t.transfer_no END) AS small
  FROM fact_transfer t
  JOIN fact_purse u ON u.wallet = t.payee
  WHERE u.buyer_no IS NOT NULL AND t.paid_at BETWEEN u.paid_at AND u.paid_at + INTERVAL 45 DAY
  GROUP BY t.payer, u.buyer_no, u.seller_no
),
breadth AS (
  SELECT payer, sum(shops) AS shops, count(*) AS payees
  FROM (SELECT payer, buyer_no, count(*) AS shops FROM favour GROUP BY payer, buyer_no) AS each
  GROUP BY payer
),
pair AS (
  SELECT payer, seller_no, count(*) AS buyers, CAST(sum(transfers) AS BIGINT) AS transfers,
         count(*) FILTER (WHERE small > 0) AS small_buyers
  FROM favour GROUP BY payer, seller_no
)
SELECT p.payer, p.seller_no, p.buyers, b.payees, p.transfers, p.small_buyers,
       o.wallet IS NOT NULL AS own,
       round(b.shops * s.buyers / s.pairs, 4) AS expected,
       round((p.buyers - b.shops * s.buyers / s.pairs) / sqrt(b.shops * s.buyers / s.pairs + 1), 4) AS z
FROM pair p
JOIN breadth b ON b.payer = p.payer
JOIN shop s ON s.seller_no = p.seller_no
LEFT JOIN own o ON o.seller_no = p.seller_no AND o.wallet = p.payer
WHERE o.wallet IS NOT NULL OR p.buyers >= 2
