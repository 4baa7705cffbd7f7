"""Sentences written for one mechanism each, and not for any rule: what each figure of them must come out as.

`sentences/*.yaml` holds them. A record that the program does not yet get right says why in `todo`; its test
then fails as soon as it does. `todo` beside the text says so of the figures that must be found.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.model.record import Metric, to_row

Read = Callable[..., list[Metric]]

FOLDER = Path(__file__).parent / "sentences"
SENTENCES = [
    (path.stem, sentence)
    for path in sorted(FOLDER.glob("*.yaml"))
    for sentence in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def marks(todo: str | None) -> list[pytest.MarkDecorator]:
    """Return the mark of a test that must fail for the reason `todo`, if there is one."""
    return [pytest.mark.xfail(reason=todo, strict=True)] if todo else []


def rows(sentence: dict[str, Any], read: Read) -> list[dict[str, Any]]:
    """Return the rows that a sentence gives."""
    return [to_row(metric) for metric in read(sentence["text"], sentence.get("published", "2025-11-20"))]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(sentence, id=f"{stem}-{sentence['text'][:24]}", marks=marks(sentence.get("todo")))
        for stem, sentence in SENTENCES
    ],
)
def test_figures_of_a_sentence_are_found(read: Read, sentence: dict[str, Any]) -> None:
    assert [row["text"] for row in rows(sentence, read)] == [record["text"] for record in sentence["records"]]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        pytest.param(
            sentence, place, id=f"{stem}-{sentence['text'][:24]}-{record['text']}", marks=marks(record.get("todo"))
        )
        for stem, sentence in SENTENCES
        for place, record in enumerate(sentence["records"])
    ],
)
def test_figure_of_a_sentence_has_the_fields(read: Read, sentence: dict[str, Any], place: int) -> None:
    expected = {"bound": "exact", "status": "actual"} | sentence["records"][place]
    expected.pop("todo", None)
    found = next((row for row in rows(sentence, read) if row["text"] == expected["text"]), {})
    assert {name: found.get(name) for name in expected} == expected
