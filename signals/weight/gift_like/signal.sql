-- Parcels of a sender whose weights do not follow what was sold, judged by the upper end of the correlation's interval.
SELECT g.parcel_no, j.high AS value, 0.9 AS expected, false AS hard, j.n, round(j.r, 2) AS r
FROM fact_sender_goods j
JOIN fact_goods g ON g.sender_no = j.sender_no
WHERE j.high < 0.6
