-- One wallet that repays several buyers of one shop the amounts of their orders.
SELECT order_no, orders AS value, round(expected, 2) AS expected, false AS hard,
       round(after_s / 86400.0, 1) AS days,
       CASE WHEN extra = 0 THEN '' ELSE ', with ' || printf('%.2f', extra / 100.0) || ' yuan on top' END AS extra,
       CASE WHEN extra = 0 THEN '' ELSE '，并多付 ' || printf('%.2f', extra / 100.0) || ' 元' END AS extra_zh
FROM fact_repaid
WHERE NOT own AND z >= 1.5 AND orders >= 3 AND payees >= 2
