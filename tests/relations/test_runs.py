"""The runs that figures stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.relations.figures import Figure

Find = Callable[[str], list[Figure]]


def runs(found: list[Figure]) -> list[tuple[int, int]]:
    """Return place and size of the run of each figure."""
    return [(figure.run.place, figure.run.size) for figure in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建学校7所。", [(0, 1)]),
        ("出口、进口同比分别增长5.5%和3%。", [(0, 2), (1, 2)]),
        ("甲、乙、丙三类产量分别为3万吨、4万吨和5万吨。", [(0, 3), (1, 3), (2, 3)]),
    ],
)
def test_figures_with_only_a_mark_or_and_between_them_are_a_run(
    figures_in: Find, text: str, expected: list[tuple[int, int]]
) -> None:
    assert runs([figure for figure in figures_in(text) if figure.quantity.unit != "类"]) == expected


def test_count_and_percentage_are_no_run(figures_in: Find) -> None:
    assert runs(figures_in("达到60个和5.5%。")) == [(0, 1), (0, 1)]


def test_changes_behind_respectively_are_a_run_over_clauses(figures_in: Find) -> None:
    found = figures_in("出口30亿元，进口20亿元，分别增长2.6%、下降1.9%。")
    assert runs(found) == [(0, 1), (0, 1), (0, 2), (1, 2)]


def test_changes_without_respectively_are_no_run(figures_in: Find) -> None:
    assert runs(figures_in("出口增长2.6%、进口下降1.9%。")) == [(0, 1), (0, 1)]
