"""`extract export` and `extract import`: records to other tools and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from extract.batch import Inputs
from extract.batch.work import documents
from extract.cli.choices import Format
from extract.cli.progress import Steps, all_or_nothing
from extract.errors import InputError
from extract.evaluation.gold import GOLD_SUFFIX, OWNER, GoldDocument, read_gold_folder
from extract.exchange import conll_lines, labelling_config, read_tasks, task_of
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric, to_row
from extract.model.sentence import Sentence
from extract.pipeline.pipeline import Pipeline
from extract.read import DEFAULT_MAX_SIZE, BatchColumns
from extract.read.decode import decode_bytes
from extract.write import csv_head, csv_rows, write_bytes, write_text

CONFIG_SUFFIX = ".xml"


@dataclass(slots=True)
class Source:
    """What is exported: gold folders, or documents with what the pipeline finds in them."""

    paths: Sequence[Path]
    is_gold: bool
    published: str
    rules: Path | None
    faults: list[InputError] = field(default_factory=list)

    def items(self) -> Iterator[tuple[Document, Sequence[Metric]]]:
        """Yield each document with its records, and take note of what cannot be read."""
        if self.is_gold:
            for folder in self.paths:
                found, faults = read_gold_folder(folder)
                self.faults += faults
                yield from ((gold.document, gold.records) for gold in found)
            return
        pipeline = Pipeline(self.rules)
        for document in documents(self._inputs()):
            if isinstance(document, InputError):
                self.faults.append(document)
            else:
                yield document, pipeline.metrics(document)

    @property
    def inputs(self) -> Inputs | None:
        """What is read, None for gold."""
        return None if self.is_gold else self._inputs()

    def _inputs(self) -> Inputs:
        return Inputs(self.paths, BatchColumns(), self.published, DEFAULT_MAX_SIZE)


def export(source: Source, wanted: Format, target: Path, log: Console) -> int:
    """Write all documents of `source` to the file `target`, and return how many there were; progress goes to `log`.

    For Label Studio the labelling configuration is written beside it, with the ending .xml. Raises InputError
    where nothing can be read or written.
    """
    with all_or_nothing(log), Steps(log, "exporting", source.inputs) as steps:
        items = list(steps.over(source.items()))
    if not items and source.faults:
        raise source.faults.pop()
    if wanted is Format.CONLL:
        pipeline = Pipeline(source.rules)
        lines = (f"{line}\n" for item in items for line in conll_lines(*item, _sentences(pipeline, item[0])))
        write_text("".join(lines), target)
    else:
        tasks = (_task(document, records, source.is_gold) for document, records in items)
        write_text("[\n" + ",\n".join(tasks) + "\n]\n", target)
        write_text(labelling_config(), target.with_suffix(CONFIG_SUFFIX))
    return len(items)


def _sentences(pipeline: Pipeline, document: Document) -> Iterator[Sentence]:
    return (sentence for found in pipeline.extract(document).articles for sentence in found.article.sentences)


def _task(document: Document, records: Sequence[Metric], is_gold: bool) -> str:
    if is_gold:
        task = task_of(document, records, "annotations")
    else:
        task = task_of(document, records, "predictions", "press-metrics-extract")
    return json.dumps(task, ensure_ascii=False)


def import_tasks(path: Path, output: Path) -> tuple[int, int, list[InputError]]:
    """Write each annotated document of a Label Studio export as text and gold to the folder `output`.

    Returns how many documents and records were written, and the faults. A document that is already there and
    differs is a fault. Raises InputError for a file that is no export.
    """
    found, faults = read_tasks(path)
    written = [document for document in found if not _refused(document, output, faults)]
    return len(written), sum(len(document.records) for document in written), faults


def _refused(gold: GoldDocument, output: Path, faults: list[InputError]) -> bool:
    text, target = output / f"{gold.name}.txt", output / f"{gold.name}{GOLD_SUFFIX}"
    data = _bytes_of(gold.document.text)
    try:
        if target.exists() or (text.exists() and text.read_bytes() != data):
            raise InputError(str(target), "is already there", hint="import into another folder")
        write_bytes(data, text)
        columns = (*GOLD_COLUMNS, OWNER) if any(record.owner for record in gold.records) else GOLD_COLUMNS
        write_bytes(csv_head(columns) + csv_rows(map(to_row, gold.records), columns), target)
    except (InputError, OSError) as fault:
        faults.append(fault if isinstance(fault, InputError) else InputError(str(text), f"cannot be read: {fault}"))
        return True
    return False


def _bytes_of(text: str) -> bytes:
    """Return `text` as it must be stored to be read again as it is: in UTF-8, with a mark where it would be guessed."""
    data = text.encode()
    marked = b"\xef\xbb\xbf" + data
    return data if _is_plain(data, text) else marked


def _is_plain(data: bytes, text: str) -> bool:
    try:
        return decode_bytes(data, "")[0] == text and not data.lstrip().startswith((b"<", b"%PDF", b"PK"))
    except InputError:
        return False
