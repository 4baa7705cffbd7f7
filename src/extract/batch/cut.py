"""Cuts the inputs of a run into tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.batch.task import File, Item, Row, Task
from extract.errors import InputError
from extract.model.document import Document
from extract.read import BatchColumns, document_name, find_inputs, is_batch, read_batch, read_bytes

_CHARACTERS = 1 << 16
_ROWS = 256
"""A slice of a batch ends when it has so many characters, or so many rows."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads: the user's paths and the options for reading them."""

    paths: Sequence[Path]
    columns: BatchColumns
    published: str
    max_size: int
    area: str = ""
    issuer: str = ""

    def files(self) -> tuple[list[Path], list[InputError]]:
        """Return the files that the paths mean, and what is wrong with the others."""
        return find_inputs(self.paths)

    def tasks(self, path: Path, name: str = "") -> Iterator[Task]:
        """Yield the tasks of one file in order: a document file is one, of a batch each slice of rows.

        `name` is that of its document, or goes before the numbers of its rows; '' is the file's own.
        """
        own = document_name(path)
        if is_batch(path):
            yield from self._slices(path, "" if name == own else name)
        else:
            yield Task((self._file(path, "" if name == own else name),))

    def _file(self, path: Path, name: str) -> Item:
        try:
            return File(path, read_bytes(path, self.max_size), name)
        except InputError as fault:
            return fault
        except Exception as error:
            return stopped(str(path), error)

    def _slices(self, path: Path, name: str) -> Iterator[Task]:
        items: list[Item] = []
        characters = 0
        try:
            for number, row in read_batch(path, self.columns, self.max_size):
                if isinstance(row, Document):
                    characters += len(row.text)
                    items.append(Row(str(path), number, _renamed(self._dated(row), path, number, name)))
                else:
                    items.append(row)
                if characters >= _CHARACTERS or len(items) >= _ROWS:
                    yield Task(tuple(items))
                    items, characters = [], 0
        except InputError as fault:
            items.append(fault)
        except Exception as error:
            items.append(stopped(str(path), error))
        if items:
            yield Task(tuple(items))

    def _dated(self, row: Document) -> Document:
        return given(row, self.published, self.area, self.issuer)


def stopped(source: str, error: Exception) -> InputError:
    """Return what the user is told of an error that no reader may raise: it costs the run this input alone."""
    problem = f"stopped the program: {type(error).__name__}: {error}"
    return InputError(source, problem, hint="report it with this file")


def _renamed(row: Document, path: Path, number: int, name: str) -> Document:
    """Return a row of the batch `path` that is named by its number as one that is named by `name` and the number."""
    is_numbered = name and row.name == f"{path.name.split('.')[0]}#{number}"
    return replace(row, name=f"{name}#{number}") if is_numbered else row


def given(document: Document, published: str, area: str, issuer: str) -> Document:
    """Return `document` with what the user gives for all inputs; '' leaves what it has."""
    if not (published or area or issuer):
        return document
    return replace(
        document,
        published=published or document.published,
        area=area or document.area,
        issuer=issuer or document.issuer,
    )
