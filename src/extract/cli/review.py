"""`extract review`."""

from pathlib import Path

from rich.console import Console


def review_folder(folder: Path, port: int, rules: Path | None, out: Console) -> None:
    raise NotImplementedError
