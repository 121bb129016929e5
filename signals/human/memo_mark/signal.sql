-- Words by which sellers mark their own brushed orders.
SELECT order_no, 1 AS value, 0.0 AS expected, false AS hard, left(regexp_replace(memo, '[\x00-\x1F]', ' ', 'g'), 40) AS memo
FROM fact_order
WHERE regexp_matches(memo, '刷单|刷手|放单|空包|假单|^\s*刷\s*\d*\s*$|(^|[^A-Za-z0-9])[sS]单|[Bb]rush(ed|ing)? ?order')
  AND NOT regexp_matches(memo, '空包装|别是?空包|不要空包|勿发?空包|是空包|怕.*空包|不刷单|拒绝刷单')
