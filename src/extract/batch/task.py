"""A task: some documents that one worker extracts one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.errors import InputError
from extract.model.document import Document


@dataclass(frozen=True, slots=True)
class File:
    """A document file, with its bytes as read; `name` is that of its document, '' for the file's own."""

    path: Path
    data: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a batch: the file and the number of its row, from 1."""

    source: str
    number: int
    document: Document


Item = File | Row | InputError
"""A document, or what is wrong with the one that would stand there."""


@dataclass(frozen=True, slots=True)
class Task:
    """Documents in input order; which ones depends on the inputs alone, never on the number of workers."""

    items: tuple[Item, ...]

    @property
    def size(self) -> int:
        """How much it holds: bytes of files and characters of rows."""
        return sum(_size(item) for item in self.items)


def fault_at(item: Item, problem: str, hint: str = "") -> InputError:
    """Return the error that names the file and row of `item`."""
    if isinstance(item, InputError):
        return item
    if isinstance(item, File):
        return InputError(str(item.path), problem, hint=hint)
    return InputError(item.source, problem, where=f"row {item.number}", hint=hint)


def _size(item: Item) -> int:
    if isinstance(item, InputError):
        return 0
    return len(item.data) if isinstance(item, File) else len(item.document.text)
