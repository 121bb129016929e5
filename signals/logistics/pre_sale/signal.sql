-- A pre-sale: the wait was promised.
SELECT order_no, date_diff('day', coalesce(paid_at, created_at), promised_at) AS value, 0.0 AS expected, false AS hard,
       strftime(promised_at, '%Y-%m-%d') AS promised
FROM fact_order
WHERE promised_at > coalesce(paid_at, created_at) + INTERVAL 5 DAY
