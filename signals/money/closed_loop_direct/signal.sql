-- The seller's wallet repaid orders outside the platform, more of them than clumsy refunds account for.
SELECT order_no, rarity AS value, 0.0 AS expected, false AS hard, orders,
       round(after_s / 86400.0, 1) AS days,
       CASE WHEN extra = 0 THEN '' ELSE ', with ' || printf('%.2f', extra / 100.0) || ' yuan on top' END AS extra,
       CASE WHEN extra = 0 THEN '' ELSE '，并多付 ' || printf('%.2f', extra / 100.0) || ' 元' END AS extra_zh
FROM fact_repaid
WHERE own AND rarity >= 2.5 AND orders >= 3
