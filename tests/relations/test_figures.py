"""A figure with its clause."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.relations.figures import Figure

Find = Callable[[str], list[Figure]]


def test_letters_tell_the_groups_of_the_words(figures_in: Find) -> None:
    (figure,) = figures_in("投资同比增长5.5%。")
    assert "".join(figure.letters) == "MYUQ"
    assert figure.position == 3


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("培训教师60人。", "people"),
        ("惠及居民60户。", "people"),
        ("投入60万元。", "money"),
        ("新建学校7所。", "count"),
        ("投资增长5.5%。", "percent"),
        ("提高0.3个百分点。", "point"),
    ],
)
def test_form_tells_people_and_money_from_other_counts(figures_in: Find, text: str, form: str) -> None:
    assert [figure.form for figure in figures_in(text)] == [form]


@pytest.mark.parametrize(
    ("text", "letter"), [("学校累计达到7所。", "L"), ("投资分别增长5.5%。", "U"), ("累计60个。", "START")]
)
def test_letter_before_a_figure_passes_adverbs(figures_in: Find, text: str, letter: str) -> None:
    assert figures_in(text)[0].letter_before() == letter


def test_figures_of_all_clauses_stand_in_order(figures_in: Find) -> None:
    found = figures_in("完成改造60个，惠及居民3.2万户。")
    assert [(figure.index, figure.quantity.text) for figure in found] == [(0, "60个"), (1, "3.2万户")]
