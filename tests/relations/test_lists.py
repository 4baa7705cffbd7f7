"""Items of a list, completed by what the list shares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.grammar.phrases import items_of, phrase_of
from extract.relations.figures import Figure
from extract.relations.lists import complete_items, put

Find = Callable[[str], list[Figure]]


def completed(figure: Figure) -> list[str]:
    """Return the completed items of the list before the verb of a figure's clause."""
    nodes = figure.clause.nodes
    end = next(place for place, node in enumerate(nodes) if node.label in ("respective", "level", "up", "quantity"))
    return [phrase.text for phrase in complete_items(items_of(nodes[:end]))]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("电池、机器人产量分别达到3万吨和4万吨。", ["电池产量", "机器人产量"]),
        ("电池产量、机器人产量分别达到3万吨和4万吨。", ["电池产量", "机器人产量"]),
        ("电池产量分别达到3万吨和4万吨。", ["电池产量"]),
    ],
)
def test_item_takes_the_measure_that_the_last_one_ends_with(figures_in: Find, text: str, items: list[str]) -> None:
    assert completed(figures_in(text)[0]) == items


@pytest.mark.parametrize("text", ["井盖和对讲机分别达到300个、20部。", "鸟巢和沼气池分别达到30处、28口。"])
def test_item_that_is_a_noun_of_its_own_takes_no_end_of_a_longer_one(figures_in: Find, text: str) -> None:
    first, second = text.partition("分别")[0].split("和")
    assert completed(figures_in(text)[0]) == [first, second]


def test_part_is_put_in_the_place_of_a_word(figures_in: Find) -> None:
    whole = phrase_of(figures_in("城乡居民收入增长5%。")[0].clause.nodes[:-2])
    made = put(whole, "城乡", "城镇")
    assert made.text == whole.text.replace("城乡", "城镇")
    assert made.spans == whole.spans
