-- An order of a ring's buyer at one of its shops, where that buyer met at least two of them. Its weight is the ring's own
-- lift: a circle of friends of a genre meets a few times more often than chance, brushers on one list dozens of times.
SELECT m.order_no,
       round(10 * log10(r.observed / greatest(r.expected, 0.05)), 3) AS value,
       0.0 AS expected,
       false AS hard,
       m.met,
       round(m.chance, 2) AS chance,
       r.observed, round(r.expected, 1) AS by_chance
FROM ring_order m
JOIN ring r ON r.ring_id = m.ring_id
WHERE m.met >= 2 AND m.membership >= 0.5
