"""A whole run: inputs to the tables of an output folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from extract.batch.cut import Inputs
from extract.batch.output import PARTS_NAME, Output
from extract.batch.part import Part
from extract.batch.store import Store
from extract.batch.summary import Summary
from extract.batch.work import Factory, Reading
from extract.batch.worker import Order, Setup, carry_out
from extract.batch.workers import Workers
from extract.errors import InputError
from extract.read import document_names
from extract.write.sinks import DEFAULT_FORMATS


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is carried out; none of it changes what is found.

    `jobs` workers extract at a time; with 1 it is this process. With `resume` the parts that an earlier run left
    in the output folder are used, and those of this run are left there. The tables are written in all `formats`.
    """

    jobs: int = 1
    resume: bool = False
    formats: tuple[str, ...] = DEFAULT_FORMATS


class Watcher(Protocol):
    """Who is told how a run goes."""

    def fault(self, fault: InputError) -> None:
        """Learn what is wrong with an input; in the order of the inputs."""

    def progress(self, summary: Summary) -> None:
        """Learn what has been found so far."""


def run(
    inputs: Inputs, output: Path, factory: Factory, rules_digest: str, options: Options, watcher: Watcher
) -> Summary:
    """Extract all `inputs` to the folder `output`, and return what was found.

    `rules_digest` is that of the rules which `factory` loads. Raises InputError where the rules or the output are at
    fault; then, and where there is no document at all, no table is written.
    """
    files, faults = inputs.files()
    for fault in faults:
        watcher.fault(fault)
    reading = Reading(inputs.published, inputs.max_size, inputs.area, inputs.issuer)
    store = Store(output / PARTS_NAME, f"{rules_digest} {reading}")
    setup = Setup(factory, reading, store)
    extractor = factory() if options.jobs == 1 else None
    summary = Summary()
    keys: set[str] = set()
    orders = _orders(inputs, files, store, keys if options.resume else None)
    with Output(output, options.formats) as folder, Workers(options.jobs, setup) as workers:
        if extractor is None:
            parts = workers.map(orders)
        else:
            parts = (order if isinstance(order, Part) else carry_out(order, extractor, setup)[0] for order in orders)
        for part in parts:
            folder.add(part)
            summary.merge(part.summary)
            for fault in part.faults:
                watcher.fault(fault)
            watcher.progress(summary)
        if summary.documents:
            folder.finish()
            store.keep(keys)
    return summary


def _orders(inputs: Inputs, files: list[Path], store: Store, keys: set[str] | None) -> Iterator[Order | Part]:
    """Yield what is to be done in order: a part where the store has it, and takes note of its key in `keys`.

    Without `keys` nothing that an earlier run has left is used.
    """
    for path, name in document_names(files).items():
        for task in inputs.tasks(path, name):
            key = store.key(task)
            part = None
            if keys is not None:
                keys.add(key)
                part = store.read(key)
            yield part or Order(task, key)
