-- Pauses between scans that are whole multiples of five minutes, more of them than chance allows. A carrier that
-- records whole minutes has a fifth of them by nature.
WITH carriers AS (
  SELECT carrier, greatest(0.03, sum(round_gaps) / sum(gaps)) AS share
  FROM fact_parcel
  WHERE gaps > 0
  GROUP BY carrier
)
SELECT p.parcel_no,
       round(10 * (p.round_gaps * log10(0.9 / c.share) + (p.gaps - p.round_gaps) * log10(0.1 / (1 - c.share))) - 8, 3) AS value,
       round(c.share, 6) AS expected,
       false AS hard,
       p.round_gaps, p.gaps
FROM fact_parcel p
JOIN carriers c ON c.carrier = p.carrier
WHERE p.round_gaps >= 3 AND 2 * p.round_gaps >= p.gaps AND c.share < 0.5
