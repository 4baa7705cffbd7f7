"""Compiled patterns, kept from run to run: `regex` takes longer to read the rules' patterns than a text takes."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import stat
import sys
from pathlib import Path
from typing import Any

import regex

from extract.errors import InputError

_MOST = 4096
"""So many patterns are kept; with more, those of this run alone."""
_LARGEST = 1 << 26
"""A file of more bytes is none of ours."""


class PatternStore:
    """Compiled patterns, with those that earlier runs have left in a file.

    A file that is not there, cannot be read, is not the user's own or is broken counts as empty: then patterns are
    compiled anew, with the same results.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, regex.Pattern[str]] | None = None
        self._used: dict[str, regex.Pattern[str]] = {}

    def compiled(self, pattern: str) -> regex.Pattern[str]:
        """Return `pattern`, `regex` syntax, compiled. Raises regex.error where it is none."""
        found = self._used.get(pattern)
        if found is None:
            if self._kept is None:
                self._kept = _read(self._path)
                atexit.register(self.save)
            found = self._kept.get(pattern) or regex.compile(pattern)
            self._used[pattern] = found
        return found

    def save(self) -> None:
        """Leave the patterns for later runs, in one step, if there are new ones; where that cannot be done, do not."""
        kept = self._kept or {}
        if self._used.keys() <= kept.keys():
            return
        patterns = {**kept, **self._used}
        from extract.write.csv import write_bytes

        data = pickle.dumps(patterns if len(patterns) <= _MOST else self._used)
        with contextlib.suppress(InputError):
            write_bytes(data, self._path)


class _Unpickler(pickle.Unpickler):
    """Reads pickled patterns and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the function that makes a compiled pattern. Raises pickle.UnpicklingError for anything else."""
        if name != "compile" or module.rpartition(".")[2] != "_regex":
            raise pickle.UnpicklingError(f"{module}.{name} is no pattern")
        return super().find_class(module, name)


def _read(path: Path) -> dict[str, regex.Pattern[str]]:
    """Return the patterns in the file at `path`, by their texts; none where it is not to be trusted."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            status = os.fstat(file.fileno())
            if not _is_own(status) or status.st_size > _LARGEST:
                return {}
            patterns = _Unpickler(io.BytesIO(file.read())).load()
    except Exception:  # whatever is broken in it, it is made anew
        return {}
    is_whole = isinstance(patterns, dict) and all(
        isinstance(pattern, regex.Pattern) and pattern.pattern == text for text, pattern in patterns.items()
    )
    return patterns if is_whole else {}


def _is_own(status: os.stat_result) -> bool:
    """Tell whether a file belongs to this user, who alone may write to it."""
    if not hasattr(os, "getuid"):
        return stat.S_ISREG(status.st_mode)
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & others


def store_path() -> Path:
    """Return the file of this version of Python and of `regex` in the user's folder for caches."""
    import platformdirs

    name = f"patterns-{sys.implementation.cache_tag}-{regex.__version__}.pickle"
    return platformdirs.user_cache_path("press-metrics-extract") / name


compiled = PatternStore(store_path()).compiled
