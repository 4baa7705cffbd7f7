"""A task in, its part out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from extract.batch.cut import Inputs, given
from extract.batch.part import Part
from extract.batch.task import File, Item, Task, fault_at
from extract.errors import InputError
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.read import document_names, parse_document


class Extractor(Protocol):
    """What finds the metrics of a document: a Pipeline."""

    def extract(self, document: Document) -> Extraction:
        """Return what is found in `document`."""


Factory = Callable[[], Extractor]
"""Makes the extractor of a worker; other processes get it pickled. Raises InputError where the rules are wrong."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How document files are read: the date of publication, area and issuer given from outside, the largest size."""

    published: str
    max_size: int
    area: str = ""
    issuer: str = ""


def _nothing(_: int) -> None:
    pass


def work(task: Task, extractor: Extractor, reading: Reading, begin: Callable[[int], None] = _nothing) -> Part:
    """Extract the documents of `task`, and return its part; what fails is a fault of its document alone.

    `begin` is told the index of each item before it is taken up.
    """
    part = Part()
    for index, item in enumerate(task.items):
        begin(index)
        try:
            part.add(extractor.extract(_document(item, reading)))
        except InputError as fault:
            part.faults.append(fault)
        except Exception as error:
            problem = f"stopped the program: {type(error).__name__}: {error}"
            part.faults.append(fault_at(item, problem, "report it with this text"))
            part.is_final = False
    return part


def documents(inputs: Inputs) -> Iterator[Document | InputError]:
    """Yield each document of `inputs` in order, and in its place what cannot be read."""
    files, faults = inputs.files()
    yield from faults
    reading = Reading(inputs.published, inputs.max_size, inputs.area, inputs.issuer)
    names = document_names(files)
    for item in (item for path in files for task in inputs.tasks(path, names[path]) for item in task.items):
        try:
            yield _document(item, reading)
        except InputError as fault:
            yield fault


def _document(item: Item, reading: Reading) -> Document:
    if isinstance(item, InputError):
        raise item
    if isinstance(item, File):
        document = parse_document(item.path, item.data, reading.published, reading.max_size)
        document = replace(document, name=item.name) if item.name else document
        return given(document, "", reading.area, reading.issuer)
    return item.document
