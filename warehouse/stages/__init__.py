"""The stages of a build, from names to pictures; each is a step (`warehouse.steps`) or several."""
