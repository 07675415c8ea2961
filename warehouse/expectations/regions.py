"""Rules for the table of regions: each belongs to its provider, and its figures are plausible."""

from __future__ import annotations

from warehouse.expectations import TableSuite, holds

REGION_OF_PROVIDER = holds(
    "region_of_provider", "A region belongs to its provider", "blocking", "is_of_provider", shows="region_id"
)
REGION_PLACE = "LEFT JOIN entity AS place ON place.kind = 'region' AND place.entity_id = t.region_id"

TABLE = TableSuite(
    rules=(REGION_OF_PROVIDER,),
    columns={"is_of_provider": "coalesce(t.provider_id = place.part_of, false)"},
    joins=REGION_PLACE,
)
