"""The tables of counts on load."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from extract.rulebook.book import Rulebook, load_rules


def test_rows_are_found_by_word_and_by_unit_and_noun(book: Rulebook) -> None:
    assert book.usage["改造"].noun > 0
    assert book.counted["所", "高校"].behind > 0
    assert book.attributes["总投资"].bare > 0
    assert book.endings["企业"].kind == "organisation"


def test_a_hand_made_row_stands_in_place_of_a_counted_one(tmp_path: Path) -> None:
    (tmp_path / "usage-hand.csv").write_text("word,noun,verb\n改造,1,0\n", "utf-8")
    usage = load_rules(tmp_path).usage
    assert (usage["改造"].noun, usage["改造"].verb) == (1, 0)
    assert "建设" in usage


def test_a_pair_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "counted.csv").write_text("unit,noun,behind,before\n所,高校,5,0\n所,高校,6,0\n", "utf-8")
    with pytest.raises(InputError, match="twice"):
        load_rules(tmp_path)


def test_a_class_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "endings.csv").write_text("ending,kind,count\n校,school,5\n", "utf-8")
    with pytest.raises(InputError, match="kind"):
        load_rules(tmp_path)
