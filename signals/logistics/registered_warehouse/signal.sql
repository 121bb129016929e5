-- Registered as a fulfilment warehouse.
SELECT f.sender_no, 1 AS value, 0 AS expected, false AS hard
FROM fact_sender f
WHERE EXISTS (SELECT 1 FROM registers r WHERE r.kind = 'warehouse' AND r.scope = f.carrier AND r.id = f.sender_key)
