"""Finds the compiled modules that were made from the very sources of this package."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

FOLDER = "_native"
"""Where a package keeps its compiled modules: in a folder of the name that `fingerprint` gives."""
SHARED = "shared__mypyc"
"""The module with the code of all the others."""
PLAIN = "EXTRACT_PLAIN_PYTHON"
"""Where this variable of the environment is set to anything, the compiled modules are left alone."""


def fingerprint(package: Path, sources: Iterable[Path]) -> str:
    """Return 32 hexadecimal digits that change with any byte of `sources` in `package`, and with the kind of Python."""
    digest = blake2b(EXTENSION_SUFFIXES[0].encode(), digest_size=16)
    for source in sorted(sources):
        data = source.read_bytes()
        digest.update(f"\0{source.relative_to(package)}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def native_folder(package: Path) -> Path | None:
    """Return the folder of modules compiled for this Python from the sources in the folder `package`.

    None if there is none, or only of other sources, or if the environment asks for plain Python.
    """
    if os.environ.get(PLAIN):
        return None
    for folder in (package / FOLDER).glob("*"):
        names = [path.name.removesuffix(EXTENSION_SUFFIXES[0]) for path in folder.iterdir()]
        sources = [package / f"{name}.py" for name in names if name != SHARED]
        if all(source.exists() for source in sources) and fingerprint(package, sources) == folder.name:
            return folder
    return None
