"""Sentences written for one mechanism each, and not for any rule: what each figure of them must come out as.

`sentences/*.yaml` holds them. A record that the program does not yet get right says so in `todo`, with the reason;
the test then fails as soon as it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from extract.record import Metric, to_row

Read = Callable[..., list[Metric]]

FOLDER = Path(__file__).parent / "sentences"
SENTENCES = [
    pytest.param(sentence, id=f"{path.stem}-{sentence['text'][:24]}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for sentence in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def records(sentence: dict[str, Any], read: Read) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each expected record with the fields of the metric that was read in its place."""
    found = [to_row(metric) for metric in read(sentence["text"], sentence.get("published", "2025-11-20"))]
    assert [row["text"] for row in found] == [record["text"] for record in sentence["records"]]
    for record, row in zip(sentence["records"], found, strict=True):
        fields = record.keys() - {"todo"}
        expected = {"bound": "exact", "status": "actual"} | {name: record[name] for name in fields}
        yield expected, {name: row[name] for name in expected}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence_gives_its_records(read: Read, sentence: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if reasons := [record["todo"] for record in sentence["records"] if "todo" in record]:
        request.applymarker(pytest.mark.xfail(reason=str(reasons), strict=True))
    for expected, found in records(sentence, read):
        assert found == expected
