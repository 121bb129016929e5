-- What the other accounts' parcels at an outlet have, by account and day, drawn towards the carrier's share. An account is a
-- seller, or a sender without orders; its own parcels never make its own norm. On a day on which the other accounts lack
-- much of what is normal (an outage, a lost upload), the norm falls with them; each account counts at most ten parcels a
-- day, so that one customer's empties cannot pass for an outage. For centres on the way, where empties cannot be told
-- from neighbours by a centre's scale, each account counts at most five parcels in all (in thousandths).
WITH own AS (
  SELECT carrier, origin_no, account, CAST(count(*) FILTER (WHERE sane) AS INTEGER) AS all_n, CAST(coalesce(sum(pickup + inspected) FILTER (WHERE sane), 0) AS INTEGER) AS all_present, CAST(count(*) FILTER (WHERE known) AS INTEGER) AS n,
         CAST(coalesce(sum(pickup) FILTER (WHERE known), 0) AS INTEGER) AS pickup, CAST(count(pickup) FILTER (WHERE known) AS INTEGER) AS pickup_n, CAST(coalesce(sum(weighed) FILTER (WHERE known), 0) AS INTEGER) AS weighed, CAST(count(weighed) FILTER (WHERE known) AS INTEGER) AS weighed_n, CAST(coalesce(sum(inspected) FILTER (WHERE known), 0) AS INTEGER) AS inspected, CAST(count(inspected) FILTER (WHERE known) AS INTEGER) AS inspected_n, CAST(coalesce(sum(hand) FILTER (WHERE known), 0) AS INTEGER) AS hand, CAST(count(hand) FILTER (WHERE known) AS INTEGER) AS hand_n, CAST(round(1000.0 * least(count(centre) FILTER (WHERE sane), 5) * coalesce(sum(centre) FILTER (WHERE sane), 0) / greatest(count(centre) FILTER (WHERE sane), 1)) AS BIGINT) AS centre, CAST(1000 * least(count(centre) FILTER (WHERE sane), 5) AS BIGINT) AS centre_n
  FROM fact_event GROUP BY carrier, origin_no, account
),
sums AS (
  SELECT carrier, origin_no, CAST(sum(all_n) AS INTEGER) AS all_n, CAST(sum(all_present) AS INTEGER) AS all_present, CAST(sum(n) AS INTEGER) AS n,
         CAST(sum(pickup) AS INTEGER) AS pickup, CAST(sum(pickup_n) AS INTEGER) AS pickup_n, CAST(sum(weighed) AS INTEGER) AS weighed, CAST(sum(weighed_n) AS INTEGER) AS weighed_n, CAST(sum(inspected) AS INTEGER) AS inspected, CAST(sum(inspected_n) AS INTEGER) AS inspected_n, CAST(sum(hand) AS INTEGER) AS hand, CAST(sum(hand_n) AS INTEGER) AS hand_n, CAST(sum(centre) AS BIGINT) AS centre, CAST(sum(centre_n) AS BIGINT) AS centre_n
  FROM own GROUP BY carrier, origin_no
),
carrier_sums AS (
  SELECT carrier, CAST(sum(pickup) AS INTEGER) AS pickup, CAST(sum(pickup_n) AS INTEGER) AS pickup_n, CAST(sum(weighed) AS INTEGER) AS weighed, CAST(sum(weighed_n) AS INTEGER) AS weighed_n, CAST(sum(inspected) AS INTEGER) AS inspected, CAST(sum(inspected_n) AS INTEGER) AS inspected_n, CAST(sum(hand) AS INTEGER) AS hand, CAST(sum(hand_n) AS INTEGER) AS hand_n, CAST(sum(centre) AS BIGINT) AS centre, CAST(sum(centre_n) AS BIGINT) AS centre_n FROM sums GROUP BY carrier
),
account_day AS (
  SELECT origin_no, account, day, CAST(count(*) FILTER (WHERE sane) AS INTEGER) AS n, CAST(coalesce(sum(pickup + inspected) FILTER (WHERE sane), 0) AS INTEGER) AS present
  FROM fact_event GROUP BY origin_no, account, day
),
weighed_day AS (
  SELECT d.origin_no, d.day, d.account,
         CAST(round(CAST(1000 AS BIGINT) * least(d.n, 10) * d.present / greatest(d.n, 1)) AS INTEGER) AS present,
         CAST(round(CAST(1000 AS BIGINT) * least(d.n, 10) * o.all_present / greatest(o.all_n, 1)) AS INTEGER) AS expected
  FROM account_day d JOIN sums o ON o.origin_no = d.origin_no
),
days AS (SELECT origin_no, day, sum(present) AS present, sum(expected) AS expected FROM weighed_day GROUP BY origin_no, day),
shares AS (
  SELECT w.origin_no, w.day, w.account, shrunk_rate(d.present - w.present, d.expected - w.expected, 1.0, 5000) AS share
  FROM weighed_day w JOIN days d ON d.origin_no = w.origin_no AND d.day = w.day
)
SELECT s.origin_no, s.account, s.day, o.n - a.n AS others, round(least(1, s.share), 6) AS day_share,
       shrunk_rate(o.pickup - a.pickup, o.pickup_n - a.pickup_n, coalesce(c.pickup / nullif(c.pickup_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS pickup_norm,
       shrunk_rate(o.weighed - a.weighed, o.weighed_n - a.weighed_n, coalesce(c.weighed / nullif(c.weighed_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS weighed_norm,
       shrunk_rate(o.inspected - a.inspected, o.inspected_n - a.inspected_n, coalesce(c.inspected / nullif(c.inspected_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS inspected_norm,
       shrunk_rate(o.hand - a.hand, o.hand_n - a.hand_n, coalesce(c.hand / nullif(c.hand_n, 0), 0), 10) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS hand_norm,
       shrunk_rate(o.centre - a.centre, o.centre_n - a.centre_n, coalesce(c.centre / nullif(c.centre_n, 0), 0), 10000) * CASE WHEN s.share < 0.9 THEN s.share ELSE 1 END AS centre_norm
FROM shares s
JOIN own a ON a.origin_no = s.origin_no AND a.account = s.account
JOIN sums o ON o.origin_no = s.origin_no
JOIN carrier_sums c ON c.carrier = o.carrier
