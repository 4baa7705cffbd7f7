"""Characters to words and numbers."""
