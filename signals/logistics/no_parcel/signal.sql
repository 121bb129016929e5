-- Completed, to be shipped, and no parcel linked to it. Compared with the other sellers of the platform, and with the
-- seller itself: where a shop links nothing at all, its export lacks links and nothing can be said.
WITH done AS (
  SELECT o.order_no, o.platform, o.seller_no, CAST(l.order_no IS NOT NULL AS INTEGER) AS linked
  FROM fact_order o
  LEFT JOIN (SELECT DISTINCT order_no FROM fact_link WHERE NOT guessed) AS l ON l.order_no = o.order_no
  WHERE coalesce(o.fulfilment, 'parcel') = 'parcel' AND (o.status = 'completed' OR o.completed_at IS NOT NULL)
    AND coalesce(o.refunded_amount, 0) = 0
),
platforms AS (SELECT platform, count(*) AS n, sum(linked) AS linked FROM done GROUP BY platform),
sellers AS (SELECT platform, seller_no, count(*) AS n, sum(linked) AS linked FROM done GROUP BY platform, seller_no)
SELECT d.order_no,
       rarity(shrunk_rate(p.linked - s.linked, p.n - s.n, 0.5, 20)) AS value,
       round(shrunk_rate(p.linked - s.linked, p.n - s.n, 0.5, 20), 6) AS expected,
       shrunk_rate(p.linked - s.linked, p.n - s.n, 0.5, 20) >= 0.995 AND s.linked >= 0.5 * s.n AS hard,
       CAST(floor(100 * shrunk_rate(p.linked - s.linked, p.n - s.n, 0.5, 20)) AS INTEGER) AS norm_percent
FROM done d
JOIN platforms p ON p.platform = d.platform
JOIN sellers s ON s.platform = d.platform AND s.seller_no = d.seller_no
WHERE d.linked = 0 AND s.linked > 0 AND p.linked >= 0.7 * p.n
