-- Reviews of one shop that say nearly the same: eight min-hashes over the text's three-letter shingles in four bands of
-- two (texts sharing 70 % of their shingles meet with 93 %, those sharing 10 % with 4 %). For each review the band in
-- which most other buyers of its shop stand beyond what the same words' use at other shops makes likely: common praise
-- is common everywhere and says nothing. Twenty buyers of its own kind are lent to a shop's peers, so that a feed of few
-- shops accuses nobody. `copies` are buyers at any shop with letter for letter the same long text.
WITH shingle AS (
  SELECT review_no, hash(substr(bare, CAST(unnest(range(1, least(length(bare), 200) - 1)) AS BIGINT), 3)) AS h
  FROM fact_review
  WHERE length(bare) >= 8
),
signature AS (
  SELECT review_no, min(h) AS a1, min(xor(h, 11400714819323198485)) AS a2, min(xor(h, 14029467366897019727)) AS b1,
         min(xor(h, 1609587929392839161)) AS b2, min(xor(h, 9650029242287828579)) AS c1, min(xor(h, 2870177450012600261)) AS c2,
         min(xor(h, 7046029254386353131)) AS d1, min(xor(h, 12605985483714917081)) AS d2
  FROM shingle
  GROUP BY review_no
),
band AS (
  SELECT review_no, hash(1, a1, a2) AS bucket FROM signature
  UNION ALL SELECT review_no, hash(2, b1, b2) FROM signature
  UNION ALL SELECT review_no, hash(3, c1, c2) FROM signature
  UNION ALL SELECT review_no, hash(4, d1, d2) FROM signature
),
placed AS (
  SELECT b.review_no, b.bucket, r.seller_no, r.buyer_no, r.platform
  FROM band b JOIN fact_review r ON r.review_no = b.review_no
  WHERE r.seller_no IS NOT NULL
),
shared AS (
  SELECT platform, bucket FROM placed GROUP BY platform, bucket HAVING min(buyer_no) < max(buyer_no)
),
kept AS (
  SELECT p.* FROM placed p JOIN shared s ON s.platform = p.platform AND s.bucket = p.bucket
),
at_shop AS (
  SELECT platform, bucket, seller_no, count(DISTINCT buyer_no) AS buyers FROM kept GROUP BY platform, bucket, seller_no
),
everywhere AS (
  SELECT platform, bucket, sum(buyers) AS buyers, count(*) AS shops FROM at_shop GROUP BY platform, bucket
),
shop AS (
  SELECT platform, seller_no, count(DISTINCT buyer_no) AS buyers FROM fact_review
  WHERE length(bare) >= 8 AND seller_no IS NOT NULL GROUP BY platform, seller_no
),
total AS (
  SELECT platform, sum(buyers) AS buyers FROM shop GROUP BY platform
),
alike AS (
  SELECT k.review_no, a.buyers, e.shops,
         (s.buyers * (e.buyers - a.buyers) + 20 * a.buyers) / (t.buyers - s.buyers + 20) AS expected
  FROM kept k
  JOIN at_shop a ON a.platform = k.platform AND a.bucket = k.bucket AND a.seller_no = k.seller_no
  JOIN everywhere e ON e.platform = k.platform AND e.bucket = k.bucket
  JOIN shop s ON s.seller_no = k.seller_no
  JOIN total t ON t.platform = k.platform
),
best AS (
  SELECT review_no, max(buyers) AS buyers, max(round((buyers - 1 - expected) / sqrt(expected + 1), 4)) AS z,
         arg_max(round(expected, 3), (round((buyers - 1 - expected) / sqrt(expected + 1), 4), expected)) AS expected
  FROM alike
  WHERE buyers >= 2
  GROUP BY review_no
),
copied AS (
  SELECT platform, bare, count(DISTINCT buyer_no) AS buyers, count(DISTINCT seller_no) AS shops
  FROM fact_review
  WHERE length(bare) >= 12
  GROUP BY platform, bare
  HAVING min(buyer_no) < max(buyer_no)
)
SELECT r.review_no, r.order_no, r.seller_no,
       coalesce(b.buyers, 1) AS alike, coalesce(b.expected, 0) AS expected, coalesce(b.z, 0) AS z,
       coalesce(c.buyers, 1) AS copies, coalesce(c.shops, 1) AS copy_shops, length(r.bare) AS letters
FROM fact_review r
LEFT JOIN best b ON b.review_no = r.review_no
LEFT JOIN copied c ON c.platform = r.platform AND c.bare = r.bare
WHERE b.review_no IS NOT NULL OR c.bare IS NOT NULL
