"""Tells one set of rules from another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.errors import InputError
from extract.rulebook.folders import rule_folders

_SUFFIXES = (".csv", ".yaml")


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
