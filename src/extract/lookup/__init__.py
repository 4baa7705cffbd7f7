"""Looks into coded records: finds them by words, compares them over areas and periods."""
