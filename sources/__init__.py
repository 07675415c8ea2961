"""What the outside says: adapters, curated tables, baselines and the bibliography. No database, no scheduler."""
