"""The graph: Dagster assets and checks, each one verb on the warehouse. No formulas."""
