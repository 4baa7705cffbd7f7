"""The verb that governs a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric

Read = Callable[..., list[Metric]]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("累计投放生态鱼苗3.2万尾。", "投放"),
        ("建成12个村级农机服务站。", "建成"),
        ("跨境班列开行4510列。", "开行"),
        ("运营车辆将达到100辆。", "达到"),
        ("财政收入同比增长4.2%。", "增长"),
    ],
)
def test_verb_beside_the_object_governs_the_figure(read: Read, text: str, predicate: str) -> None:
    assert [metric.predicate for metric in read(text)] == [predicate]


def test_verbs_that_the_shapes_join_stay_together(read: Read) -> None:
    assert read("新建和改造农村供水工程355处。")[0].predicate == "新建和改造"


def test_adverb_is_no_part_of_the_verb(read: Read) -> None:
    assert read("输送电量已超1300亿千瓦时。")[0].predicate == "超"
