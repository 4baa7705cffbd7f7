"""Objects composed of what a clause says and what stood before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.pipeline.pipeline import Pipeline
from extract.relations.composites import Composite
from extract.relations.figures import Figure
from extract.relations.relator import Tableau

Find = Callable[[str], list[Figure]]
Choose = Callable[[str], list[Tableau]]


def by_text(tableau: Tableau) -> dict[str, Composite]:
    """Return the composed candidates by their texts."""
    return {one.phrase.text: one for one in tableau.composites}


def test_phrase_of_the_clause_is_a_candidate_that_takes_up_nothing(tableaus: Choose) -> None:
    own = by_text(tableaus("完成老旧小区改造60个。")[0])["老旧小区改造"]
    assert (own.way, own.source) == ("own", "")


def test_clause_that_names_nothing_carries_the_object_before(tableaus: Choose) -> None:
    carried = by_text(tableaus("渔业总产值36亿元，同比增长4.2%。")[1])["渔业总产值"]
    assert (carried.way, carried.source) == ("carry", "object0")


def test_attribute_is_completed_by_an_owner(tableaus: Choose) -> None:
    _, tableau = tableaus("养殖船36艘，总吨位8万吨。")
    assert by_text(tableau)["养殖船总吨位"].way == "owned"


def test_noun_may_take_the_measure_of_the_object_before(tableaus: Choose) -> None:
    _, tableau = tableaus("小麦收购均价2460元/吨，玉米2280元/吨。")
    assert "tail" in {one.way for one in tableau.composites}


def test_figure_of_a_run_has_its_item_of_the_list_as_a_candidate(tableaus: Choose) -> None:
    first, second = tableaus("电池、机器人产量分别达到3万吨和4万吨。")
    assert by_text(first)["电池产量"].way == by_text(second)["机器人产量"].way == "item"


def test_word_that_stands_for_a_list_is_shared_out(tableaus: Choose) -> None:
    first, second = tableaus("城乡居民人均可支配收入分别增长4.5%和6.2%。")
    assert by_text(first)["城镇居民人均可支配收入"].way == "item"
    assert by_text(second)["农村居民人均可支配收入"].way == "item"


def test_times_and_adverbs_are_no_part_of_what_is_spoken_of(pipeline: Pipeline, figures_in: Find) -> None:
    (figure,) = figures_in("农村公路今年已建成60公里。")
    assert pipeline.relator.objects.composer.spoken(figure.clause.nodes[:3]).text == "农村公路"


@pytest.mark.parametrize(
    ("text", "named"),
    [("亩产达到600公斤。", "attribute"), ("粮食产量达到3万吨。", "measure"), ("学校达到7所。", "short")],
)
def test_phrase_is_told_by_what_it_names(pipeline: Pipeline, figures_in: Find, text: str, named: str) -> None:
    composer = pipeline.relator.objects.composer
    figure = figures_in(text)[0]
    nodes = figure.clause.nodes[: figure.position - 1]
    assert composer.class_of(composer.spoken(nodes), nodes) == named
