"""Rules for estimates by region: what holds for estimates, and regions that belong to their provider."""

from __future__ import annotations

from warehouse.expectations import TableSuite
from warehouse.expectations.estimates import EMISSIONS_FOLLOW, EMISSIONS_OFF, METHOD_KNOWN
from warehouse.expectations.regions import REGION_OF_PROVIDER, REGION_PLACE

TABLE = TableSuite(
    rules=(METHOD_KNOWN, EMISSIONS_FOLLOW, REGION_OF_PROVIDER),
    columns={"emissions_off": EMISSIONS_OFF, "is_of_provider": "t.provider_id = place.part_of"},
    joins=REGION_PLACE,
)
