-- A wallet that sends private money to several buyers of one shop: how many of its payees bought there in the weeks
-- before, and how many would have by chance, given at how many shops each of them buys. Only sums beyond 15 yuan, or of
-- half the order and more, count; commission-sized ones (0.3 to 15 yuan), which praise is also paid with, are counted
-- apart as `small`. `own` is true where the wallet is known to be the seller's.
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
  SELECT t.payer, u.buyer_no, u.seller_no,
         max(CASE WHEN t.cents > 1500 OR 2 * t.cents >= u.cents THEN 1 ELSE 0 END) AS large,
         max(CASE WHEN t.cents BETWEEN 30 AND 1500 AND 2 * t.cents < u.cents THEN 1 ELSE 0 END) AS small
  FROM fact_transfer t
  JOIN fact_purse u ON u.wallet = t.payee
  WHERE u.buyer_no IS NOT NULL AND t.paid_at BETWEEN u.paid_at AND u.paid_at + INTERVAL 45 DAY
  GROUP BY t.payer, u.buyer_no, u.seller_no
),
breadth AS (
  SELECT payer, sum(large) AS shops, sum(small) AS small_shops
  FROM favour
  GROUP BY payer
),
pair AS (
  SELECT payer, seller_no, CAST(sum(large) AS BIGINT) AS buyers, CAST(sum(small) AS BIGINT) AS small_buyers
  FROM favour GROUP BY payer, seller_no
)
SELECT p.payer, p.seller_no, p.buyers, p.small_buyers, o.wallet IS NOT NULL AS own,
       round(b.shops * s.buyers / s.pairs, 4) AS expected,
       round(b.small_shops * s.buyers / s.pairs, 4) AS small_expected,
       round((p.buyers - b.shops * s.buyers / s.pairs) / sqrt(b.shops * s.buyers / s.pairs + 1), 4) AS z
FROM pair p
JOIN breadth b ON b.payer = p.payer
JOIN shop s ON s.seller_no = p.seller_no
LEFT JOIN own o ON o.seller_no = p.seller_no AND o.wallet = p.payer
WHERE o.wallet IS NOT NULL OR p.buyers >= 2 OR p.small_buyers >= 3
