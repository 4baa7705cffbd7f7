"""Counts over a collection of texts: how words are used, what units count; the tables of counts in `rules/`."""
