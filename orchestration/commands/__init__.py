"""The commands of `footnote`: each asks the warehouse and lays out what it answers. No SQL, no formulas."""
