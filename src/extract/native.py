"""Finds the compiled modules that were made from the very sources of this package, and has them stand in for these."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

FOLDER = "_native"
"""Where a package keeps its compiled modules: in a folder of the name that `fingerprint` gives."""
SHARED = "shared__mypyc"
"""The module with the code of all the others."""
PLAIN = "EXTRACT_PLAIN_PYTHON"
"""Where this variable of the environment is set to anything, the compiled modules are left alone."""


def fingerprint(package: Path, sources: Iterable[Path]) -> str:
    """The 32 hexadecimal digits that change with any byte of `sources` in `package`, and with the kind of Python."""
    digest = blake2b(EXTENSION_SUFFIXES[0].encode(), digest_size=16)
    for source in sorted(sources):
        data = source.read_bytes()
        digest.update(f"\0{source.relative_to(package).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def native_modules(package: Path) -> dict[str, Path] | None:
    """The modules compiled for this Python from the sources in the folder `package`, by their name below it.

    None if there are none, or only of other sources, or if the environment asks for plain Python.
    """
    if os.environ.get(PLAIN):
        return None
    for folder in (package / FOLDER).glob("*"):
        modules = {
            ".".join(path.relative_to(folder).parts).removesuffix(EXTENSION_SUFFIXES[0]): path
            for path in folder.rglob("*.*")
        }
        sources = [package / f"{name.replace('.', '/')}.py" for name in modules if name != SHARED]
        if all(source.exists() for source in sources) and fingerprint(package, sources) == folder.name:
            return modules
    return None


class _Finder:
    """Gives the compiled modules of a package instead of their sources."""

    def __init__(self, package: str, modules: dict[str, Path]) -> None:
        self._modules = {f"{package}.{name}": path for name, path in modules.items()}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the module `fullname` if it is compiled, else None; `path` and `target` change nothing."""
        del path, target
        place = self._modules.get(fullname)
        return spec_from_file_location(fullname, place) if place else None


def use_native(package: str, folder: Path) -> bool:
    """Have the compiled modules of `package` in `folder` imported from now on. Whether there are any."""
    modules = native_modules(folder)
    if modules:
        sys.meta_path.insert(0, _Finder(package, modules))
    return bool(modules)


@cache
def program_digest() -> str:
    """The 32 hexadecimal digits that change with any byte of the program's modules."""
    package = Path(__file__).parent
    return fingerprint(package, package.rglob("*.py"))
