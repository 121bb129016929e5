-- Names that ClickHouse has and DuckDB lacks, and the few words of our own. One statement a macro.
CREATE OR REPLACE MACRO greatCircleDistance(lon1, lat1, lon2, lat2) AS
  CASE WHEN lon1 + lat1 + lon2 + lat2 IS NULL THEN NULL
       ELSE 2 * 6371008.8 * asin(least(1.0, sqrt(pow(sin(radians(lat2 - lat1) / 2), 2)
         + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2)))) END;
-- A 64-bit name for a key; null stays null.
CREATE OR REPLACE MACRO key_hash(x) AS CASE WHEN x IS NULL THEN NULL ELSE hash(x) END;
-- The city of a region code: four digits of GB/T 2260, or an ISO 3166-2 code as it is.
CREATE OR REPLACE MACRO city_of(region) AS
  CASE WHEN regexp_matches(region, '^[0-9]{6}$') THEN left(region, 4) ELSE region END;
-- The province of a region code: two digits of GB/T 2260, or an ISO 3166-2 code as it is.
CREATE OR REPLACE MACRO province_of(region) AS
  CASE WHEN regexp_matches(region, '^[0-9]{6}$') THEN left(region, 2) ELSE region END;
-- True for a code of GB/T 2260; what is coded otherwise lies abroad (ISO 3166-2).
CREATE OR REPLACE MACRO domestic(region) AS regexp_matches(region, '^[0-9]{6}$');
-- True where one region code contains the other (a province contains its cities) or they are equal.
CREATE OR REPLACE MACRO regions_meet(a, b) AS
  CASE WHEN regexp_matches(a, '^[0-9]{6}$') AND regexp_matches(b, '^[0-9]{6}$')
       THEN starts_with(a, rtrim(left(b, 4), '0')) OR starts_with(b, rtrim(left(a, 4), '0'))
       ELSE a = b END;
-- A rate from counts, drawn towards a parent's rate as if that many parent cases had been seen (Beta-binomial).
CREATE OR REPLACE MACRO shrunk_rate(hits, n, parent, weight) AS (hits + parent * weight) / (n + weight);
-- The share of genuine cases that would look so, as the value that missing events are weighed by: 0.99 → 2.
CREATE OR REPLACE MACRO rarity(share_present) AS
  CASE WHEN share_present IS NULL THEN NULL ELSE -log10(greatest(1.0 - share_present, 0.0005)) END;
-- How rarely (-log10, Chernoff's bound) chance makes n or more where it makes `mean` on average; 0 where n is no more.
CREATE OR REPLACE MACRO poisson_rarity(n, mean) AS
  CASE WHEN n <= mean OR n = 0 OR mean <= 0 THEN 0.0 ELSE (n * ln(n / mean) - (n - mean)) / ln(10) END;
-- A share as a rarity (-log10), never beyond six.
CREATE OR REPLACE MACRO rareness(share) AS -log10(greatest(CAST(share AS DOUBLE), 0.000001));
