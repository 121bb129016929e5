-- The buyer complained that nothing came, or an empty parcel.
SELECT order_no, max(1) AS value, 0.0 AS expected, false AS hard,
       CASE max(kind) WHEN 'not_received' THEN 'not having received the goods' ELSE 'an empty parcel' END AS complaint,
       CASE max(kind) WHEN 'not_received' THEN '未收到货' ELSE '收到空包裹' END AS complaint_zh
FROM fact_report
WHERE kind IN ('not_received', 'empty_parcel') AND order_no IS NOT NULL AND coalesce(reporter, 'recipient') <> 'seller'
GROUP BY order_no
