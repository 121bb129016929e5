-- Refunded inside the platform, with a reason or by the platform.
SELECT order_no,
       round(least(1.0, CAST(refunded_amount AS DOUBLE) / CAST(amount AS DOUBLE)), 3) AS value,
       0.0 AS expected,
       false AS hard,
       CAST(round(100 * least(1.0, CAST(refunded_amount AS DOUBLE) / CAST(amount AS DOUBLE))) AS INTEGER) AS percent,
       CASE WHEN refund_reason IS NULL THEN '' ELSE ' (reason: ' || left(refund_reason, 80) || ')' END AS why,
       CASE WHEN refund_reason IS NULL THEN '' ELSE '（原因：' || left(refund_reason, 80) || '）' END AS why_zh
FROM fact_order
WHERE amount > 0 AND refunded_amount > 0 AND (refund_reason IS NOT NULL OR refunded_by = 'platform')
