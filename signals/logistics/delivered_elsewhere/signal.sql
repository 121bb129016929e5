-- Signed for in a city that the order does not go to; again and again at one place, by a shop that sends there.
SELECT order_no, round(rarity(1 - share) + least(1.5, log10(alike)), 6) AS value, share AS expected, share <= 0.03 AND far AS hard, ordered, signed, facility
FROM fact_elsewhere
