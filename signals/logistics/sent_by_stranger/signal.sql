-- Sent by somebody who sends for other shops, while the shop's goods come from its own senders.
SELECT order_no, times AS value, 1 AS expected, false AS hard, parcels, shop_parcels, others
FROM fact_dispatch
WHERE hand = 'stranger'
