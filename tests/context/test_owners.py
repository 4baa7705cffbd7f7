"""Whose a figure is, through the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric

Read = Callable[..., list[Metric]]

TITLE = "青岛市民生工作\n"

OWNERS = [
    # the named facility or organisation that is the subject of a clause, until another subject
    ("崂山景区接待游客18.9万人次，增长6%。", ["崂山景区", "崂山景区"]),
    ("济南西站发送旅客60万人次，全市共发送旅客90万人次。", ["济南西站", ""]),
    ("崂山区人民法院审结案件6000件。", ["崂山区人民法院"]),
    ("齐鲁医院二期新增床位600张。", ["齐鲁医院二期"]),
    ("市科技创新基金投出项目60个。", ["市科技创新基金"]),
    ("镇卫生院接诊3.6万人次。", ["镇卫生院"]),
    # what a figure before it tells
    ("全长9公里的胶州湾大桥通行车辆60万辆次。", ["胶州湾大桥", "胶州湾大桥"]),
    # works on a facility are their own
    ("济南机场改扩建工程完成投资6亿元。", ["济南机场改扩建工程"]),
    # its own of a list of as many
    ("崂山景区、天后宫景区分别接待游客6万人次、3万人次。", ["崂山景区", "天后宫景区"]),
    # a sentence that goes on about it
    ("济南钢铁集团投资6亿元。公司拥有员工600人。", ["济南钢铁集团", "济南钢铁集团"]),
    ("茅坝村合作社理事长算了一笔账。合作社现有社员62名。", ["茅坝村合作社"]),
    # a company by its name on the exchange
    ("某某环保（600000）发布公告。公司营业收入6亿元，同比增长5%。", ["某某环保", "某某环保"]),
    # not one of several, none that is not named, no office, and none that only tells something
    ("济南一中、济南二中等学校新增学位600个。", [""]),
    ("各类医院新增床位600张。", [""]),
    ("养老机构新增床位600张。", [""]),
    ("市教育局新建学校6所。", [""]),
    ("济南钢铁集团数据显示，钢材价格上涨6%。", [""]),
    ("改造幼儿园30所。", [""]),
    ("全市接待游客60万人次。", [""]),
    # another name is another subject
    ("济南钢铁集团股价下跌3%，宝钢下跌2%。", ["济南钢铁集团", ""]),
]


@pytest.mark.parametrize(("text", "owners"), OWNERS, ids=[text for text, _ in OWNERS])
def test_owner_of_each_figure(read: Read, text: str, owners: list[str]) -> None:
    assert [metric.owner for metric in read(TITLE + text)] == owners


def test_owner_has_its_place_in_the_evidence(read: Read) -> None:
    first, second = read(TITLE + "崂山景区接待游客18.9万人次，比上年增长6%。")
    start = len(TITLE)
    assert f"owner:explicit:{start}-{start + 4}" in map(str, first.evidence)
    assert f"owner:carried:{start}-{start + 4}" in map(str, second.evidence)


def test_figure_of_the_area_has_no_evidence_of_an_owner(read: Read) -> None:
    (metric,) = read(TITLE + "全市接待游客60万人次。")
    assert not any(one.field == "owner" for one in metric.evidence)
