"""The work for a text grows with the text: steps are counted, not seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from torture.shapes import PAGES, PIECES, text_of
from torture.steps import growth, steps

ROOT = Path(__file__).parents[2]
WORST = 1.3
SHAPES = (
    "lines that go on", "lines and page numbers", "nested brackets", "captions", "photographers", "table of bars",
    "tab columns", "area and figure", "list of figures", "names of documents", "left quotes", "bylines",
)  # fmt: skip
HTML = ("spans", "rows that span", "small tables", "breaks", "lists of links", "open paragraphs")


def measured() -> dict[str, float]:
    """Return the exponent by which the steps for each shape grow; in plain Python, where all of them are seen."""
    from extract.model.document import Document
    from extract.pipeline.pipeline import Pipeline
    from extract.read.html import read_html

    pipeline = Pipeline()
    pipeline.extract(Document("稿", "新增5个。"))
    found: dict[str, float] = {}
    for name in SHAPES:
        documents = [Document("稿", text_of(PIECES[name], size)) for size in (8000, 16000)]
        found[name] = growth((1, 2), [steps(lambda one=one: pipeline.extract(one)) for one in documents])
    for name in HTML:
        pages = [PAGES[name](count).encode() for count in (100, 200)]
        found[f"page of {name}"] = growth((1, 2), [steps(lambda page=page: read_html(page, "页")) for page in pages])
    return found


@pytest.fixture(scope="module")
def exponents() -> dict[str, float]:
    environment = os.environ | {"EXTRACT_PLAIN_PYTHON": "1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"}
    code = "import json; from torture.test_growth import measured; print(json.dumps(measured()))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    import json

    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", [*SHAPES, *(f"page of {name}" for name in HTML)])
def test_steps_grow_with_the_text(name: str, exponents: dict[str, float]) -> None:
    assert exponents[name] < WORST
