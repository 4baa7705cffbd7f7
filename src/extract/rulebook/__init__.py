"""The rules of `rules/`, read and validated: see `schema` for what a file holds, `load` for how it is read."""
