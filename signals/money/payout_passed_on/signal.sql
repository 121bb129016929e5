-- The platform's payouts flow on to a few private wallets at once.
WITH own AS (
  SELECT s.seller_no, w.wallet_key
  FROM wallets w JOIN fact_seller s ON s.platform = w.platform AND s.seller_id = w.holder_id
  WHERE w.holder_kind = 'seller'
),
flow AS (
  SELECT o.seller_no, CAST(p.paid_at AS DATE) AS day,
         sum(CASE WHEN p.kind = 'payout' THEN CAST(round(100 * p.amount) AS BIGINT) ELSE 0 END) AS came
  FROM payments p JOIN own o ON o.wallet_key = p.payee_key
  WHERE p.kind = 'payout'
  GROUP BY o.seller_no, CAST(p.paid_at AS DATE)
),
went AS (
  SELECT o.seller_no, CAST(p.paid_at AS DATE) AS day, sum(CAST(round(100 * p.amount) AS BIGINT)) AS gone
  FROM payments p JOIN own o ON o.wallet_key = p.payer_key
  WHERE p.kind = 'transfer'
  GROUP BY o.seller_no, CAST(p.paid_at AS DATE)
),
few AS (
  SELECT o.seller_no, count(DISTINCT p.payee_key) AS payees
  FROM payments p JOIN own o ON o.wallet_key = p.payer_key
  WHERE p.kind = 'transfer'
  GROUP BY o.seller_no
),
passed AS (
  SELECT f.seller_no, f.day, max(f.came) AS came, least(max(f.came), coalesce(sum(w.gone), 0)) AS gone
  FROM flow f
  LEFT JOIN went w ON w.seller_no = f.seller_no AND w.day BETWEEN f.day AND f.day + 3
  GROUP BY f.seller_no, f.day
)
SELECT p.seller_no,
       round(sum(p.gone) / sum(p.came), 4) AS value,
       0.0 AS expected,
       false AS hard,
       CAST(round(100 * sum(p.gone) / sum(p.came)) AS INTEGER) AS percent,
       max(f.payees) AS payees
FROM passed p
JOIN few f ON f.seller_no = p.seller_no
WHERE f.payees <= 5
GROUP BY p.seller_no
HAVING sum(p.came) > 0 AND count(*) >= 3
