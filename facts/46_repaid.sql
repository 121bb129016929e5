-- Orders whose money came back outside the platform: a private transfer to a wallet behind the order, within 45 days of
-- payment, of the order's amount or that plus a commission (up to 10 yuan or 6 %). Each transfer repays one order, the
-- nearest in amount; each order is repaid once (sums of several: fact_settled). Transfers between a buyer's own wallets are
-- left out. `rarity` (-log10) is how rarely a shop of that size makes so many clumsy refunds by itself: exact ones happen
-- with 1 in 200 orders, with something on top with 1 in 2,000.
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
ranked AS (
  SELECT f.*, coalesce(p.own, false) AS own, coalesce(p.z, 0) AS z FROM fitting f
  LEFT JOIN fact_patron p ON p.payer = f.payer AND p.seller_no = f.seller_no
),
-- A wallet that paid for many orders of one price leaves open which of them a transfer repays: what finds its first choice
-- taken chooses once more among the rest.
first_choice AS (
  SELECT * FROM ranked QUALIFY row_number() OVER (PARTITION BY transfer_no ORDER BY own DESC, z DESC, extra, after_s, order_no) = 1
),
first_taken AS (
  SELECT * FROM first_choice QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY own DESC, z DESC, extra, after_s, transfer_no) = 1
),
second_choice AS (
  SELECT r.* FROM ranked r
  ANTI JOIN first_taken t ON t.transfer_no = r.transfer_no
  ANTI JOIN first_taken o ON o.order_no = r.order_no
  QUALIFY row_number() OVER (PARTITION BY r.transfer_no ORDER BY r.own DESC, r.z DESC, r.extra, r.after_s, r.order_no) = 1
),
single AS (
  SELECT * FROM first_taken
  UNION ALL
  SELECT * FROM second_choice QUALIFY row_number() OVER (PARTITION BY order_no ORDER BY own DESC, z DESC, extra, after_s, transfer_no) = 1
),
told AS (
  SELECT e.*, coalesce(p.expected, 0) AS expected
  FROM single e
  LEFT JOIN fact_patron p ON p.payer = e.payer AND p.seller_no = e.seller_no
),
tally AS (
  SELECT payer, seller_no, count(*) AS orders, count(*) FILTER (WHERE extra < 30) AS exact_orders,
         count(DISTINCT payee) AS payees
  FROM told GROUP BY payer, seller_no
),
sold AS (
  SELECT seller_no, count(*) AS orders FROM fact_order GROUP BY seller_no
)
SELECT t.transfer_no, t.payer, t.payee, t.order_no, t.seller_no, t.buyer_no, t.extra, t.after_s, t.own, t.z, t.expected,
       n.orders, n.payees,
       round(poisson_rarity(n.exact_orders, 0.005 * s.orders) + poisson_rarity(n.orders - n.exact_orders, 0.0005 * s.orders), 3) AS rarity
FROM told t
JOIN tally n ON n.payer = t.payer AND n.seller_no = t.seller_no
JOIN sold s ON s.seller_no = t.seller_no
