"""Claims held against a text: stated, differing, contradicted, absent."""

from __future__ import annotations

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.serve.claims import check, verdict

TEXT = """海门区前三季度建成停车位1500个
（2025年10月20日）

今年前三季度，海门区建成停车位1500个，改造老旧小区32个，惠及居民3.2万户，财政收入同比增长5.6%。计划四季度新建公厕8座以上。
"""


@pytest.mark.parametrize(
    ("claim", "expected", "fields"),
    [
        ("海门区建成停车位1500个。", "stated", []),
        ("2025年前三季度建成停车位1500个。", "stated", []),
        ("前三季度，海门区改造老旧小区32个，惠及3.2万户居民。", "stated", []),
        ("财政收入同比增长5.6%。", "stated", []),
        ("2024年前三季度海门区建成停车位1500个。", "differs", ["period"]),
        ("如东县建成停车位1500个。", "differs", ["area"]),
        ("海门区建成养老床位1500个。", "differs", ["object"]),
        ("计划建成停车位1500个。", "differs", ["status"]),
        ("计划四季度新建公厕8座。", "differs", ["bound"]),
        ("海门区改造老旧小区35个。", "contradicted", ["value"]),
        ("海门区新增学位900个。", "absent", []),
        ("海门区建成停车位1500个，新增学位900个。", "absent", []),
        ("海门区很美。", "no figure", []),
    ],
    ids=str,
)
def test_verdict_on_a_claim(pipeline: Pipeline, claim: str, expected: str, fields: list[str]) -> None:
    findings = check(pipeline, pipeline.extract(Document("text", TEXT)), claim)
    assert verdict(findings) == expected
    assert [one.field for finding in findings for one in finding.differences] == fields


def test_figure_is_shown_where_the_text_has_it(pipeline: Pipeline) -> None:
    (finding,) = check(pipeline, pipeline.extract(Document("text", TEXT)), "惠及居民3.2万户。")
    assert finding.found is not None
    assert TEXT[finding.found.start : finding.found.end] == "3.2万户"


def test_two_figures_of_one_thing_contradict_nothing(pipeline: Pipeline) -> None:
    text = "海门区东街改造老旧小区3个，西街改造老旧小区5个。"
    (finding,) = check(pipeline, pipeline.extract(Document("text", text)), "改造老旧小区9个。")
    assert finding.verdict == "absent"
