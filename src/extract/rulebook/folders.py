"""Where rules are."""

from __future__ import annotations

from pathlib import Path

from extract.errors import InputError


def shipped_rules() -> Path:
    """Return the folder of the rules that come with the program, installed or in a checkout."""
    here = Path(__file__).resolve()
    installed = here.parents[1] / "rules"
    return installed if installed.is_dir() else here.parents[3] / "rules"


def rule_folders(folder: Path | None) -> list[Path]:
    """Return the folder of the shipped rules and that of the user. Raises InputError where he has none."""
    if folder is not None and not folder.is_dir():
        raise InputError(str(folder), "no such folder of rules")
    return [shipped_rules(), folder] if folder else [shipped_rules()]
