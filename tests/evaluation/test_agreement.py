"""How far two people agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import metric_in

from extract.evaluation.agreement import agreement
from extract.evaluation.gold import GoldDocument
from extract.model.document import Document
from extract.model.record import Metric

TEXT = "完成60个，新增5家，惠及3万户，增长5.5%。"
FIGURES = (("60个", "60", "个"), ("5家", "5", "家"), ("3万户", "30000", "户"), ("5.5%", "5.5", "%"))
RECORDS = tuple(metric_in(TEXT, *figure) for figure in FIGURES)


def gold(*records: Metric) -> GoldDocument:
    return GoldDocument(Document("稿", TEXT), records)


def test_same_labels_agree_in_all() -> None:
    found = agreement([(gold(*RECORDS), gold(*RECORDS))])
    assert (found.evaluation.quantity.f1, found.evaluation.record.f1) == (1.0, 1.0)


def test_record_that_only_one_has_lowers_the_quantities() -> None:
    found = agreement([(gold(*RECORDS), gold(*RECORDS[:3]))])
    assert found.evaluation.quantity.recall == 0.75


def test_agreement_does_not_depend_on_who_comes_first() -> None:
    mine, theirs = gold(*RECORDS), gold(*RECORDS[:2], replace(RECORDS[2], kind="share"))
    one, other = agreement([(mine, theirs)]), agreement([(theirs, mine)])
    assert one.evaluation.quantity.f1 == other.evaluation.quantity.f1
    assert one.kappa("kind") == other.kappa("kind")


@pytest.mark.parametrize(
    ("mine", "theirs", "agree"),
    [("床位", "床位|养老床位", True), ("甲|乙", "丙|乙", True), ("甲|乙", "丙|丁", False), ("|甲", "", True)],
)
def test_people_agree_where_any_of_their_answers_do(mine: str, theirs: str, agree: bool) -> None:
    one, other = replace(RECORDS[0], object=mine), replace(RECORDS[0], object=theirs)
    for left, right in ((one, other), (other, one)):
        assert agreement([(gold(left), gold(right))]).evaluation.accuracy("object") == agree


def test_kappa_counts_agreement_beyond_chance() -> None:
    kinds = ("level", "level", "share", "share")
    mine = [replace(record, kind=kind) for record, kind in zip(RECORDS, kinds, strict=True)]  # type: ignore[arg-type]
    theirs = [*mine[:3], replace(mine[3], kind="level")]
    found = agreement([(gold(*mine), gold(*theirs))])
    assert found.kappa("kind") == pytest.approx((0.75 - 0.5) / (1 - 0.5))


def test_full_agreement_beyond_chance_is_one() -> None:
    records = (RECORDS[0], replace(RECORDS[1], status="planned"))
    assert agreement([(gold(*records), gold(*records))]).kappa("status") == 1.0


@pytest.mark.parametrize("records", [(), RECORDS], ids=["none", "one value only"])
def test_kappa_is_undefined_where_chance_decides_all(records: tuple[Metric, ...]) -> None:
    assert agreement([(gold(*records), gold(*records))]).kappa("status") is None
