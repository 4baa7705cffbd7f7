"""A figure to its object."""
