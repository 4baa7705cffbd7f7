"""Articles that tell several pieces of news, numbered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.context.items import numbered_items
from extract.model.record import Metric
from extract.model.sentence import Sentence

Read = Callable[..., list[Metric]]

NEWS = (
    "1、山东上半年外贸增长7月21日，山东省统计局发布数据，上半年全省进出口6000亿元，同比增长6%。"
    "2、台州新建铁路站台州市发展改革委近日公布方案，全市新建车站6座，计划投资60亿元。"
    "3、马鞍山引进人才马鞍山市人社局介绍，全市今年引进人才3000人，发放补贴600万元。"
)


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(text, tuple(range(len(text))), 0, 0, "", "text") for text in texts]


def test_each_item_plays_in_its_own_area(read: Read) -> None:
    found = {metric.text: metric.area for metric in read(NEWS, published="2025-07-22")}
    assert found["6000亿元"] == "山东省"
    assert found["6座"] == "台州市"
    assert found["3000人"] == "马鞍山市"


def test_item_does_not_report_on_the_period_of_the_one_before(read: Read) -> None:
    found = {metric.text: metric.period for metric in read(NEWS, published="2025-07-22")}
    assert found["6000亿元"] == "2025-01/2025-06"
    assert found["6座"] != "2025-01/2025-06"


def test_numbered_measures_of_one_area_are_of_the_release(read: Read) -> None:
    text = (
        "青岛市上半年民生工作\n1、上半年扩大教育供给，全市新建改建中小学和幼儿园，新增各类优质学位6000个，校园设施更加完善。\n"
        "2、提升医疗服务水平，持续推进医联体建设，改善基层就医环境和条件，新增护理型床位600张，群众更加满意。\n"
    )
    found = read(text, published="2025-07-22")
    assert {metric.area for metric in found} == {"青岛市"}
    assert {metric.period for metric in found} == {"2025-01/2025-06"}


def test_numbered_measures_of_one_piece_of_news_are_short() -> None:
    assert numbered_items(sentences("1、建学校6所。", "2、建医院3家。")) == []


@pytest.mark.parametrize("first", ["2、", "1.5万人", "一、"])
def test_items_are_numbered_from_one(first: str) -> None:
    body = "某市统计局发布数据，上半年全市实现进出口总额60亿元，同比增长百分之六，其中出口增长较快，进口平稳。"
    assert numbered_items(sentences(first + body, "2、" + body)) == []
    assert len(numbered_items(sentences("1、" + body, "2、" + body))) == 2
