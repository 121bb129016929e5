-- Sent by somebody whom the shop hardly ever uses, while the shop's goods come from its own senders.
SELECT order_no, times AS value, 1 AS expected, false AS hard, parcels, shop_parcels
FROM fact_dispatch
WHERE hand = 'another'
