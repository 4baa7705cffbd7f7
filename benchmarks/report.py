"""What was measured as tables: on the terminal, and in the README between the marks of its part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rich.table

from benchmarks.contestants import CUT, RECOGNIZERS
from benchmarks.race import SLOW, Result
from benchmarks.scale import MEGABYTE, Memory, Scale
from benchmarks.spread import Spread
from benchmarks.startup import JIEBA, Startup


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what has to be known to read it. Its first column is text, the others are numbers."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    notes: Sequence[str]

    def rich(self) -> rich.table.Table:
        """Return the table for the terminal."""
        shown = rich.table.Table(title=self.title, caption="\n".join(self.notes), title_justify="left")
        shown.caption_justify = "left"
        shown.add_column(self.columns[0], overflow="fold")
        for column in self.columns[1:]:
            shown.add_column(column, justify="right", overflow="fold")
        for row in self.rows:
            shown.add_row(*row)
        return shown

    def markdown(self) -> str:
        """Return the table as Markdown."""
        rules = ["---", *("---:" for _ in self.columns[1:])]
        lines = [f"| {' | '.join(row)} |" for row in (self.columns, rules, *self.rows)]
        return "\n".join([*lines, "", *(f"- {note}" for note in self.notes)])


def speed_table(results: Sequence[Result]) -> Table:
    """Return what the contestants reached; each that failed has a note that says why."""
    measured = {result.name: result for result in results if not result.problem}
    rows = [
        (
            result.name,
            f"{result.speed.median:,.0f}",
            f"{result.cpu_speed.median:,.0f}",
            *(_ratio(result, measured.get(name)) for name in (CUT, RECOGNIZERS)),
        )
        for result in measured.values()
    ]
    notes = ["medians of all rounds; × compares chars/CPU s, which other processes of the machine disturb less"]
    notes += [f"{result.name} was not measured: {result.problem}" for result in results if result.problem]
    for result in measured.values():
        if failed := sum(one.failed for one in result.passes):
            notes.append(f"{result.name} raised an error in {failed:,} calls, which were passed over")
    return Table("Speed", ("contestant", "chars/s", "chars/CPU s", "× jieba", "× Recognizers"), rows, notes)


def _ratio(result: Result, other: Result | None) -> str:
    return f"{result.cpu_speed.over(other.cpu_speed):.3g}" if other else "–"


def details_table(results: Sequence[Result]) -> Table:
    """Return what else was measured of the contestants."""
    rows = [
        (
            f"{result.package} {result.version}",
            f"{result.speed.low / 1000:,.1f}–{result.speed.high / 1000:,.1f} K",
            f"{result.first.characters / result.first.seconds:,.0f}" if result.first else "–",
            f"{result.passes[-1].characters:,}",
            f"{result.passes[-1].count:,}",
            f"{result.load:.2f}",
            f"{result.peak / MEGABYTE:,.0f}",
        )
        for result in results
        if not result.problem
    ]
    notes = (
        "from, to: the slowest and the fastest round, in thousand chars/s",
        "length: characters of a pass; results: what the last pass found",
        "first: chars/s of the first pass, right after loading, over texts that no round has",
        f"who had fewer than {SLOW:,} there was measured on the beginning of the text",
    )
    columns = ("package", "from, to", "first", "length", "results", "load s", "peak MB")
    return Table("Details, in the same order", columns, rows, notes)


def stages_table(told: Mapping[str, Any]) -> Table:
    """Return where the time of the pipeline goes, from what `stages.profile` returns."""
    total = told["total"]
    rows = [
        (label, f"{seconds:.2f}", f"{seconds / total:.0%}", f"{seconds / told['characters'] * 1e6:.2f}")
        for label, seconds in told["seconds"].items()
    ]
    rows.append(("all", f"{total:.2f}", "100%", f"{total / told['characters'] * 1e6:.2f}"))
    notes = [f"{told['characters']:,} characters, one pass in plain Python; taking the time of calls costs some itself"]
    notes += [f"no function {place}: its time is in the stage that calls it" for place in told["missing"]]
    notes += [f"{place} was never called" for place in told["idle"]]
    return Table("Stages", ("stage", "s", "share", "µs/char"), rows, notes)


def shortcuts_table(told: Mapping[str, Any]) -> Table:
    """What each cache and prefilter spares, from what `shortcuts.measure` returns."""
    whole = told["seconds"][""]
    rows = [
        (f"without {name}", f"{seconds:.2f}", f"{seconds / whole - 1:+.0%}")
        for name, seconds in told["seconds"].items()
        if name
    ]
    notes = [f"{told['characters']:,} characters of distinct texts in plain Python; with all of them {whole:.2f} CPU s"]
    notes += [f"no {place}" for place in told["missing"]]
    return Table("Caches and prefilters", ("way", "CPU s", "more"), rows, notes)


def startup_table(told: Startup) -> Table:
    """Return what whole processes take."""
    rows = [
        (name, f"{wall.median:.2f}", _range(wall), f"{wall.over(told.jieba):.2f}", f"{cpu.median:.2f}")
        for name, wall, cpu in (
            (f"extract show {told.file}", told.show, told.show_cpu),
            ("the same, without what earlier runs have kept", told.cold, told.cold_cpu),
            (JIEBA, told.jieba, told.jieba_cpu),
        )
    ]
    before = "had it before" if told.was_cached else "did not have it before"
    notes = [
        f"whole processes in turns, medians of {told.runs} after a warm-up; the file: {told.characters:,} characters",
        f"jieba's cache in the folder for temporary files was warm in all of them; the machine {before}",
        "what earlier runs of ours keep in the user's folder for caches: there in the first row, not in the second",
    ]
    return Table("Start-up", ("command", "s", "lowest–highest", "× jieba", "CPU s"), rows, notes)


def scale_table(told: Scale) -> Table:
    """Return what more jobs bring."""
    one = told.seconds[1]
    rows = [
        (
            f"extract run --jobs {jobs}",
            f"{seconds.median:.1f}",
            _range(seconds),
            f"{told.characters / seconds.median:,.0f}",
            f"{one.over(seconds):.2f}",
        )
        for jobs, seconds in told.seconds.items()
    ]
    same = "the same bytes" if told.same else "NOT the same bytes"
    notes = [_batch(told), f"medians of {told.rounds} runs in turns, whole processes; all of them wrote {same}"]
    return Table("Scale", ("command", "s", "lowest–highest", "chars/s", "× one job"), rows, notes)


def memory_table(told: Memory) -> Table:
    """Return what memory a large batch takes."""
    row = (
        f"extract run --jobs {told.jobs}",
        f"{told.peak / MEGABYTE:,.0f}",
        str(told.processes),
        f"{told.seconds:,.0f}",
        f"{told.characters / told.seconds:,.0f}",
    )
    shared = f"the processes together every {told.every} s; memory that they share counts once"
    return Table("Memory", ("command", "peak MB", "processes", "s", "chars/s"), [row], [_batch(told), shared])


def _batch(told: Scale | Memory) -> str:
    size = f"{told.size / MEGABYTE:,.1f} MB of text"
    return f"a JSONL batch of {told.documents:,} documents, {told.characters:,} characters, {size}"


def _range(spread: Spread) -> str:
    return f"{spread.low:.2f}–{spread.high:.2f}"


def put(parts: Mapping[str, str], path: Path) -> None:
    """Put each of `parts` into the file `path`, between the marks with its name, instead of what stands there.

    Raises ValueError where the marks of one are not there once each; then the file stays as it was.
    """
    text = path.read_text("utf-8")
    for name, content in parts.items():
        begin, end = f"<!-- {name}: made by make bench -->\n", f"<!-- end of {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1 or text.index(end) < text.index(begin):
            raise ValueError(f"{path} has no place for {name}: {begin.strip()} … {end}")
        head, tail = text.split(begin)[0], text.split(end)[1]
        text = f"{head}{begin}\n{content.strip()}\n\n{end}{tail}"
    path.write_text(text, "utf-8")
