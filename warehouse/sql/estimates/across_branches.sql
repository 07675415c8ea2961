-- Which estimate of a run is shown first: the best method that applies.
SELECT row_number() OVER (PARTITION BY branches.run_id ORDER BY method_order(branches.method)) = 1 AS is_headline
FROM branches AS branches
