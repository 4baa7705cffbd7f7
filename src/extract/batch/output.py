"""The output folder of a run: its tables, texts, and the parts it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from extract.batch.part import Part
from extract.batch.tables import TABLES, TEXT_SUFFIX, text_name
from extract.errors import InputError
from extract.write import unwritable
from extract.write.lock import FolderLock
from extract.write.sinks import DEFAULT_FORMATS, Place, Sinks

PARTS_NAME = ".parts"
TEXTS_NAME = "text"


class Output:
    """The folder `folder`, this run's alone while the block lasts; made if need be, removed if nothing came into it.

    Tables and texts take their places when it is finished. Until then they are in the folder of parts under names with
    a dot, so that a run that is killed leaves the earlier ones as they were. Raises InputError where the folder cannot
    be written or another run is at it.
    """

    def __init__(self, folder: Path, formats: Sequence[str] = DEFAULT_FORMATS) -> None:
        self.folder = folder
        self.parts = folder / PARTS_NAME
        self._texts: dict[str, Path] = {}
        self._formats = formats
        self._place = Place(folder, self.parts)
        self._sinks: Sinks | None = None
        self._made: list[Path] = []
        self._lock: FolderLock | None = None

    def __enter__(self) -> Output:
        missing = [path for path in (self.parts, *self.parts.parents) if not path.exists()]
        if self.parts.is_symlink():
            hint = "remove it or give another folder"
            raise InputError(str(self.parts), "is a link, and what lies behind it would be removed", hint=hint)
        try:
            self.parts.mkdir(parents=True, exist_ok=True)
            self._made = missing
            self._lock = FolderLock(self.folder, "another run is writing to this folder")
            self._clear()
        except OSError as error:
            raise unwritable(self.folder / f"{TABLES[0].name}.csv", error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._place.leave(error)
        finally:
            self._leave()

    def finish(self) -> None:
        """Put texts and tables in their places."""
        if self._sinks:
            self._sinks.finish()
        texts = self.folder / TEXTS_NAME
        try:
            for name, path in self._texts.items():
                target = texts / text_name(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        except OSError as error:
            raise unwritable(texts, error) from error
        self._place.settle()

    def _clear(self) -> None:
        """Remove what was not finished."""
        for left in list(self.parts.glob(".*")):
            if left.is_symlink() or not left.is_dir():
                left.unlink()

    def _leave(self) -> None:
        with suppress(OSError):
            self._clear()
            self.parts.rmdir()
            for path in self._made[1:]:
                path.rmdir()
        if self._lock is not None:
            self._lock.close()

    def add(self, part: Part) -> None:
        """Add the part of the next task. Raises InputError where it cannot be written."""
        if not part.summary.documents:
            return
        if not self._sinks:
            self._sinks = Sinks(self._formats, self._place)
        self._sinks.add({name: bytes(lines) for name, lines in part.lines.items()})
        for name, text in part.texts.items():
            path = self._texts.setdefault(name, self.parts / f".{len(self._texts)}{TEXT_SUFFIX}")
            try:
                path.write_bytes(text)
            except OSError as error:
                raise unwritable(self.folder / TEXTS_NAME / text_name(name), error) from error
