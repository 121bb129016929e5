-- Transfers that pay a buyer for several orders, or one, at a fee an order: whose amount is the sum of one to four of
-- the payee's orders of the 62 days before and 0.3 to 10 yuan for each. A sum is easily hit by chance, so a payer is
-- judged by all its transfers: each weighs the logarithm of how often a paymaster's transfer fits so over how often
-- others' transfers of like amount fit the same orders (three stand in for each); `decibans` is their sum. A fee of whole
-- or half yuan is told apart, since few chance sums leave one. Of several sums that fit, the one with such a fee is taken,
-- then the one whose shops the payer's other payees bought at most, then the shortest.
WITH self AS (
  SELECT DISTINCT a.wallet AS payer, b.wallet AS payee
  FROM fact_purse a JOIN fact_purse b ON b.order_no = a.order_no AND b.wallet <> a.wallet
),
sent AS (
  SELECT t.* FROM fact_transfer t ANTI JOIN self s ON s.payer = t.payer AND s.payee = t.payee
),
-- Others' transfers of like amount (within a half octave), in an order that has nothing to do with people or time.
ranked AS (
  SELECT transfer_no, payer, cents, currency, floor(2 * log2(cents)) AS size,
         row_number() OVER (PARTITION BY currency, floor(2 * log2(cents)) ORDER BY (transfer_no * 2654435761) % 4294967296, transfer_no) AS place
  FROM sent
),
likened AS (
  SELECT r.transfer_no, o.place - r.place AS which, o.cents
  FROM ranked r
  JOIN ranked o ON o.currency = r.currency AND o.size = r.size AND o.payer <> r.payer AND o.place BETWEEN r.place + 1 AND r.place + 6
  QUALIFY row_number() OVER (PARTITION BY r.transfer_no ORDER BY o.place) <= 3
),
bill AS (
  SELECT s.transfer_no, u.order_no, u.seller_no, u.cents,
         CAST(row_number() OVER (PARTITION BY s.transfer_no ORDER BY u.paid_at DESC, u.order_no) AS INTEGER) AS i
  FROM sent s
  JOIN fact_purse u ON u.wallet = s.payee AND u.currency = s.currency
  WHERE s.paid_at BETWEEN u.paid_at + INTERVAL 1 HOUR AND u.paid_at + INTERVAL 62 DAY AND u.cents <= 1.5 * s.cents
  QUALIFY i <= 8
),
sums AS (
  SELECT transfer_no, 1 AS n, cents AS total, i AS a, NULL AS b, NULL AS c, NULL AS d FROM bill
  UNION ALL
  SELECT x.transfer_no, 2, x.cents + y.cents, x.i, y.i, NULL, NULL FROM bill x JOIN bill y ON y.transfer_no = x.transfer_no AND y.i > x.i
  UNION ALL
  SELECT x.transfer_no, 3, x.cents + y.cents + z.cents, x.i, y.i, z.i, NULL
  FROM bill x JOIN bill y ON y.transfer_no = x.transfer_no AND y.i > x.i JOIN bill z ON z.transfer_no = x.transfer_no AND z.i > y.i
  UNION ALL
  SELECT x.transfer_no, 4, x.cents + y.cents + z.cents + v.cents, x.i, y.i, z.i, v.i
  FROM bill x JOIN bill y ON y.transfer_no = x.transfer_no AND y.i > x.i JOIN bill z ON z.transfer_no = x.transfer_no AND z.i > y.i
  JOIN bill v ON v.transfer_no = x.transfer_no AND v.i > z.i
),
-- How a sum fits: with a neat fee an order or not, and of how many orders; few orders and a neat fee are the rarest by chance.
fit AS (
  SELECT s.*, t.cents - s.total AS extra, CASE WHEN (t.cents - s.total) % 50 = 0 THEN s.n ELSE 4 + s.n END AS manner
  FROM sums s JOIN sent t ON t.transfer_no = s.transfer_no
  WHERE t.cents - s.total BETWEEN 30 * s.n AND 1000 * s.n
),
other_fit AS (
  SELECT s.transfer_no, o.which, min(CASE WHEN (o.cents - s.total) % 50 = 0 THEN s.n ELSE 4 + s.n END) AS manner
  FROM sums s
  JOIN likened o ON o.transfer_no = s.transfer_no
  WHERE o.cents - s.total BETWEEN 30 * s.n AND 1000 * s.n
  GROUP BY s.transfer_no, o.which
),
able AS (
  SELECT b.transfer_no, any_value(s.payer) AS payer, any_value(s.payee) AS payee, max(b.i) AS k FROM bill b JOIN sent s ON s.transfer_no = b.transfer_no GROUP BY b.transfer_no
),
tried AS (
  SELECT a.k, count(l.which) AS n FROM able a LEFT JOIN likened l ON l.transfer_no = a.transfer_no GROUP BY a.k
),
chance AS (
  SELECT a.k, f.manner, count(*) AS n FROM other_fit f JOIN able a ON a.transfer_no = f.transfer_no GROUP BY a.k, f.manner
),
-- Weight of one transfer: how often a paymaster's would fit so (`usual`) over how often anybody's does, where four
-- invented tries (`blind`) stand in for a feed with too few transfers to tell.
usual AS (
  SELECT * FROM (VALUES (1, 0.35, 0.02), (2, 0.2, 0.03), (3, 0.1, 0.04), (4, 0.05, 0.04), (5, 0.1, 0.05), (6, 0.05, 0.08), (7, 0.03, 0.1), (8, 0.02, 0.1), (9, 0.1, 0.54)) v(manner, share, blind)
),
told AS (
  SELECT a.transfer_no, a.payer, a.payee, coalesce(f.manner, 9) AS manner,
         log10(u.share * (t.n + 4) / (CASE WHEN f.manner IS NULL THEN t.n - coalesce(m.n, 0) ELSE coalesce(c.n, 0) END + 4 * u.blind)) AS weight
  FROM able a
  JOIN tried t ON t.k = a.k
  LEFT JOIN (SELECT transfer_no, min(manner) AS manner FROM fit GROUP BY transfer_no) f ON f.transfer_no = a.transfer_no
  LEFT JOIN chance c ON c.k = a.k AND c.manner = f.manner
  LEFT JOIN (SELECT k, sum(n) AS n FROM chance GROUP BY k) m ON m.k = a.k
  JOIN usual u ON u.manner = coalesce(f.manner, 9)
),
hand AS (
  SELECT payer, count(*) AS transfers, count(*) FILTER (WHERE manner < 9) AS hits, count(DISTINCT payee) FILTER (WHERE manner < 9) AS payees,
         CAST(sum(CAST(round(1000 * greatest(-1.0, least(1.5, weight))) AS BIGINT)) AS DOUBLE) / 100 AS decibans
  FROM told GROUP BY payer
  HAVING count(*) FILTER (WHERE manner < 9) >= 2 AND count(DISTINCT payee) FILTER (WHERE manner < 9) >= 2
),
meeting AS (
  SELECT s.payer, b.seller_no, count(DISTINCT s.payee) AS payees FROM bill b JOIN sent s ON s.transfer_no = b.transfer_no JOIN hand h ON h.payer = s.payer GROUP BY ALL
),
line AS (
  SELECT f.transfer_no, f.n, f.extra, f.manner, f.a, f.b, f.c, f.d, h.payer, b.order_no, b.seller_no, s.payee, m.payees
  FROM fit f
  JOIN sent s ON s.transfer_no = f.transfer_no
  JOIN hand h ON h.payer = s.payer
  JOIN bill b ON b.transfer_no = f.transfer_no AND (b.i = f.a OR b.i = f.b OR b.i = f.c OR b.i = f.d)
  JOIN meeting m ON m.payer = s.payer AND m.seller_no = b.seller_no
),
best AS (
  SELECT transfer_no, a, coalesce(b, 0) AS b, coalesce(c, 0) AS c, coalesce(d, 0) AS d
  FROM line GROUP BY transfer_no, n, extra, manner, a, b, c, d
  QUALIFY row_number() OVER (PARTITION BY transfer_no ORDER BY manner > 4, min(payees) DESC, n, extra, a, b, c, d) = 1
)
SELECT l.order_no, l.transfer_no, l.payer, l.payee, l.seller_no, l.n AS orders_in_sum, l.extra, l.payees AS meeting,
       h.transfers, h.hits, h.payees, h.decibans
FROM line l
JOIN best t ON t.transfer_no = l.transfer_no AND t.a = l.a AND t.b = coalesce(l.b, 0) AND t.c = coalesce(l.c, 0) AND t.d = coalesce(l.d, 0)
JOIN hand h ON h.payer = l.payer
QUALIFY row_number() OVER (PARTITION BY l.order_no ORDER BY h.decibans DESC, l.manner, l.payees DESC, l.n, l.transfer_no) = 1
