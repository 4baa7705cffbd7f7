"""What is promised of hostile inputs, tried and told as a table: `PYTHONPATH=tests python -m torture [--seconds N]`.

Each row tries cases until its share of the time is over, the same ones in the same order each time. The status is 1
where a row has a failure.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table
from torture import fuzz
from torture.grown import WORST as WORST_STEPS
from torture.grown import measured, names
from torture.properties import faults, figures, other_line_ends
from torture.shapes import PAGES, PIECES, text_of
from torture.steps import growth

from extract.errors import InputError
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.read import BatchColumns, read_batch
from extract.read.html import read_html
from extract.upkeep.check import check_rules

WORST_GROWTH = 1.3
_SIZES = (16_000, 32_000)
_PIECES = (800, 1600)
_TOO_SHORT = 0.25
"""Seconds: what takes less tells nothing of how it grows."""

_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")

Case = str
"""What was tried; '' where all went well, else what did not."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what is tried, and the cases, each of which gives '' or what went wrong."""

    name: str
    cases: Callable[[], Iterator[Case]]


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def _text(chance: random.Random) -> str:
    pieces = [chance.choice([*PIECES.values()]) for _ in range(chance.randint(1, 40))]
    return "".join(piece * chance.choice((1, 1, 2, 9)) for piece in pieces)


def records() -> Iterator[Case]:
    """Records of made texts: inside the text, apart, of valid fields and periods."""
    chance = random.Random(1)
    while True:
        document = Document("稿", _text(chance), chance.choice(("", "2025-11-20", "2024-02-29")))
        yield next(faults(_pipeline().extract(document)), "")


def line_ends() -> Iterator[Case]:
    """CR and CR LF in the place of LF: the same figures."""
    chance = random.Random(2)
    texts = [path.read_text("utf-8") for path in sorted(fuzz.ROOT.glob("corpus/*.txt"))]
    for text in texts:
        end = chance.choice(("\r", "\r\n"))
        other, places = other_line_ends(text, end)
        moved = [(places[start], *told) for start, *told in figures(_pipeline(), text)]
        found = figures(_pipeline(), other)
        yield "" if [one[0] for one in found] == [one[0] for one in moved] else f"figures move with {end!r}"


def states() -> Iterator[Case]:
    """Texts read again in another order: the same records."""
    chance = random.Random(3)
    while True:
        texts = [_text(chance) for _ in range(8)]
        first = [figures(_pipeline(), text) for text in texts]
        again = [figures(_pipeline(), text) for text in reversed(texts)]
        yield "" if first == again[::-1] else "records depend on what was read before"


def _grows(name: str, sizes: tuple[int, int], work: Callable[[int], object]) -> Case:
    seconds: list[float] = []
    for size in sizes:
        begun = time.process_time()
        work(size)
        seconds.append(time.process_time() - begun)
    if seconds[1] < _TOO_SHORT:
        return ""
    found = growth(sizes, [max(one, 1e-3) for one in seconds])
    return f"{name}: exponent {found:.2f}" if found > WORST_GROWTH else ""


def text_growth() -> Iterator[Case]:
    """The time of each shape of text grows as the text does."""
    for name, piece in PIECES.items():
        yield _grows(name, _SIZES, lambda size, piece=piece: _pipeline().extract(Document("稿", text_of(piece, size))))


def page_growth() -> Iterator[Case]:
    """The time of each shape of web page grows as the page does."""
    for name, page in PAGES.items():
        yield _grows(name, _PIECES, lambda count, page=page: _parsed(page(count)))


def _parsed(page: str) -> None:
    try:
        read_html(page.encode(), "页")
    except InputError:
        return


def steps_growth() -> Iterator[Case]:
    """The steps of each shape of text and page grow as it does; told by a process in plain Python."""
    for name, exponent in measured(names()):
        yield f"{name}: exponent {exponent:.2f}" if exponent > WORST_STEPS else ""


def numbers() -> Iterator[Case]:
    """Numbers in the forms in which they are written: read whole, with their value."""
    chance = random.Random(5)
    while True:
        number = Decimal(chance.randint(11, 99_999)) / chance.choice((1, 1, 10, 100))
        scale, factor = chance.choice((("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)))
        if not scale and number != int(number):
            continue
        written = chance.choice((f"{number:f}", f"{number:,f}"))
        if chance.random() < 0.3:
            written = written.translate(_WIDE)
        blank = chance.choice(("", "", " ", "\u00a0", "\u2009"))
        text = f"全市完成投资{chance.choice(('', blank))}{written}{blank if scale else ''}{scale}元。"
        found = [one[2:] for one in figures(_pipeline(), text)]
        right = [(str(value), "元") for value in (number * factor,)]
        is_right = [Decimal(value) for value, _ in found] == [Decimal(value) for value, _ in right]
        yield "" if is_right and [unit for _, unit in found] == ["元"] else f"{text!r}: {found}"


def paragraphs() -> Iterator[Case]:
    """A paragraph without figures between two others: the same figures in both."""
    chance = random.Random(6)
    inserted = "\n大家一起唱歌。"
    lines = [
        "2024年，全市新建学校7所，改造小区60个。",
        "截至9月底，累计发放补贴3.2万户。",
        "其中，新增床位1.2万张，占比12.5%。",
    ]
    while True:
        head, tail = (chance.choice(lines) for _ in range(2))
        plain = figures(_pipeline(), f"{head}\n{tail}")
        moved = [(start + (len(inserted) if start >= len(head) else 0), *told) for start, *told in plain]
        yield "" if figures(_pipeline(), f"{head}{inserted}\n{tail}") == moved else f"figures move: {head} {tail}"


def _of_target(name: str) -> Callable[[], Iterator[Case]]:
    def cases() -> Iterator[Case]:
        chance = random.Random(4)
        kept = fuzz.seeds(name)
        while True:
            data = fuzz.mutated(chance.choice(kept), chance)
            try:
                fuzz.TARGETS[name](data)
            except Exception as error:
                yield f"{type(error).__name__}: {error}"
            else:
                yield ""

    return cases


def batches() -> Iterator[Case]:
    """Batches of two good rows and a bad one: the good ones are read, the bad one is told."""
    bad = {
        "批.jsonl": [b"{", b"[1]", b'{"text": 7}', b'{"text": "\xff\xfe\xfa"}', b"[" * 9999, b'{"a": 1, "a": 2}'],
        "批.csv": [b'3,"x', b'3,"a"b', b"3", b"3,4,5", b"3,\xff\xfe\xfa5"],
    }
    folder = Path(tempfile.mkdtemp())
    for name, lines in bad.items():
        for line in lines:
            rows = [b"1,good5\n", line + b"\n", b"2,good6\n"]
            if name.endswith("l"):
                rows = [b'{"id": "1", "text": "good5"}\n', line + b"\n", b'{"id": "2", "text": "good6"}\n']
            data = b"".join([b"id,text\n", *rows] if name.endswith("v") else rows)
            for path, content in ((folder / name, data), (folder / f"{name}.gz", gzip.compress(data))):
                path.write_bytes(content)
                found = [row for _, row in read_batch(path, BatchColumns(), 1000)]
                names = [row.name for row in found if isinstance(row, Document)]
                told = any(isinstance(row, InputError) for row in found)
                yield "" if {"1", "2"} <= set(names) and told else f"{name} with {line[:20]!r}: {names}"


def rules() -> Iterator[Case]:
    """The shipped rules: patterns that end on texts of their own characters, examples that hold."""
    found = check_rules(None)
    yield from (map(str, found) if found else ("",))


def memory() -> Iterator[Case]:
    """The peak of a long text in bytes for each of its own, above the start; what it holds at most is told."""
    line = "全市大力推进学校建设，完成了各项任务，群众十分满意。\n"
    for piece in (line, f"{line * 4}全市新增就业5万人。\n"):
        document = Document("稿", text_of(piece, 100_000))
        _pipeline().extract(Document("稿", piece))
        tracemalloc.start()
        _pipeline().extract(document)
        peak = tracemalloc.get_traced_memory()[1] / len(document.text.encode())
        tracemalloc.stop()
        yield f"{peak:.0f} bytes a byte" if peak > 30 else ""


ROWS = (
    Row("records of made texts", records),
    Row("CR, CR LF", line_ends),
    Row("order of texts", states),
    Row("numbers as they are written", numbers),
    Row("paragraphs put in", paragraphs),
    Row("steps with text and page", steps_growth),
    Row("growth with the text", text_growth),
    Row("growth with the page", page_growth),
    *(Row(f"fuzzed: {name}", _of_target(name)) for name in fuzz.TARGETS),
    Row("bad rows of batches", batches),
    Row("rules", rules),
    Row("memory", memory),
)


def tried(row: Row, seconds: float) -> tuple[int, list[Case]]:
    """Try the cases of a row for some time, all where they end: how many, and what went wrong."""
    end = time.monotonic() + seconds
    failures: list[Case] = []
    count = 0
    for case in row.cases():
        count += 1
        if case:
            failures.append(case)
        if time.monotonic() > end:
            break
    return count, failures


def main() -> int:
    """Print the table. 1 where there is a failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=1200.0, help="in all")
    parser.add_argument("--only", default="", help="rows whose name holds this")
    given = parser.parse_args()
    rows = [row for row in ROWS if given.only in row.name]
    table = Table("row", "cases", "failures", "seconds", "MB", "first failure")
    failed = False
    _pipeline().extract(Document("稿", "新增5个。"))
    for row in rows:
        begun = time.monotonic()
        count, failures = tried(row, given.seconds / len(rows))
        failed = failed or bool(failures)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        shown = (failures[0] if failures else "")[:80]
        taken = f"{time.monotonic() - begun:.0f}"
        table.add_row(row.name, f"{count:,}", str(len(failures)), taken, str(peak), shown)
        print(f"{row.name}: {count:,} cases, {len(failures)} failures {failures[:9]}", flush=True)
    Console(width=150).print(table)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
