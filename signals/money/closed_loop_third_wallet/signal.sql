-- One wallet that repays several buyers of one shop the amounts of their orders.
SELECT r.order_no, r.orders AS value, round(r.expected, 2) AS expected, false AS hard,
       round(r.after_s / 86400.0, 1) AS days,
       CASE WHEN r.extra = 0 THEN '' ELSE ', with ' || printf('%.2f', r.extra / 100.0) || ' yuan on top' END AS extra,
       CASE WHEN r.extra = 0 THEN '' ELSE '，并多付 ' || printf('%.2f', r.extra / 100.0) || ' 元' END AS extra_zh
FROM fact_repaid r
JOIN (SELECT payer, seller_no, count(DISTINCT payee) AS payees FROM fact_repaid WHERE way = 'one' GROUP BY payer, seller_no) AS n
  ON n.payer = r.payer AND n.seller_no = r.seller_no
WHERE NOT r.own AND r.way = 'one' AND r.z >= 1.5 AND r.orders >= 3 AND n.payees >= 2
