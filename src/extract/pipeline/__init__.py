"""Composes the stages: a document in, its metrics out."""
