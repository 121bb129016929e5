-- Completed, to be shipped, in a feed that links no parcels to orders: and neither to its address nor from its shop does a parcel
-- fit the order. Compared with the orders of the platform's other shops, of which most find theirs.
WITH done AS (
  SELECT o.order_no, o.platform, o.seller_no, CAST(l.order_no IS NOT NULL AS INTEGER) AS found
  FROM fact_order o
  LEFT JOIN (SELECT DISTINCT order_no FROM fact_link) AS l ON l.order_no = o.order_no
  WHERE coalesce(o.fulfilment, 'parcel') = 'parcel' AND (o.status = 'completed' OR o.completed_at IS NOT NULL)
    AND coalesce(o.refunded_amount, 0) = 0 AND o.address IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM fact_link WHERE NOT guessed)
),
platforms AS (SELECT platform, count(*) AS n, sum(found) AS found FROM done GROUP BY platform),
sellers AS (SELECT platform, seller_no, count(*) AS n, sum(found) AS found FROM done GROUP BY platform, seller_no)
SELECT d.order_no,
       rarity(shrunk_rate(p.found - s.found, p.n - s.n, 0.5, 20)) AS value,
       round(shrunk_rate(p.found - s.found, p.n - s.n, 0.5, 20), 6) AS expected,
       false AS hard,
       CAST(floor(100 * shrunk_rate(p.found - s.found, p.n - s.n, 0.5, 20)) AS INTEGER) AS norm_percent
FROM done d
JOIN platforms p ON p.platform = d.platform
JOIN sellers s ON s.platform = d.platform AND s.seller_no = d.seller_no
WHERE d.found = 0 AND s.found > 0 AND p.found >= 0.7 * p.n
