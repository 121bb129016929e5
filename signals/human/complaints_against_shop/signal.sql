-- Complaints of non-delivery beyond other shops'.
WITH shop AS (
  SELECT o.seller_no, count(*) AS n, count(r.order_no) AS complaints
  FROM fact_order o
  LEFT JOIN (SELECT DISTINCT order_no FROM fact_report WHERE kind IN ('not_received', 'empty_parcel') AND order_no IS NOT NULL) AS r ON r.order_no = o.order_no
  GROUP BY o.seller_no
),
everywhere AS (SELECT sum(n) AS n, sum(complaints) AS complaints FROM shop)
SELECT s.seller_no,
       round((s.complaints - s.n * shrunk_rate(e.complaints - s.complaints, e.n - s.n, 0.005, 200)) / sqrt(s.n * shrunk_rate(e.complaints - s.complaints, e.n - s.n, 0.005, 200) + 1), 3) AS value,
       round(s.n * shrunk_rate(e.complaints - s.complaints, e.n - s.n, 0.005, 200), 2) AS expected,
       false AS hard,
       s.complaints, s.n AS orders
FROM shop s CROSS JOIN everywhere e
WHERE s.complaints >= 2
