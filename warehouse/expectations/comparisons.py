"""Rules for comparisons: ratios are positive, and their two sides share no claim that is itself a range.

A shared range cancels in a ratio, so that ends taken apart would overstate it. Runs have their own claims; what two
sides can share are the claims about places and accelerators, which the rows they were computed from name.
"""

from __future__ import annotations

from warehouse.expectations import TableSuite, above, absent

#: The claims of a row: its own, and those of the rows that it was computed from. A claim counts as a range if it is
#: one, or if it is an end of one: the lowest or the highest of several products or fractions.
SIDES = """
ranged AS (
    SELECT claim.claim_id FROM claim WHERE claim.low < claim.high
    UNION
    SELECT unnest(list_value(*COLUMNS(
        lambda name: ends_with(name, '_claim_id') AND (starts_with(name, 'lowest_') OR starts_with(name, 'highest_'))
    ))) AS claim_id
    FROM accelerators AS t
),
of_parts AS (
    SELECT t.row_id, unnest(list_value(*COLUMNS(lambda name: ends_with(name, '_claim_id')))) AS claim_id
    FROM accelerators AS t
    UNION ALL
    SELECT t.row_id, unnest(list_value(*COLUMNS(lambda name: ends_with(name, '_claim_id')))) AS claim_id
    FROM accelerator_time AS t
    UNION ALL
    SELECT t.row_id, unnest(list_value(*COLUMNS(lambda name: ends_with(name, '_claim_id')))) AS claim_id
    FROM run_compute AS t
    UNION ALL
    SELECT t.run_energy_id, unnest(list_value(*COLUMNS(lambda name: ends_with(name, '_claim_id')))) AS claim_id
    FROM run_energy AS t
),
made_of AS (
    SELECT estimate.estimate_id AS row_id, unnest([
        energy.run_energy_id, energy.accelerator_row_id, energy.usage_row_id, energy.compute_row_id
    ]) AS part_row_id
    FROM estimates AS estimate
    JOIN run_energy AS energy ON energy.run_energy_id = estimate.energy_row_id
),
of_estimates AS (
    SELECT estimate.estimate_id AS row_id, estimate.pue_claim_id AS claim_id FROM estimates AS estimate
    UNION
    SELECT made_of.row_id, of_parts.claim_id FROM made_of JOIN of_parts ON of_parts.row_id = made_of.part_row_id
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
