-- Numbers on orders of several buyers and addresses. Orders of one address, or of one buyer, are merged and count as one
-- claim. Each claim is held against the track (`fit`): the parcel's recipient, the place of signing, the time of payment.
WITH many AS (
  SELECT l.parcel_no FROM fact_link l JOIN fact_order o ON o.order_no = l.order_no
  GROUP BY l.parcel_no
  HAVING count(*) > 1 AND count(DISTINCT coalesce(o.address, o.buyer_no)) > 1
     AND (count(o.buyer_no) = 0 OR count(DISTINCT o.buyer_no) > 1)
),
claims AS (
  SELECT l.parcel_no, o.order_no, o.seller_no, coalesce(o.address, o.buyer_no) AS claim,
         CASE WHEN p.recipient IS NULL OR o.address IS NULL THEN 0 WHEN p.recipient = o.address THEN 4 ELSE -2 END
         + CASE WHEN regions_meet(o.region, f.region) THEN 2 WHEN o.region IS NOT NULL AND f.region IS NOT NULL THEN -2 ELSE 0 END
         + CASE WHEN regions_meet(o.region, p.recipient_region) THEN 1 WHEN o.region IS NOT NULL AND p.recipient_region IS NOT NULL THEN -1 ELSE 0 END
         + CASE WHEN o.paid_at > p.picked_at + INTERVAL 1 HOUR THEN -1 ELSE 0 END AS fit
  FROM fact_link l
  JOIN many m ON m.parcel_no = l.parcel_no
  JOIN fact_order o ON o.order_no = l.order_no
  JOIN fact_parcel p ON p.parcel_no = l.parcel_no
  LEFT JOIN fact_facility f ON f.facility_no = p.delivered_no
),
told AS (
  SELECT parcel_no, count(DISTINCT claim) AS claims, max(fit) AS best FROM claims GROUP BY parcel_no
),
fitting AS (
  SELECT c.parcel_no, count(DISTINCT c.claim) AS best_claims FROM claims c JOIN told t ON t.parcel_no = c.parcel_no AND t.best = c.fit GROUP BY c.parcel_no
)
SELECT c.order_no, c.parcel_no, c.seller_no, c.fit, t.best, t.claims, f.best_claims
FROM claims c
JOIN told t ON t.parcel_no = c.parcel_no
JOIN fitting f ON f.parcel_no = c.parcel_no
WHERE t.claims > 1
