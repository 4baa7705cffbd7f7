"""Joins records to other data: codes for indicator, unit, area and time, and checks of one record by another."""
