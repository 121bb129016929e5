-- What the other accounts' parcels have that were signed at the same place, by account and day; as fact_norm_origin. Parcels come
-- to a place from many accounts, and each counts at most five in all and three a day (in thousandths): a few shops whose parcels a place signs
-- by itself neither make its norm nor pass for an outage. Accounts whose parcels as a rule lack what the place gives those of four
-- in five others stand apart (`apart`), and count neither for its norm nor for its days.
WITH lacking AS (
  SELECT delivered_no, account, count(courier) - sum(courier) >= greatest(10, 0.5 * count(courier)) AS lacks
  FROM fact_event GROUP BY delivered_no, account
),
apart AS (
  SELECT delivered_no, account FROM lacking QUALIFY lacks AND 5 * count(*) FILTER (WHERE lacks) OVER (PARTITION BY delivered_no) <= count(*) OVER (PARTITION BY delivered_no)
),
event AS (
  SELECT e.carrier, e.delivered_no, e.account, e.delivery_day, e.courier, e.signing_hand, e.proof,
         e.known AND a.account IS NULL AS known, e.sane AND a.account IS NULL AS sane
  FROM fact_event e LEFT JOIN apart a ON a.delivered_no = e.delivered_no AND a.account = e.account
),
own AS (
  SELECT carrier, delivered_no, account, CAST(count(*) FILTER (WHERE sane) AS INTEGER) AS all_n, CAST(coalesce(sum(courier) FILTER (WHERE sane), 0) AS INTEGER) AS all_present, CAST(count(*) FILTER (WHERE known) AS INTEGER) AS n,
         CAST(round(1000.0 * least(count(courier) FILTER (WHERE known), 5) * coalesce(sum(courier) FILTER (WHERE known), 0) / greatest(count(courier) FILTER (WHERE known), 1)) AS BIGINT) AS courier, CAST(1000 * least(count(courier) FILTER (WHERE known), 5) AS BIGINT) AS courier_n, CAST(round(1000.0 * least(count(signing_hand) FILTER (WHERE known), 5) * coalesce(sum(signing_hand) FILTER (WHERE known), 0) / greatest(count(signing_hand) FILTER (WHERE known), 1)) AS BIGINT) AS signing_hand, CAST(1000 * least(count(signing_hand) FILTER (WHERE known), 5) AS BIGINT) AS signing_hand_n, CAST(round(1000.0 * least(count(proof) FILTER (WHERE known), 5) * coalesce(sum(proof) FILTER (WHERE known), 0) / greatest(count(proof) FILTER (WHERE known), 1)) AS BIGINT) AS proof, CAST(1000 * least(count(proof) FILTER (WHERE known), 5) AS BIGINT) AS proof_n
  FROM event GROUP BY carrier, delivered_no, account
),
sums AS (
  SELECT carrier, delivered_no, CAST(sum(all_n) AS INTEGER) AS all_n, CAST(sum(all_present) AS INTEGER) AS all_present, CAST(sum(n) AS INTEGER) AS n,
         CAST(sum(courier) AS BIGINT) AS courier, CAST(sum(courier_n) AS BIGINT) AS courier_n, CAST(sum(signing_hand) AS BIGINT) AS signing_hand, CAST(sum(signing_hand_n) AS BIGINT) AS signing_hand_n, CAST(sum(proof) AS BIGINT) AS proof, CAST(sum(proof_n) AS BIGINT) AS proof_n
  FROM own GROUP BY carrier, delivered_no
),
carrier_sums AS (
  SELECT carrier, CAST(sum(courier) AS BIGINT) AS courier, CAST(sum(courier_n) AS BIGINT) AS courier_n, CAST(sum(signing_hand) AS BIGINT) AS signing_hand, CAST(sum(signing_hand_n) AS BIGINT) AS signing_hand_n, CAST(sum(proof) AS BIGINT) AS proof, CAST(sum(proof_n) AS BIGINT) AS proof_n FROM sums GROUP BY carrier
),
account_day AS (
  SELECT delivered_no, account, delivery_day, CAST(count(*) FILTER (WHERE sane) AS INTEGER) AS n, CAST(coalesce(sum(courier) FILTER (WHERE sane), 0) AS INTEGER) AS present
  FROM event GROUP BY delivered_no, account, delivery_day
),
weighed_day AS (
  SELECT d.delivered_no, d.delivery_day, d.account,
         CAST(round(CAST(1000 AS BIGINT) * least(d.n, 3) * d.present / greatest(d.n, 1)) AS INTEGER) AS present,
         CAST(round(CAST(1000 AS BIGINT) * least(d.n, 3) * o.all_present / greatest(o.all_n, 1)) AS INTEGER) AS expected
  FROM account_day d JOIN sums o ON o.delivered_no = d.delivered_no
),
days AS (SELECT delivered_no, delivery_day, sum(present) AS present, sum(expected) AS expected FROM weighed_day GROUP BY delivered_no, delivery_day),
shares AS (
  SELECT w.delivered_no, w.delivery_day, w.account, shrunk_rate(d.present - w.present, d.expected - w.expected, 1.0, 5000) AS share
  FROM weighed_day w JOIN days d ON d.delivered_no = w.delivered_no AND d.delivery_day = w.delivery_day
)
SELECT s.delivered_no, s.account, s.delivery_day, o.n - a.n AS others, round(least(1, s.share), 6) AS day_share,
       shrunk_rate(o.courier - a.courier, o.courier_n - a.courier_n, coalesce(c.courier / nullif(c.courier_n, 0), 0), 10000) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS courier_norm,
       shrunk_rate(o.signing_hand - a.signing_hand, o.signing_hand_n - a.signing_hand_n, coalesce(c.signing_hand / nullif(c.signing_hand_n, 0), 0), 10000) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS signing_hand_norm,
       shrunk_rate(o.proof - a.proof, o.proof_n - a.proof_n, coalesce(c.proof / nullif(c.proof_n, 0), 0), 10000) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS proof_norm
FROM shares s
JOIN own a ON a.delivered_no = s.delivered_no AND a.account = s.account
JOIN sums o ON o.delivered_no = s.delivered_no
JOIN carrier_sums c ON c.carrier = o.carrier
