-- Energy and emissions of every training run by every method that applies, at the place where it ran; the best method
-- is the headline.
SELECT row_number() OVER (PARTITION BY branches.run_id ORDER BY method_order(branches.method)) = 1 AS is_headline
FROM branches AS branches
