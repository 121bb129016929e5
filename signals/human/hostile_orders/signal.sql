-- Orders by strangers, taken back at once, to get the shop punished.
SELECT order_no, taken_back AS value, round(strangers * peer_rate, 1) AS expected, false AS hard,
       strftime(day, '%Y-%m-%d') AS day, strangers,
       CASE WHEN reported THEN ', and the shop reported it' ELSE '' END AS told,
       CASE WHEN reported THEN '，且店铺已举报' ELSE '' END AS told_zh
FROM fact_hostile
