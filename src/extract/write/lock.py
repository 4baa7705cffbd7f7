"""Keeps two runs out of one folder."""

from __future__ import annotations

import os
from pathlib import Path

from extract.errors import InputError

try:
    import fcntl
except ImportError:  # Windows has other locks
    fcntl = None  # type: ignore[assignment]


class FolderLock:
    """The folder `folder` for this process alone, until `close` or its end, however that comes.

    Raises InputError where another process has it, of which `busy` tells what it does there. Where the disk or the
    system has no such locks, nobody is kept out.
    """

    def __init__(self, folder: Path, busy: str) -> None:
        self._handle = -1
        if fcntl is None:
            return
        self._handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self.close()
            raise InputError(str(folder), busy, hint="wait for it or give another folder") from error
        except OSError:
            return

    def close(self) -> None:
        """Let others in."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = -1
