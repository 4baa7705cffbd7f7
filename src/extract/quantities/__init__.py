"""The figures of a sentence."""
