-- An order of a ring's buyer at one of its shops. Being of a ring is worth no more than the member's own odds of being in it.
SELECT m.order_no,
       least(-m.log_q * 10 / ln(10), 10 * log10(greatest(m.membership, 0.01) / greatest(1 - m.membership, 0.0001)) + 10) AS value,
       0.0 AS expected,
       false AS hard,
       m.met,
       round(m.chance, 2) AS chance
FROM ring_order m
