"""What a change or a rank is measured against."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric
from extract.relations.bases import bases_of
from extract.relations.figures import Figure
from extract.relations.relator import Tableau

Read = Callable[..., list[Metric]]
Find = Callable[[str], list[Figure]]
Choose = Callable[[str], list[Tableau]]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("投资同比增长5.5%。", "同比"),
        ("投资比上年增长5.5%。", "比上年"),
        ("增速高于全国1.7个百分点。", "全国"),
        ("粮食总产量稳居全国第4位。", "全国"),
        ("投资增长5.5%。", ""),
    ],
)
def test_base_is_what_a_change_or_rank_is_measured_against(read: Read, text: str, base: str) -> None:
    assert [metric.base for metric in read(text)] == [base]


def test_base_is_given_for_changes_and_ranks_alone(read: Read) -> None:
    found = read("同比增长5.5%，惠及居民3.2万户，覆盖率达到42.3%，总量居全国第四。")
    assert [bool(metric.base) for metric in found] == [True, False, False, True]


def test_figure_of_another_kind_has_no_candidate_but_none(figures_in: Find) -> None:
    (figure,) = figures_in("投资同比增长5.5%。")
    assert [one.way for one in bases_of(figure, "share", None)] == ["none"]


def test_named_base_what_it_is_against_and_none_are_candidates(figures_in: Find) -> None:
    (figure,) = figures_in("增速同比高于全国1.7个百分点。")
    found = {one.way: one.phrase.text for one in bases_of(figure, "change", None)}
    assert found == {"named": "同比", "against": "全国", "none": ""}


def test_base_of_the_figure_before_may_be_carried(tableaus: Choose) -> None:
    _, tableau = tableaus("出口、进口同比分别增长5.5%和3%。")
    assert tableau.bases[0].phrase.text == "同比"


def test_base_that_the_clause_names_itself_is_not_carried_too(tableaus: Choose) -> None:
    _, tableau = tableaus("出口同比增长5.5%，进口同比增长3%。")
    assert "carry" not in [one.way for one in tableau.bases]
