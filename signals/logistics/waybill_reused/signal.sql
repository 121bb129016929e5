-- One number on orders of several buyers and addresses, held against the track.
SELECT c.order_no,
       CASE WHEN c.fit < c.best THEN least(c.claims, 3) WHEN c.best_claims > 1 THEN 1 ELSE 0 END AS value,
       0 AS expected,
       c.fit < c.best AND c.best > 0 AS hard,
       p.waybill_no, c.claims - 1 AS others,
       CASE WHEN c.fit < c.best THEN 'another of them' WHEN c.best_claims > 1 THEN 'this one no better than another' ELSE 'this one' END AS fits,
       CASE WHEN c.fit < c.best THEN '其中另一单' WHEN c.best_claims > 1 THEN '本单并不比其他单更' ELSE '本单' END AS fits_zh
FROM fact_claim c
JOIN fact_parcel p ON p.parcel_no = c.parcel_no
