WITH traded AS (
  SELECT m.ring_id, count(*) AS orders, sum(o.amount) AS amount, min(o.created_at) AS first_at, max(o.created_at) AS last_at,
         count(*) FILTER (WHERE v.verdict = 'confirmed') AS confirmed
  FROM ring_order m JOIN fact_order o ON o.order_no = m.order_no JOIN verdict_order v ON v.order_no = m.order_no
  GROUP BY m.ring_id
)
SELECT r.ring_id, r.buyers, r.sellers, CAST(coalesce(t.orders, 0) AS INTEGER) AS orders, CAST(t.amount AS DECIMAL(18, 2)) AS amount,
       r.density, r.q_value, t.first_at, t.last_at,
       CASE WHEN t.confirmed >= 5 AND t.confirmed >= 0.2 * t.orders THEN 'confirmed' ELSE 'review' END AS verdict,
       CAST(to_json([{'signal': 'lockstep', 'family': 'buyers', 'value': r.observed, 'expected': r.expected, 'db': NULL, 'hard': false, 'text': r.text}]) AS VARCHAR) AS reasons
FROM ring r LEFT JOIN traded t ON t.ring_id = r.ring_id
ORDER BY r.ring_id
