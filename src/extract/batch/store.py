"""Keeps the parts of finished tasks in a folder, each under a key that tells what it was made of and by what."""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from extract.batch.part import Part, unpacked
from extract.batch.task import File, Row, Task
from extract.native import program_digest
from extract.write import replacing

if TYPE_CHECKING:
    from hashlib import blake2b

_PACKAGE = "press-metrics-extract"
_SUFFIX = ".part"


class Store:
    """The parts in the folder `folder` that were made by one program with the same rules and options.

    `made_by` names the rules and options; the program and its libraries are added to it.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self.folder = folder
        self._seed = f"{_program()}\0{made_by}".encode()

    def key(self, task: Task) -> str:
        """Return the key of the part of `task`: 32 hexadecimal digits of its content, names, rules and program."""
        digest = hashlib.blake2b(self._seed, digest_size=16)
        for item in task.items:
            if isinstance(item, File):
                about = f"{item.path}\0{item.name}".encode("utf-8", "surrogateescape")
                _put(digest, b"file", about, item.data)
            elif isinstance(item, Row):
                document = item.document
                facts = (
                    item.source,
                    item.number,
                    document.name,
                    document.published,
                    document.stamp,
                    document.area,
                    document.issuer,
                    document.repairs,
                )
                text = document.text.encode("utf-8", "surrogatepass")
                _put(digest, b"row", repr(facts).encode("utf-8", "surrogatepass"), text)
            else:
                _put(digest, b"fault", repr(item.args).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def read(self, key: str) -> Part | None:
        """Return the part under `key`, None where there is none, or none that is whole."""
        try:
            return unpacked(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None

    def write(self, key: str, part: Part, data: bytes) -> None:
        """Keep `part`, which is `data` when packed, under `key`; not where it holds nothing, or may come to more.

        Raises InputError where it cannot be written.
        """
        if part.is_final and part.summary.documents:
            with replacing(self._path(key), is_lasting=False) as file:  # a torn part is told by its checksum
                file.write(data)

    def keep(self, keys: set[str]) -> None:
        """Remove all parts but those under `keys`; without any, the folder too."""
        names = {self._path(key).name for key in keys}
        for path in list(self.folder.glob(f"*{_SUFFIX}")):
            if path.name not in names:
                path.unlink(missing_ok=True)
        if not names:
            with suppress(OSError):  # something of others lies in it
                self.folder.rmdir()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_SUFFIX}"


def _put(digest: blake2b, *pieces: bytes) -> None:
    """Add `pieces` to a digest, each with its length."""
    for piece in pieces:
        digest.update(len(piece).to_bytes(8))
        digest.update(piece)


@cache
def _program() -> str:
    """Return a digest of the program's modules, and the versions of Python and of the libraries."""
    try:
        needed = [match[0] for line in requires(_PACKAGE) or () if (match := regex.match(r"[\w.-]+", line))]
    except PackageNotFoundError:
        needed = []
    return " ".join([program_digest(), sys.version, *(f"{name}={_version(name)}" for name in needed)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
