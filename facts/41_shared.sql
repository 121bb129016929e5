-- Several buyers of one shop behind one device, payer, address, network, phone or identity: how many, how many the
-- resource has in all, and how many of them would be at this shop by chance. What everybody shares (more than 200
-- buyers) is a hub and says nothing; so are addresses that by their nature belong to many. `excess` is how many too
-- many, divided by the logarithm of the resource's degree; `settled` is the share of the companions who pay for
-- themselves with an account of a year and more, `together` how far they all have their goods sent to one address: a
-- household or an office, rather than accounts of one hand.
WITH held AS (
  SELECT 'device' AS kind, xor(device, 1) AS resource, order_no, seller_no, buyer_no FROM fact_order WHERE device IS NOT NULL AND buyer_no IS NOT NULL
  UNION ALL SELECT 'payer', xor(payer, 2), order_no, seller_no, buyer_no FROM fact_order WHERE payer IS NOT NULL AND buyer_no IS NOT NULL
  UNION ALL SELECT 'ip', xor(ip, 3), order_no, seller_no, buyer_no FROM fact_order WHERE ip IS NOT NULL AND buyer_no IS NOT NULL
  UNION ALL SELECT 'phone', xor(phone, 4), order_no, seller_no, buyer_no FROM fact_order WHERE phone IS NOT NULL AND buyer_no IS NOT NULL
  UNION ALL SELECT 'address', xor(address, 5), order_no, seller_no, buyer_no FROM fact_order WHERE address IS NOT NULL AND buyer_no IS NOT NULL
  UNION ALL SELECT 'identity', xor(b.identity, 6), o.order_no, o.seller_no, o.buyer_no FROM fact_order o JOIN fact_buyer b ON b.buyer_no = o.buyer_no WHERE b.identity IS NOT NULL
),
public_address AS (
  SELECT xor(address, 5) AS resource FROM fact_order
  WHERE address IS NOT NULL AND address_kind IN ('office', 'dormitory', 'gatehouse', 'station', 'locker')
  UNION SELECT xor(key_hash(id), 5) FROM registers WHERE kind = 'pickup_point'
),
public_ip AS (
  SELECT xor(ip, 3) AS resource FROM fact_order
  WHERE ip IS NOT NULL
  GROUP BY ip
  HAVING 2 * count(*) FILTER (WHERE address_kind IN ('office', 'dormitory', 'gatehouse', 'station', 'locker')) >= count(*)
),
spread AS (
  SELECT resource FROM held GROUP BY resource HAVING min(buyer_no) < max(buyer_no)
),
several AS (
  SELECT h.kind, h.resource, h.order_no, h.seller_no, h.buyer_no
  FROM held h
  JOIN spread s ON s.resource = h.resource
  WHERE h.resource NOT IN (SELECT resource FROM public_address)
    AND h.resource NOT IN (SELECT resource FROM public_ip)
),
degree AS (
  SELECT kind, resource, count(DISTINCT buyer_no) AS buyers, count(DISTINCT seller_no) AS sellers
  FROM several GROUP BY kind, resource
),
companion AS (
  SELECT v.kind, v.resource, v.seller_no, v.buyer_no,
         max(CASE WHEN b.registered_at <= o.created_at - INTERVAL 365 DAY THEN 1 ELSE 0 END) AS aged,
         min(o.payer) AS payer, min(o.address) AS address
  FROM several v
  JOIN fact_order o ON o.order_no = v.order_no
  JOIN fact_buyer b ON b.buyer_no = v.buyer_no
  GROUP BY v.kind, v.resource, v.seller_no, v.buyer_no
),
at_shop AS (
  SELECT kind, resource, seller_no, count(*) AS companions, sum(aged) AS aged, count(DISTINCT payer) AS payers,
         count(address) AS addressed, count(DISTINCT address) AS addresses
  FROM companion
  GROUP BY kind, resource, seller_no
  HAVING count(*) >= 2
),
shop AS (
  SELECT seller_no, count(DISTINCT buyer_no) AS buyers FROM fact_order WHERE buyer_no IS NOT NULL GROUP BY seller_no
),
world AS (
  SELECT greatest(count(DISTINCT buyer_no), 1) AS buyers FROM fact_order WHERE buyer_no IS NOT NULL
)
SELECT v.kind, v.order_no, v.seller_no, v.buyer_no, a.companions, d.buyers AS degree, d.sellers,
       round(1 + (d.buyers - 1) * s.buyers / w.buyers, 4) AS expected,
       round(least(a.aged, a.payers) / a.companions, 4) AS settled,
       round(CASE WHEN a.addressed >= 2 THEN (a.addressed - a.addresses) / (a.addressed - 1) ELSE 0 END, 4) AS together,
       round(greatest(0, a.companions - 1 - (d.buyers - 1) * s.buyers / w.buyers) / log2(1 + d.buyers), 4) AS excess
FROM several v
JOIN degree d ON d.kind = v.kind AND d.resource = v.resource
JOIN at_shop a ON a.kind = v.kind AND a.resource = v.resource AND a.seller_no = v.seller_no
JOIN shop s ON s.seller_no = v.seller_no
CROSS JOIN world w
WHERE d.buyers <= 200
