"""When, where and whether a figure holds."""
