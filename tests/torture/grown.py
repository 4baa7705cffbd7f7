"""By which exponents the steps for hard texts and pages grow: `python -m torture.grown [NAME...]` prints them as JSON.

It is run in plain Python, where all steps are seen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from torture.shapes import PAGES, PIECES, text_of
from torture.steps import growth, steps

ROOT = Path(__file__).parents[2]
WORST = 1.2
PAGE = "page of "
_SIZES = (8000, 16000)
_PIECES = (100, 200)
_FEWEST = 20_000
"""Steps: what takes fewer tells nothing of how it grows."""


def names() -> list[str]:
    """The names of all shapes of text, then of pages."""
    return [*PIECES, *(f"{PAGE}{name}" for name in PAGES)]


def exponents(wanted: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield each shape with the exponent by which its steps grow as it gets twice as long, 0 where they are few."""
    from extract.errors import InputError
    from extract.model.document import Document
    from extract.pipeline.pipeline import Pipeline
    from extract.read.html import read_html

    pipeline = Pipeline()
    pipeline.extract(Document("稿", "新增5个。"))

    def read(page: bytes) -> None:
        try:
            read_html(page, "页")
        except InputError:  # a page that holds no text
            return

    for name in wanted:
        if name.startswith(PAGE):
            make = PAGES[name.removeprefix(PAGE)]
            pages = [make(count).encode() for count in _PIECES]
            counts = [steps(lambda page=page: read(page)) for page in pages]
        else:
            documents = [Document("稿", text_of(PIECES[name], size)) for size in _SIZES]
            pipeline.extract(documents[-1])  # what is remembered of its words is no growth
            counts = [steps(lambda one=one: pipeline.extract(one)) for one in documents]
        yield name, growth(_SIZES, counts) if counts[-1] >= _FEWEST else 0.0


def measured(wanted: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield the same, from a process of its own in plain Python, as it comes."""
    environment = os.environ | {"EXTRACT_PLAIN_PYTHON": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"}
    command = [sys.executable, "-W", "ignore", "-m", "torture.grown", *wanted]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            name, exponent = json.loads(line)
            yield name, exponent
    if process.returncode:
        raise RuntimeError(f"ended with status {process.returncode}")


if __name__ == "__main__":
    for one in exponents(sys.argv[1:] or names()):
        print(json.dumps(one, ensure_ascii=False), flush=True)
