"""Shapes over labels: how they are compiled, and what would make one fit."""

from __future__ import annotations

import pytest

from extract.relations.frames import repair
from extract.rulebook.shapes import compile_shape

MACROS = {"lev": "(?:<level>|<for>)", "reach": "<noun>+<lev>"}


def code(pattern: str) -> str:
    """Return the code of one label."""
    return compile_shape(pattern, {}).pattern


@pytest.fixture
def codes() -> dict[str, str]:
    """Return the codes of some labels."""
    return {label: code(f"<{label}>") for label in ("noun", "level", "up", "adverb", "manner", "comma")}


def test_label_stands_for_one_word(codes: dict[str, str]) -> None:
    assert compile_shape("^<noun>$", {}).search(codes["noun"])
    assert not compile_shape("^<noun>$", {}).search(codes["noun"] * 2)


def test_macro_may_hold_labels_and_earlier_macros(codes: dict[str, str]) -> None:
    assert compile_shape("^<reach>$", MACROS).search(codes["noun"] * 2 + codes["level"])


def test_adverbs_of_both_kinds_are_adverbs(codes: dict[str, str]) -> None:
    pattern = compile_shape("^<adverb>$", {})
    assert pattern.search(code("<manner>"))
    assert all(pattern.search(char) for char in codes["adverb"].strip("[]"))


def test_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="nuon"):
        compile_shape("<nuon>", {})


def test_repair_is_the_word_nearest_to_the_figure_that_would_do(codes: dict[str, str]) -> None:
    pattern = compile_shape("^<noun>+<up><target>$", {})
    found = repair(pattern, codes["noun"] * 2 + codes["level"] + "①", 3)
    assert found is not None
    assert (found.position, found.inserted, found.labels) == (2, False, ("up",))


def test_repair_may_be_a_word_that_is_missing(codes: dict[str, str]) -> None:
    pattern = compile_shape("^<noun>+<up><target>$", {})
    found = repair(pattern, codes["noun"] + "①", 1)
    assert found is not None
    assert (found.position, found.inserted, found.labels) == (1, True, ("up",))


def test_repair_may_be_another_kind_of_figure(codes: dict[str, str]) -> None:
    found = repair(compile_shape("^<noun><rank_target>$", {}), codes["noun"] + "①", 1)
    assert found is not None
    assert (found.position, found.labels) == (1, ("rank_target",))


def test_shape_that_lacks_two_words_has_no_repair(codes: dict[str, str]) -> None:
    assert repair(compile_shape("^<up><up><target>$", {}), codes["noun"] + codes["comma"] + "①", 2) is None
