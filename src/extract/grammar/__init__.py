"""Words to clauses and noun phrases."""
