"""Keeps rules in order: what is wrong with them, what each decides, and what a change of them changes."""
