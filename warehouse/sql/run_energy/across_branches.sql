-- Energy of every training run by every method that applies, and what it was worked out from.
SELECT row_number() OVER (PARTITION BY branches.run_id ORDER BY method_order(branches.method)) = 1 AS is_headline
FROM branches AS branches
