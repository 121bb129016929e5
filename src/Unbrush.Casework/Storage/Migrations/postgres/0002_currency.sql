-- An amount without its currency cannot be added to another. The amount of a proposal is null where currencies mix.
ALTER TABLE proposals ADD COLUMN currency TEXT COLLATE "C";
UPDATE proposals SET currency = (
  SELECT max(coalesce(f.currency, 'CNY')) FROM occasion_findings x
  JOIN findings f ON f.kind = x.kind AND f.scope = x.scope AND f.subject_id = x.subject_id AND f.digest = x.digest
  WHERE x.occasion = proposals.occasion AND f.amount_e4 IS NOT NULL)
WHERE amount_e4 IS NOT NULL;

-- What stands of an occasion is asked with every decision and every scan; the index by standing alone would be walked whole.
CREATE INDEX proposals_by_occasion ON proposals (occasion, standing);
