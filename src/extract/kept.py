"""Keeps what is costly to make of rules and patterns from one process to the next.

It is in a file of a folder for temporary files, as jieba's dictionary is. The file is a pickle, which could run
anything: it is read only where it and its folder belong to this user and nobody else may write them.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import regex

from extract.program import program_digest

T = TypeVar("T")

_MADE_BY = f"{sys.version}\0{sys.byteorder}\0{regex.__version__}\0"
_SUFFIX = ".pickle"
_DIGEST = 32
_FILES = 8
"""So many files are left, the last ones: rules and programs that change leave one each time."""
_NOT_OURS = stat.S_IRWXG | stat.S_IRWXO

_results: dict[tuple[str, ...], Any] = {}


def recall(key: tuple[str, ...], make: Callable[[], T]) -> T:
    """Return what `make` returned for `key` once, here or in an earlier process whose `Keeper` has kept it.

    `key` names what is made and all that it is made of, but for the program and Python.
    """
    if key not in _results:
        _results[key] = make()
    return cast("T", _results[key])


class Keeper:
    """The file of what was made for `name`, which tells one set of rules from another.

    What it holds is there for `recall` as soon as this exists. A file that is not there, not whole, not this user's or
    of another program is passed over; what cannot be written is not kept.
    """

    def __init__(self, name: str) -> None:
        self._stamp = hashlib.sha256(f"{_MADE_BY}{program_digest()}\0{name}".encode()).digest()
        self._path = _folder() / f"{self._stamp.hex()[:_DIGEST]}{_SUFFIX}"
        with suppress(Exception):  # whatever is wrong with it, all can be made anew
            _results.update(self._read())
        self._size = len(_results)

    def keep(self) -> None:
        """Write the file anew if something was made since."""
        if len(_results) == self._size:
            return
        self._size = len(_results)
        with suppress(OSError):
            self._write()

    def _read(self) -> dict[tuple[str, ...], Any]:
        if not _is_closed(os.lstat(self._path.parent), stat.S_ISDIR):
            return {}
        handle = os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            data = file.read() if _is_closed(os.fstat(handle), stat.S_ISREG) else b""
        body = memoryview(data)[2 * _DIGEST :]
        if data[: 2 * _DIGEST] != self._stamp + hashlib.sha256(body).digest():
            return {}
        with _no_collection():
            return cast("dict[tuple[str, ...], Any]", pickle.loads(body))

    def _write(self) -> None:
        folder = self._path.parent
        folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
        if not _is_closed(os.lstat(folder), stat.S_ISDIR):
            return
        body = pickle.dumps(_results.copy(), pickle.HIGHEST_PROTOCOL)
        handle, name = tempfile.mkstemp(_SUFFIX, dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self._stamp + hashlib.sha256(body).digest() + body)
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)
        files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_FILES:]:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir()) / f"press-metrics-extract-{user}"


def _is_closed(status: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Tell whether a folder or file is of this kind, belongs to this user and is closed to all others.

    Where there are no users by number, as on Windows, folders for temporary files are each user's own.
    """
    if not hasattr(os, "getuid"):
        return is_kind(status.st_mode)
    return is_kind(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & _NOT_OURS


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep Python from looking for garbage among many new objects."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
