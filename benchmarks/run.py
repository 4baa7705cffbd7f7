"""`python -m benchmarks.run`: measures, prints tables, and puts them into the README if told so."""

from __future__ import annotations

import dataclasses
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks.contestants import OURS, PLAIN_PYTHON
from benchmarks.machine import this_machine
from benchmarks.race import ROOT, race, write_texts
from benchmarks.report import (
    Table,
    details_table,
    memory_table,
    put,
    scale_table,
    shortcuts_table,
    speed_table,
    stages_table,
    startup_table,
)
from benchmarks.scale import RunError, run_memory, run_scale
from benchmarks.startup import start_up
from benchmarks.text import Sample, length, originals, supply

README = Path(__file__).with_name("README.md")
STARTS = 7
_FIRST = 50
"""So many documents are read by all before the rounds."""

out = Console(highlight=False, markup=False)
log = Console(stderr=True, highlight=False, markup=False)


class Findings:
    """All that was measured: printed as it comes, and kept for the README and for programs."""

    def __init__(self, documents: Sequence[Sample], of: int, source: str) -> None:
        arguments = shlex.join(sys.argv[1:])
        command = f'make bench ARGS="{arguments}"' if arguments else "make bench"
        machine = this_machine(ROOT)
        text = f"{len(documents):,} documents ({length(documents):,} characters), from the {of:,} of {source}"
        self._head = f"`{command}` on {machine}; raced over {text}."
        self.parts: dict[str, str] = {}
        self.told: dict[str, Any] = {"command": command, "machine": machine, "text": text}

    def add(self, name: str, measured: object, *tables: Table) -> None:
        """Take up and print what was measured under `name`."""
        for table in tables:
            out.print(table.rich())
        self.told[name] = measured
        self.parts[name] = "\n\n".join([self._head, *(table.markdown() for table in tables)])


def main(
    texts: Annotated[
        Path | None, typer.Argument(help="JSONL file or folder with the texts; else the news beside, else the corpus.")
    ] = None,
    documents: Annotated[int, typer.Option(metavar="N", min=5, help="Documents that are raced over.")] = 2000,
    sample: Annotated[int, typer.Option(metavar="N", min=1, help="Characters that the slow ones get.")] = 60_000,
    rounds: Annotated[int, typer.Option(metavar="N", min=1, help="Rounds of the race.")] = 5,
    scale: Annotated[
        int, typer.Option(metavar="MB", min=0, help="Run a batch of so many MB with one job and with two.")
    ] = 0,
    memory: Annotated[
        int, typer.Option(metavar="MB", min=0, help="Run a batch of so many MB and watch its memory.")
    ] = 0,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all that was measured to FILE.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put the tables into benchmarks/README.md.")] = False,
) -> None:
    """Measure speed, stages, shortcuts and start-up; with --scale and --memory large batches too."""
    source, found_texts = originals(ROOT, texts)
    coming = supply(found_texts)
    first = list(islice(coming, _FIRST))
    raced = [list(islice(coming, -(-documents // rounds))) for _ in range(rounds)]
    findings = Findings([sample for one in raced for sample in one], len(found_texts), source)
    results = race(first, raced, sample, _tell)
    findings.add("speed", results, speed_table(results), details_table(results))
    ours = next(result for result in results if result.name == OURS)
    faults = [f"{OURS}: {ours.problem}"] if ours.problem else []
    try:
        if ours.passes:
            more = list(islice(coming, documents // 4))
            profile = _told("benchmarks.stages", first, more)
            findings.add("stages", profile, stages_table(profile))
            shortcuts = _told("benchmarks.shortcuts", first, more)
            findings.add("shortcuts", shortcuts, shortcuts_table(shortcuts))
        startup = start_up(ROOT, STARTS, _tell)
        findings.add("start-up", startup, startup_table(startup))
        if scale:
            found = run_scale(found_texts, scale, _tell)
            findings.add("scale", found, scale_table(found))
        if memory:
            held = run_memory(found_texts, memory, _tell)
            findings.add("memory", held, memory_table(held))
    except (RunError, subprocess.CalledProcessError) as error:
        faults.append(str(error))
    if json_file:
        text = json.dumps(findings.told, ensure_ascii=False, indent=1, default=dataclasses.asdict)
        json_file.write_text(text + "\n", "utf-8")
    if write:
        put(findings.parts, README)
    for fault in faults:
        log.print(f"error: {fault}")
    if faults:
        raise typer.Exit(1)


def _told(module: str, first: Sequence[Sample], texts: Sequence[Sample]) -> dict[str, Any]:
    """What a module tells of a pass over `texts` after one over `first`, in plain Python: it reaches into functions."""
    _tell(module)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "first.json", Path(folder) / "texts.json"]
        for path, samples in zip(paths, (first, texts), strict=True):
            write_texts(samples, path)
        command = [sys.executable, "-m", module, *map(str, paths)]
        environment = {**os.environ, **PLAIN_PYTHON}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _tell(message: str) -> None:
    log.print(message, style="dim")


if __name__ == "__main__":
    typer.run(main)
