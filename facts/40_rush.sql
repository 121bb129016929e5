-- The published rule of the Shopee brushing contest, exactly: every run of a shop's consecutive orders whose first and
-- last are at most an hour apart and that has at least three orders a buyer. One row for each order in such a run, with
-- the greatest ratio of the runs around it, and whether its buyer is among those with most orders in such runs.
-- A run may hold at most as many light buyers as its heavy buyers (three orders and more) have orders to spare, so
-- runs are bounded by `most` orders: a sale of thousands of orders an hour does not make millions of runs.
WITH placed AS (
  SELECT order_no, seller_no, buyer_no, date_diff('second', TIMESTAMP '2000-01-01 00:00:00', created_at) AS t,
         row_number() OVER (PARTITION BY seller_no ORDER BY created_at, order_no) AS place
  FROM fact_order
  WHERE buyer_no IS NOT NULL
),
keen AS (
  SELECT seller_no, buyer_no FROM placed GROUP BY seller_no, buyer_no HAVING count(*) >= 3
),
hourly AS (
  SELECT p.seller_no, p.buyer_no, p.t // 3600 AS hour, count(*) AS n
  FROM placed p JOIN keen k ON k.seller_no = p.seller_no AND k.buyer_no = p.buyer_no
  GROUP BY p.seller_no, p.buyer_no, p.t // 3600
),
heavy AS (
  SELECT seller_no, buyer_no, hour, sum(n) AS n
  FROM (SELECT seller_no, buyer_no, hour, n FROM hourly
        UNION ALL SELECT seller_no, buyer_no, hour - 1, n FROM hourly) AS either
  GROUP BY seller_no, buyer_no, hour
  HAVING sum(n) >= 3
),
bound AS (
  SELECT seller_no, hour, sum(n) + 2 * sum(n - 3) AS most FROM heavy GROUP BY seller_no, hour
),
rushed AS (
  SELECT order_no, seller_no, buyer_no, t, t // 3600 AS hour, place,
         lag(place, 1, 0) OVER (PARTITION BY seller_no, buyer_no ORDER BY place) AS last_place
  FROM placed
  WHERE seller_no IN (SELECT seller_no FROM bound)
),
start AS (
  SELECT r.seller_no, r.place, r.t, r.hour, r.place + b.most AS beyond
  FROM rushed r JOIN bound b ON b.seller_no = r.seller_no AND b.hour = r.hour
),
within AS (
  SELECT a.seller_no, a.place AS first_place, b.place, b.last_place
  FROM start a JOIN rushed b ON b.seller_no = a.seller_no AND b.hour = a.hour
  WHERE b.place >= a.place AND b.place < a.beyond
  UNION ALL
  SELECT a.seller_no, a.place, b.place, b.last_place
  FROM start a JOIN rushed b ON b.seller_no = a.seller_no AND b.hour = a.hour + 1
  WHERE b.place < a.beyond AND b.t - a.t <= 3600
),
run AS (
  SELECT seller_no, first_place, place AS last_place, place - first_place + 1 AS orders,
         sum(CASE WHEN last_place < first_place THEN 1 ELSE 0 END)
           OVER (PARTITION BY seller_no, first_place ORDER BY place ROWS UNBOUNDED PRECEDING) AS buyers
  FROM within
),
flagged AS (
  SELECT seller_no, first_place, max(last_place) AS last_place, max(orders / buyers) AS ratio
  FROM run
  WHERE orders >= 3 * buyers
  GROUP BY seller_no, first_place
),
held AS (
  SELECT r.order_no, r.seller_no, r.buyer_no, max(f.ratio) AS ratio
  FROM flagged f
  JOIN rushed r ON r.seller_no = f.seller_no AND r.place BETWEEN f.first_place AND f.last_place
  GROUP BY r.order_no, r.seller_no, r.buyer_no
),
counted AS (
  SELECT seller_no, buyer_no, count(*) AS orders FROM held GROUP BY seller_no, buyer_no
)
SELECT h.order_no, h.seller_no, h.buyer_no, round(h.ratio, 6) AS ratio, c.orders,
       c.orders = max(c.orders) OVER (PARTITION BY h.seller_no) AS suspicious
FROM held h
JOIN counted c ON c.seller_no = h.seller_no AND c.buyer_no = h.buyer_no
