"""Rules for comparisons: ratios are positive, and their two sides share no claim that is itself a range.

A shared range cancels in a ratio, so that ends taken apart would overstate it. Runs have their own claims; what two
sides can share are the claims about places and accelerators, which the rows they were computed from name.
"""

from __future__ import annotations

from warehouse.expectations import TableSuite, above, absent

SIDES = """
ranged AS (SELECT claim_id FROM claim WHERE low < high),
of_estimates AS (
    SELECT t.estimate_id AS row_id, unnest(list_value(*COLUMNS(lambda name: ends_with(name, '_claim_id')))) AS claim_id
    FROM estimates AS t
    UNION
    SELECT estimate.estimate_id AS row_id, unnest([
        part.tdp_w_claim_id, part.lowest_tdp_w_claim_id, part.highest_tdp_w_claim_id, part.peak_flops_fp16_claim_id,
        part.lowest_peak_flops_claim_id, part.highest_peak_flops_claim_id
    ]) AS claim_id
    FROM estimates AS estimate
    JOIN accelerators AS part ON part.row_id = estimate.accelerator_row_id
),
of_places AS (
    SELECT
        place.estimate_by_region_id AS row_id,
        unnest([place.pue_claim_id, place.grid_intensity_g_per_kwh_claim_id]) AS claim_id
    FROM estimates_by_region AS place
),
ranged_estimates AS (SELECT of_estimates.row_id, of_estimates.claim_id FROM of_estimates JOIN ranged USING (claim_id)),
ranged_places AS (SELECT of_places.row_id, of_places.claim_id FROM of_places JOIN ranged USING (claim_id)),
shared AS (
    SELECT pair.comparison_id, min(one.claim_id) AS claim_id
    FROM comparisons AS pair
    JOIN ranged_estimates AS one ON one.row_id = pair.estimate_row_id
    JOIN ranged_estimates AS other ON other.row_id = pair.other_row_id AND other.claim_id = one.claim_id
    GROUP BY pair.comparison_id
    UNION ALL
    SELECT pair.comparison_id, min(one.claim_id) AS claim_id
    FROM comparisons AS pair
    JOIN ranged_places AS one ON one.row_id = pair.place_row_id
    JOIN ranged_places AS other ON other.row_id = pair.lowest_row_id AND other.claim_id = one.claim_id
    GROUP BY pair.comparison_id
)"""

TABLE = TableSuite(
    rules=(
        absent("no_shared_range", "The two sides of a ratio share no claim with a range", "blocking", "shared_claim"),
        above("energy_ratio_positive", "A ratio of energies is above 0", "blocking", "energy_ratio_low", 0),
        above("emissions_ratio_positive", "A ratio of emissions is above 0", "blocking", "emissions_ratio_low", 0),
    ),
    columns={"shared_claim": "'claim ' || shared.claim_id"},
    steps=SIDES.strip(),
    joins="LEFT JOIN shared ON shared.comparison_id = t.comparison_id",
)
