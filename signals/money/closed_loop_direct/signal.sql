-- The seller's wallet repaid orders outside the platform, more of them than clumsy refunds account for.
SELECT order_no, rarity AS value, 0.0 AS expected, false AS hard, all_orders AS orders,
       round(after_s / 86400.0, 1) AS days,
       CASE WHEN way = 'sum' THEN ', in one sum with other orders' WHEN extra = 0 THEN '' ELSE ', with ' || printf('%.2f', extra / 100.0) || ' yuan on top' END AS extra,
       CASE WHEN way = 'sum' THEN '（与其他订单合并支付）' WHEN extra = 0 THEN '' ELSE '，并多付 ' || printf('%.2f', extra / 100.0) || ' 元' END AS extra_zh
FROM fact_repaid
WHERE own AND rarity >= 2.5 AND all_orders >= 3
