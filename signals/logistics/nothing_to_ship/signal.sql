-- Digital goods, services and goods fetched at the shop have no parcel.
SELECT order_no, 1 AS value, 0.0 AS expected, false AS hard,
       CASE fulfilment WHEN 'digital' THEN 'for digital goods' WHEN 'service' THEN 'for a service' ELSE 'to be fetched at the shop' END AS kind,
       CASE fulfilment WHEN 'digital' THEN '数字商品' WHEN 'service' THEN '服务类商品' ELSE '到店自提' END AS kind_zh
FROM fact_order
WHERE fulfilment IN ('digital', 'service', 'pickup')
