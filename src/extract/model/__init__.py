"""The nouns of the program, plain data."""
