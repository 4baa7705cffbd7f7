"""A whole run on Ray Data: the same tasks and parts, on the machines of a cluster, to Parquet."""

from __future__ import annotations

import json
import logging
import os
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.batch.cut import Inputs
from extract.batch.part import Part
from extract.batch.run import Watcher
from extract.batch.shards import Shards
from extract.batch.summary import Summary
from extract.batch.work import Factory, Reading
from extract.batch.worker import Order, Setup
from extract.batch.workers import Workers
from extract.coding.coder import CodingPipeline
from extract.errors import InputError
from extract.read import STDIN, document_names, located
from extract.rulebook.book import load_rules

_BLOCK = 1 << 20
"""Bytes of tasks that an actor takes at a time; their rows make one file."""

_Row = dict[str, Any]


@dataclass(frozen=True)
class CarriedRules:
    """Makes a pipeline with rules of the user where his folder may not be: what its files hold, by name."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, folder: Path | None) -> CarriedRules:
        """Return the rules in `folder`. Raises InputError where they are not valid."""
        load_rules(folder)
        return cls({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder else {})

    def __call__(self) -> CodingPipeline:
        """Return a pipeline with these rules laid on the shipped ones."""
        with tempfile.TemporaryDirectory() as folder:
            for name, data in self.files.items():
                (Path(folder) / name).write_bytes(data)
            return CodingPipeline(Path(folder))


def run_on_ray(inputs: Inputs, url: str, factory: Factory, actors: int, address: str, watcher: Watcher) -> Summary:
    """Extract all `inputs` to Parquet under `url`, and return what was found.

    `address` is that of a cluster whose machines have this program and reach the paths; '' starts one on this machine.
    So many `actors` extract at a time, one a core for 0. Records and faults are those of a local run. Raises
    InputError where Ray, the rules or the output are at fault; then, and where there is no document at all, no
    table is written.
    """
    files, faults = inputs.files()
    for fault in faults:
        watcher.fault(fault)
    summary = Summary()
    if STDIN in files:
        raise InputError("standard input", "cannot be read on a cluster", hint="give a file")
    if not files:
        return summary
    shards = Shards(url)
    with _connected(actors, address) as cores:
        shards.begin()
        try:
            for row in _results(document_names(files), inputs, factory, shards.url, actors or cores):
                told = json.loads(row["told"])
                if "error" in told:
                    raise InputError(*told["error"])
                summary.merge(Summary.from_json(told["summary"]))
                for fault in told["faults"]:
                    watcher.fault(InputError(*fault))
                watcher.progress(summary)
            if summary.documents:
                shards.finish()
        finally:
            shards.discard()
    return summary


@contextmanager
def _connected(actors: int, address: str) -> Iterator[int]:
    """Connect to the cluster at `address`, or start one here, and give the number of its cores."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        from ray.exceptions import RayError
    except ImportError as error:
        raise InputError("--engine", "Ray is not installed", hint="pip install 'press-metrics-extract[ray]'") from error
    here: dict[str, Any] = {} if address else {"num_cpus": actors or None, "include_dashboard": False}
    try:
        ray.init(address=address or "local", log_to_driver=False, logging_level=logging.ERROR, **here)
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        yield int(ray.cluster_resources().get("CPU", 1))  # type: ignore[no-untyped-call]
    except (RayError, ConnectionError) as error:
        raise InputError("--engine", f"Ray: {str(error).strip().splitlines()[-1]}") from error
    finally:
        ray.shutdown()


def _results(names: Mapping[Path, str], inputs: Inputs, factory: Factory, url: str, actors: int) -> Iterator[_Row]:
    """Yield what each block of tasks came to, in the order of the inputs."""
    from ray import data

    context = data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    context.target_max_block_size = _BLOCK
    blocks = min(len(names), 4 * actors)
    cut = Cut(inputs, str(Path.cwd()))
    setup = (factory, Reading(inputs.published, inputs.max_size, inputs.area, inputs.issuer), url)
    rows = [{"file": number, "path": str(path), "name": name} for number, (path, name) in enumerate(names.items())]
    yield from (
        data.from_items(rows, override_num_blocks=blocks)
        .flat_map(cut, num_cpus=0, compute=data.TaskPoolStrategy(size=max(1, actors // 4)))
        .map_batches(
            Extract, fn_constructor_args=setup, num_cpus=1, batch_size=None, compute=data.ActorPoolStrategy(size=actors)
        )
        .iter_rows()
    )


class Cut:
    """Cuts a file into tasks; relative paths are below the folder `here`."""

    def __init__(self, inputs: Inputs, here: str) -> None:
        self._options = (inputs.columns, inputs.published, inputs.max_size, inputs.area, inputs.issuer)
        self._here = here

    def __call__(self, row: _Row) -> Iterator[_Row]:
        """Yield the tasks of the file `row["path"]`, pickled, with their place."""
        with suppress(OSError):
            os.chdir(self._here)
        inputs = Inputs([], *self._options)
        for number, task in enumerate(inputs.tasks(located(row["path"]), row["name"])):
            yield {"file": row["file"], "slice": number, "task": pickle.dumps(task)}


class Extract:
    """Does tasks, and writes what they come to.

    The extractor is in a process of its own, so that a document which kills it is told as in a local run.
    """

    def __init__(self, factory: Factory, reading: Reading, url: str) -> None:
        self._workers = Workers(1, Setup(factory, reading, None))
        self._shards = Shards(url)

    def __call__(self, block: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
        """Return what the tasks of a block came to; their rows are in a file by then."""
        try:
            part = Part()
            for done in self._workers.map(Order(pickle.loads(task), "") for task in block["task"]):
                part.merge(done)
            self._shards.add(f"{block['file'][0]:06d}-{block['slice'][0]:08d}", part)
        except InputError as error:
            return {"told": [json.dumps({"error": error.args})]}
        faults = [fault.args for fault in part.faults]
        return {"told": [json.dumps({"summary": part.summary.to_json(), "faults": faults})]}
