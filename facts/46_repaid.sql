-- Orders whose money came back outside the platform: a private transfer to a wallet behind the order, within 45 days of
-- payment, of the order's amount or that plus a commission (up to 10 yuan or 6 %). `way` is 'one' where a transfer
-- matches one order, 'sum' where it matches all of a buyer's orders of a calendar month, or since the last transfer, at
-- the shops to whose buyers that wallet pays. Each transfer repays one order (or sum), the nearest in amount; each
-- order is repaid once. Transfers between a buyer's own wallets are left out. `rarity` (-log10) is how rarely a shop of
-- that size makes so many clumsy refunds by itself: exact ones happen with 1 in 200 orders, with something on top or in
-- sums with 1 in 2,000.
WITH self AS (
  SELECT DISTINCT a.wallet AS payer, b.wallet AS payee
  FROM fact_purse a JOIN fact_purse b ON b.order_no = a.order_no AND b.wallet <> a.wallet
),
sent AS (
  SELECT t.* FROM fact_transfer t ANTI JOIN self s ON s.payer = t.payer AND s.payee = t.payee
),
fitting AS (
  SELECT t.transfer_no, t.payer, t.payee, u.order_no, u.seller_no, u.buyer_no, u.paid_at,
         t.cents - u.cents AS extra, date_diff('second', u.paid_at, t.paid_at) AS after_s
  FROM sent t
  JOIN fact_purse u ON u.wallet = t.payee AND u.currency = t.currency
  WHERE t.paid_at BETWEEN u.paid_at + INTERVAL 1 HOUR AND u.paid_at + INTERVAL 45 DAY
    AND t.cents BETWEEN u.cents AND u.cents + greatest(1000, 0.06 * u.cents)
),
first_choice AS (
  SELECT f.*, p.own, p.z FROM fitting f
  LEFT JOIN fact_patron p ON p.payer = f.payer AND p.seller_no = f.seller_no
  QUALIFY row_number() OVER (PARTITION BY f.transfer_no ORDER BY coalesce(p.own, false) DESC, coalesce(p.z, 0) DESC, f.extra, f.after_s, f.order_no) = 1
),
single AS (
  SELECT transfer_no, payer, payee, order_no, seller_no, buyer_no, extra, after_s
  FROM first_choice
  QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY coalesce(own, false) DESC, coalesce(z, 0) DESC, extra, after_s, transfer_no) = 1
),
clientele AS (
  SELECT payer, seller_no FROM fact_patron WHERE own OR z >= 3
),
owed AS (
  SELECT t.transfer_no, t.payer, t.payee, t.cents, t.paid_at, u.order_no, u.seller_no, u.buyer_no, u.cents AS order_cents,
         date_diff('second', u.paid_at, t.paid_at) AS after_s,
         CAST(date_trunc('month', u.paid_at + INTERVAL 8 HOUR) AS DATE) AS month,
         coalesce(u.paid_at > t.last_at, true) AS since_last
  FROM sent t
  ANTI JOIN single s ON s.transfer_no = t.transfer_no
  JOIN clientele c ON c.payer = t.payer
  JOIN fact_purse u ON u.wallet = t.payee AND u.seller_no = c.seller_no AND u.currency = t.currency
  WHERE t.paid_at BETWEEN u.paid_at + INTERVAL 1 HOUR AND u.paid_at + INTERVAL 62 DAY
),
monthly AS (
  SELECT transfer_no, month FROM owed
  GROUP BY transfer_no, month
  HAVING count(*) >= 2 AND min(cents) BETWEEN sum(order_cents) AND sum(order_cents) + greatest(1000 * count(*), 0.06 * sum(order_cents))
),
lately AS (
  SELECT transfer_no FROM owed WHERE since_last AND after_s <= 45 * 86400
  GROUP BY transfer_no
  HAVING count(*) >= 2 AND min(cents) BETWEEN sum(order_cents) AND sum(order_cents) + greatest(1000 * count(*), 0.06 * sum(order_cents))
),
summed AS (
  SELECT o.* FROM owed o JOIN monthly m ON m.transfer_no = o.transfer_no AND m.month = o.month
  UNION
  SELECT o.* FROM owed o JOIN lately l ON l.transfer_no = o.transfer_no WHERE o.since_last AND o.after_s <= 45 * 86400
),
either AS (
  SELECT transfer_no, payer, payee, order_no, seller_no, buyer_no, extra, after_s, 'one' AS way FROM single
  UNION ALL
  SELECT transfer_no, payer, payee, order_no, seller_no, buyer_no, 0, after_s, 'sum' FROM summed
  WHERE order_no NOT IN (SELECT order_no FROM single)
),
told AS (
  SELECT e.*, coalesce(p.own, false) AS own, coalesce(p.z, 0) AS z, coalesce(p.expected, 0) AS expected
  FROM either e
  LEFT JOIN fact_patron p ON p.payer = e.payer AND p.seller_no = e.seller_no
  QUALIFY row_number() OVER (PARTITION BY e.order_no ORDER BY coalesce(p.own, false) DESC, coalesce(p.z, 0) DESC, e.way, e.transfer_no) = 1
),
tally AS (
  SELECT payer, seller_no, count(*) AS all_orders, count(*) FILTER (WHERE way = 'one') AS single_orders,
         count(*) FILTER (WHERE way = 'sum') AS summed_orders,
         count(*) FILTER (WHERE way = 'one' AND extra < 30) AS exact_orders,
         count(DISTINCT payee) AS payees
  FROM told GROUP BY payer, seller_no
),
sold AS (
  SELECT seller_no, count(*) AS orders FROM fact_order GROUP BY seller_no
)
SELECT t.transfer_no, t.payer, t.payee, t.order_no, t.seller_no, t.buyer_no, t.extra, t.after_s, t.way, t.own, t.z, t.expected,
       n.all_orders, n.single_orders, n.summed_orders, n.payees,
       round(poisson_rarity(n.exact_orders, 0.005 * s.orders) + poisson_rarity(n.all_orders - n.exact_orders, 0.0005 * s.orders), 3) AS rarity
FROM told t
JOIN tally n ON n.payer = t.payer AND n.seller_no = t.seller_no
JOIN sold s ON s.seller_no = t.seller_no
