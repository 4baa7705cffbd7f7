"""The command `extract`: run, show, eval, gate."""

from extract.cli.app import app, main

__all__ = ["app", "main"]
