"""The blind rounds that are kept: each names its texts, and has gold for them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.evaluation.collection import ROUND_NAME, read_round
from extract.evaluation.gold import GOLD_SUFFIX, gold_files
from extract.model.record import GOLD_COLUMNS

ROUNDS = sorted(path for path in Path(__file__).parent.iterdir() if any(path.glob(f"*{GOLD_SUFFIX}")))


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda folder: folder.name)
def test_round_names_the_texts_that_have_gold(folder: Path) -> None:
    names = {path.name.removesuffix(GOLD_SUFFIX) for path in gold_files(folder)}
    assert set(read_round(folder / ROUND_NAME).ids) == names


@pytest.mark.parametrize("folder", ROUNDS, ids=lambda folder: folder.name)
def test_gold_of_a_round_has_its_columns_and_no_text(folder: Path) -> None:
    for path in gold_files(folder):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader(file))
        assert set(GOLD_COLUMNS) <= set(header) <= {"doc", *GOLD_COLUMNS, "note"}, path.name
