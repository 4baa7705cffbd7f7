"""Where rules are, and what tells one set of them from another."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from extract.errors import InputError

_SUFFIXES = (".csv", ".yaml")
_HANDMADE = "-hand.csv"


def shipped_rules() -> Path:
    """Return the folder of the rules that come with the program, installed or in a checkout."""
    here = Path(__file__).resolve()
    installed = here.parents[1] / "rules"
    return installed if installed.is_dir() else here.parents[3] / "rules"


def rule_folders(folder: Path | None) -> list[Path]:
    """Return the folder of the shipped rules and that of the user.

    Raises InputError where he has none, or one with a file that nothing reads since its name is wrong.
    """
    if folder is not None and not folder.is_dir():
        raise InputError(str(folder), "no such folder of rules")
    for fault in strange_files(folder) if folder else ():
        if Path(fault.source).suffix in _SUFFIXES:
            raise fault
    return [shipped_rules(), folder] if folder else [shipped_rules()]


def strange_files(folder: Path) -> Iterator[InputError]:
    """Yield a fault for each file of a folder of rules that nothing reads, but for notes in Markdown."""
    names = {path.name for path in shipped_rules().iterdir() if path.suffix in _SUFFIXES}
    names |= {name.replace(".csv", _HANDMADE) for name in names if name.endswith(".csv")}
    for path in sorted(folder.iterdir()):
        if path.name not in names and not path.name.startswith(".") and path.suffix != ".md":
            near = difflib.get_close_matches(path.name, names, 1)
            hint = f"is it {near[0]}?" if near else f"those that are read are {', '.join(sorted(names))}"
            yield InputError(str(path), "is read by nothing", hint=hint)


def rules_digest(folder: Path | None = None) -> str:
    """Return 32 hexadecimal digits that change with any byte of the shipped rules or of those in `folder`.

    Raises InputError where there is no such folder, or one of its files cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    for rules in rule_folders(folder):
        for path in sorted(path for path in rules.glob("*") if path.suffix in _SUFFIXES):
            try:
                data = path.read_bytes()
            except OSError as error:
                raise InputError(str(path), f"cannot be read: {error.strerror}") from error
            digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
        digest.update(b"\0")
    return digest.hexdigest()
