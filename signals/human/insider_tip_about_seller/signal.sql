-- An order at a shop that an insider named.
WITH named AS (
  SELECT seller_no, count(DISTINCT report_id) AS tips FROM fact_report
  WHERE kind = 'insider_tip' AND subject_kind = 'seller' AND seller_no IS NOT NULL GROUP BY seller_no
)
SELECT o.order_no, n.tips AS value, 0.0 AS expected, false AS hard
FROM fact_order o
JOIN named n ON n.seller_no = o.seller_no
