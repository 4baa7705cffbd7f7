"""Keeps what is made of the rules from run to run: reading them takes longer than a text does.

It lies in the user's folder for caches. The file is a pickle, which might run anything: it is read only where it is the
user's own and nobody else may write to it, and then nothing but rules and patterns is taken out of it.
"""

from __future__ import annotations

import copyreg
import gc
import hashlib
import io
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import platformdirs
import regex

from extract.native import program_digest

T = TypeVar("T")

_SUFFIX = ".pickle"
_DIGEST = 32
_LARGEST = 1 << 22
"""Of more bytes, only what this run has used is kept: rules that were changed often leave much."""
_FILES = 8
"""So many files are left, the last ones; each belongs to another program or version of Python."""

_READING: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""No link is followed, and nobody waits for what a pipe in the place of the file may bring."""
_NOTHING: Final = object()

_Key = tuple[str, str]
_Kind = type | tuple[type, ...]


class Cache:
    """Results by what they are and what they were made of, with those that earlier runs have left in `folder`.

    Nothing is read or written before the first result is asked for. A file that is not there, cannot be read, is no
    plain file, is not the user's own, is not whole or is of another program counts as empty: all is made anew then,
    with the same results.
    """

    def __init__(self, folder: Path) -> None:
        made_by = f"{sys.version}\0{sys.byteorder}\0{regex.__version__}\0{program_digest()}"
        self._stamp = hashlib.sha256(made_by.encode()).digest()
        self._path = folder / f"{self._stamp.hex()[:_DIGEST]}{_SUFFIX}"
        self._kept: dict[_Key, Any] | None = None
        self._used: dict[_Key, Any] = {}
        self._has_new = False

    def recall(self, what: str, source: str, kind: _Kind, make: Callable[[], T]) -> T:
        """What `make` returns, or has returned before for `what` and `source`, here or in an earlier run.

        `source` tells all that it depends on but the program and Python. What an earlier run has left is of `kind`,
        or made anew.
        """
        key = (what, source)
        if key not in self._used:
            if self._kept is None:
                self._kept = self._read()
            if isinstance(self._kept.get(key, _NOTHING), kind):
                self._used[key] = self._kept[key]
            else:
                self._used[key] = make()
                self._has_new = True
        return cast("T", self._used[key])

    def save(self) -> None:
        """Leave the results for later runs, in one step, if there are new ones; where that cannot be done, do not."""
        if not self._has_new:
            return
        self._has_new = False
        used = self._used.copy()
        data = pickle.dumps({**(self._kept or {}), **used}, pickle.HIGHEST_PROTOCOL)
        if len(data) > _LARGEST:
            data = pickle.dumps(used, pickle.HIGHEST_PROTOCOL)
        with suppress(OSError):
            self._write(self._stamp + hashlib.sha256(data).digest() + data)

    def _read(self) -> dict[_Key, Any]:
        was_on = gc.isenabled()
        gc.disable()  # it would look through the new objects again and again
        try:
            with os.fdopen(os.open(self._path, _READING), "rb") as file:
                content = file.read() if _is_own(os.fstat(file.fileno())) else b""
            data = content[2 * _DIGEST :]
            if content[: 2 * _DIGEST] != self._stamp + hashlib.sha256(data).digest():
                return {}
            kept = _Unpickler(io.BytesIO(data)).load()
            return kept if isinstance(kept, dict) else {}
        except Exception:  # whatever is wrong with it, it is made anew
            return {}
        finally:
            if was_on:
                gc.enable()

    def _write(self, content: bytes) -> None:
        folder = self._path.parent
        if not folder.is_absolute():  # nobody knows the user's home
            return
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(_SUFFIX, dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)
        files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_FILES:]:
            path.unlink(missing_ok=True)


class _Unpickler(pickle.Unpickler):
    """Reads pickled patterns and rules and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The function that makes a pattern, or a class of rules. Raises pickle.UnpicklingError for others."""
        if (module, name) == (_compile.__module__, _compile.__name__):
            return _compile
        if module.startswith(_RULES) and module in sys.modules:
            found = getattr(sys.modules[module], name, None)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no pattern and no rule")


_RULES = "extract.rulebook."
"""Where the classes of rules are: the caller has imported them."""
_compile: Any = copyreg.dispatch_table[regex.Pattern](regex.compile(""))[0]


def _is_own(status: os.stat_result) -> bool:
    """Whether a file belongs to this user, and nobody else may write to it."""
    if not hasattr(os, "getuid"):
        return stat.S_ISREG(status.st_mode)
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & others


@cache
def user_cache() -> Cache:
    """That of this process, in the user's folder for caches; the first who makes a pattern or reads rules opens it."""
    return Cache(platformdirs.user_cache_path("press-metrics-extract"))
