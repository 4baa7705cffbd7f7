"""A local web page on which records are corrected into gold."""
