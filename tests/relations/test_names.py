"""Names of features and the sums of their weights."""

from __future__ import annotations

from extract.relations.names import Names, by_way


def test_weights_are_told_apart_by_their_ways() -> None:
    assert by_way({"own": 1.0, "own cls=noun": 0.5, "carry cls=noun": -0.5}) == {
        "own": {"": 1.0, "cls=noun": 0.5},
        "carry": {"cls=noun": -0.5},
    }


def test_weight_is_the_sum_over_the_names_of_a_way() -> None:
    names = Names(["cls=noun", "form=count", "part="])
    assert names.weight("own", {"cls=noun": 0.5, "form=count": 0.25}) == 0.75
    assert names.weight("carry", {"cls=noun": -0.5}) == -0.5
