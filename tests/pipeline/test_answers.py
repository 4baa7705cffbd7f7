"""A record of the program gives one answer in each field, where gold may hold several parted by bars."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric, to_row

Read = Callable[..., list[Metric]]


@pytest.mark.parametrize(
    ("text", "field", "answer"),
    [
        ("2024年，海州区新增A|B型床位60张。", "object", "A｜B型床位"),
        ("2024年，海州区床位比上年|去年增长5%。", "base", "比上年｜去年"),
        ("2024年，海州區新增A|B型床位60張。", "object", "A｜B型床位"),
    ],
)
def test_bar_in_the_text_does_not_part_answers(text: str, field: str, answer: str, read: Read) -> None:
    (metric,) = read(text)
    assert getattr(metric, field) == answer
    assert "|" not in "".join(str(to_row(metric)[name]) for name in ("object", "predicate", "area", "period", "base"))
