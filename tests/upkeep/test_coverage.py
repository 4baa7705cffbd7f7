"""How many figures of how many documents each rule, row, word and weight decides."""

from __future__ import annotations

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook
from extract.upkeep.coverage import Coverage, Share

TEXTS = {"甲": "2024年，全市新建学校7所，改造小区60个。", "乙": "全市新建学校约9所。"}


@pytest.fixture(scope="module")
def shares(pipeline: Pipeline, book: Rulebook) -> dict[tuple[str, str], tuple[int, int]]:
    coverage = Coverage(pipeline, book)
    for name, text in TEXTS.items():
        coverage.add(Document(name, text, "2025-01-20"))
    return {(share.file, share.name): (share.figures, share.documents) for share in coverage.shares()}


Shares = dict[tuple[str, str], tuple[int, int]]


def test_row_of_a_unit_counts_figures_and_documents(shares: Shares) -> None:
    assert shares["units.csv", "所"] == (2, 2)
    assert shares["units.csv", "个"] == (1, 1)
    assert shares["units.csv", "部"] == (0, 0)


def test_rule_in_a_record_counts(shares: Shares, book: Rulebook) -> None:
    assert sum(shares["bounds.yaml", rule.id][0] for rule in book.bounds) == 1


def test_word_of_a_list_counts_the_figures_of_its_clause(shares: Shares) -> None:
    assert shares["words.yaml", "classes.fresh 新建"] == (2, 2)


def test_word_that_is_to_be_cut_counts_where_its_characters_stand(pipeline: Pipeline, book: Rulebook) -> None:
    coverage = Coverage(pipeline, book)
    word = book.words.uncut[0]
    coverage.add(Document("丙", f"全市{word}人员300人。", "2025-01-20"))
    counted = {share.name: share.figures for share in coverage.shares() if share.name.startswith("uncut ")}
    assert counted.pop(f"uncut {word}") == 1
    assert not any(counted.values())


def test_each_rule_and_row_is_listed_once(shares: Shares, book: Rulebook) -> None:
    assert {name for file, name in shares if file == "units.csv"} == set(book.units)
    assert {name for file, name in shares if file == "times.yaml"} == {rule.id for rule in book.times.rules}


def test_weight_without_which_another_candidate_would_win_counts(shares: Shares) -> None:
    decided = [counts for (file, _), counts in shares.items() if file == "weights.csv" and counts[0]]
    assert decided
    assert max(figures for figures, _ in decided) <= 3


@pytest.mark.parametrize(("figures", "documents", "is_below"), [(3, 2, False), (2, 2, True), (9, 1, True)])
def test_share_below_figures_or_documents(figures: int, documents: int, is_below: bool) -> None:
    assert Share("units.csv", "所", figures, documents).is_below(3, 2) == is_below
