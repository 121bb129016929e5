-- The naive rule set: five rules of thumb, each as it is usually written. The score is the share of rules hit, and
-- whoever is hit at all is confirmed. It exists to show what Unbrush must be better than.
CREATE TABLE hits AS
WITH buyer_pace AS (
  SELECT platform, order_id
  FROM orders
  WHERE buyer_id IS NOT NULL
  QUALIFY count(*) OVER (PARTITION BY platform, buyer_id ORDER BY created_at RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW) >= 3
       OR count(*) OVER (PARTITION BY platform, buyer_id ORDER BY created_at RANGE BETWEEN CURRENT ROW AND INTERVAL 1 HOUR FOLLOWING) >= 3
),
two_buyers AS (
  SELECT DISTINCT l.platform, l.order_id
  FROM parcel_orders l
  SEMI JOIN (
    SELECT l.carrier, l.waybill_no
    FROM parcel_orders l JOIN orders o USING (platform, order_id)
    GROUP BY ALL HAVING count(DISTINCT o.platform || '/' || o.buyer_id) >= 2
  ) shared USING (carrier, waybill_no)
),
no_scans AS (
  SELECT o.platform, o.order_id
  FROM orders o
  WHERE o.status = 'completed' AND coalesce(o.fulfilment, 'parcel') = 'parcel'
    AND NOT EXISTS (
      SELECT 1 FROM parcel_orders l JOIN scanned s USING (carrier, waybill_no)
      WHERE l.platform = o.platform AND l.order_id = o.order_id)
),
light AS (
  SELECT i.platform, i.order_id
  FROM (SELECT platform, order_id, sum(quantity * weight_g) AS grams, bool_and(weight_g IS NOT NULL) AS known
        FROM order_items JOIN listings USING (platform, listing_id) GROUP BY ALL) i
  JOIN (SELECT l.platform, l.order_id, sum(p.weight_g) AS grams
        FROM parcel_orders l JOIN parcels p USING (carrier, waybill_no) WHERE p.weight_g IS NOT NULL GROUP BY ALL) w USING (platform, order_id)
  WHERE i.known AND w.grams < i.grams / 3
),
one_payer AS (
  SELECT platform, order_id
  FROM orders
  SEMI JOIN (SELECT payer_key FROM orders WHERE payer_key IS NOT NULL GROUP BY payer_key HAVING count(DISTINCT platform || '/' || buyer_id) >= 5) p USING (payer_key)
)
SELECT platform, order_id, count(*) AS hits
FROM (
  SELECT DISTINCT 1 AS rule, * FROM buyer_pace UNION ALL
  SELECT DISTINCT 2, * FROM two_buyers UNION ALL
  SELECT DISTINCT 3, * FROM no_scans UNION ALL
  SELECT DISTINCT 4, * FROM light UNION ALL
  SELECT DISTINCT 5, * FROM one_payer
)
GROUP BY ALL;
