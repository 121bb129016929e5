-- Turnover: what was paid for, without what is excluded, and the interval that the suspected orders leave.
WITH sold AS (
  SELECT o.seller_no, count(*) AS orders,
         count(*) FILTER (WHERE v.verdict = 'confirmed') AS confirmed,
         count(*) FILTER (WHERE v.verdict = 'review') AS review,
         count(*) FILTER (WHERE v.verdict = 'victim') AS victim,
         sum(o.amount) FILTER (WHERE coalesce(o.status, 'paid') NOT IN ('created', 'closed')) AS gross,
         sum(o.amount) FILTER (WHERE coalesce(o.status, 'paid') NOT IN ('created', 'closed') AND v.verdict NOT IN ('confirmed', 'victim')) AS adjusted,
         sum(o.amount) FILTER (WHERE coalesce(o.status, 'paid') NOT IN ('created', 'closed') AND v.verdict NOT IN ('confirmed', 'victim', 'review')) AS certain
  FROM fact_order o JOIN verdict_order v ON v.order_no = o.order_no
  GROUP BY o.seller_no
)
SELECT s.platform, s.seller_id, coalesce(t.orders, 0) AS orders, coalesce(t.confirmed, 0) AS confirmed,
       coalesce(t.review, 0) AS review, coalesce(t.victim, 0) AS victim,
       v.share_fake, v.share_fake_low, v.share_fake_high,
       CAST(coalesce(t.gross, 0) AS DECIMAL(18, 2)) AS gross_amount, CAST(coalesce(t.adjusted, 0) AS DECIMAL(18, 2)) AS adjusted_amount,
       CAST(coalesce(t.certain, 0) AS DECIMAL(18, 2)) AS adjusted_low, CAST(coalesce(t.adjusted, 0) AS DECIMAL(18, 2)) AS adjusted_high,
       v.verdict, v.proposals, coalesce(r.reasons, '[]') AS reasons
FROM verdict_seller v
JOIN fact_seller s ON s.seller_no = v.seller_no
LEFT JOIN sold t ON t.seller_no = v.seller_no
LEFT JOIN reasons_seller r ON r.seller_no = v.seller_no
ORDER BY s.seller_no
