"""Patterns tried only where they can match, and what keeps them."""
