"""Candidates for an object in the words of the clause."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.phrase import Phrase
from extract.pipeline.pipeline import Pipeline
from extract.relations.figures import Figure
from extract.relations.own import Own

Find = Callable[[str], list[Figure]]


@pytest.fixture
def owns(pipeline: Pipeline, figures_in: Find) -> Callable[[str], dict[str, Own]]:
    """Return a function that gives the candidates of the last figure of a text by their words."""

    def find(text: str) -> dict[str, Own]:
        figure = figures_in(text)[-1]
        found = pipeline.relator.objects.owns(figure)
        return {Phrase(figure.clause.nodes[one.first : one.last]).text: one for one in found}

    return find


def test_phrases_before_and_behind_the_figure_are_candidates_and_none_too(
    owns: Callable[[str], dict[str, Own]],
) -> None:
    found = owns("学校新增60个停车泊位。")
    assert (found["学校"].site, found["停车泊位"].site, found[""].site) == ("left", "right", "none")


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("投资增长5.5%。", "up"),
        ("投资达到30亿元。", "level"),
        ("投资完成30亿元。", "verb"),
        ("投资30亿元。", "near"),
        ("投资占5.5%。", "share"),
    ],
)
def test_candidate_on_the_left_tells_the_verb_between(
    owns: Callable[[str], dict[str, Own]], text: str, gap: str
) -> None:
    assert owns(text)["投资"].way == gap


def test_no_candidate_reaches_over_another_figure(owns: Callable[[str], dict[str, Own]]) -> None:
    assert not any("7所" in text for text in owns("学校7所和公园8处。"))


def test_no_candidate_begins_or_ends_with_a_mark_of_a_list(owns: Callable[[str], dict[str, Own]]) -> None:
    assert not any(text.startswith("、") or text.endswith("、") for text in owns("电池、机器人产量达到3万吨。"))


def test_candidates_are_sorted_by_the_sum_of_their_weights(pipeline: Pipeline, figures_in: Find) -> None:
    (figure,) = figures_in("完成老旧小区改造60个。")
    weights = pipeline.relator.weights["own"]
    found = pipeline.relator.objects.owns(figure)
    sums = [sum(weights.get(name, 0.0) for name in one.features) for one in found]
    assert [one.score for one in found] == pytest.approx(sums)
    assert sums == sorted(sums, reverse=True)
