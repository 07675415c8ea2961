"""What we keep and work out: archive, claims, derived tables, lineage, releases. No scheduler."""
