"""What stands in a line of text and is the page's own is set apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.layout.asides import AsideFinder
from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import load_rules
from extract.rulebook.schema import Aside

Read = Callable[..., list[Metric]]

RULES = load_rules().layout.asides
Read = Callable[..., list[Metric]]
BEFORE, AFTER = "2025年，全区完成改造60个。", "全年新增学位200个。"


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.examples])
def test_example_of_an_aside_is_found_by_its_rule(rule: Aside, text: str) -> None:
    assert AsideFinder([rule]).find(text)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.counter_examples])
def test_counter_example_of_an_aside_is_left(rule: Aside, text: str) -> None:
    assert AsideFinder([rule]).find(text) == []


LINES = [
    "（责编：王明、李岩）",
    "阅读：3,210次",
    "返回搜狐，查看更多",
    "【编辑:李岩】",
    "图为志愿者在社区清理河道。（王明 摄）",
    "本文属于原创文章，如若转载，请注明来源：首款打印机上市：1699元",
    "[下载APP看直播/预测领166元红包]",
]


@pytest.mark.parametrize("aside", LINES)
def test_aside_behind_a_text_gives_no_record_and_is_told(pipeline: Pipeline, aside: str) -> None:
    found = pipeline.extract(Document("稿", f"{BEFORE}{AFTER}{aside}"))
    assert [(metric.text, metric.object) for metric in found.metrics] == [("60个", "改造"), ("200个", "学位")]
    assert found.repairs


@pytest.mark.parametrize("aside", ["（责编：王明）", "（王明 摄）", "阅读：3,210次 "])
def test_aside_in_a_text_is_no_part_of_an_object(pipeline: Pipeline, aside: str) -> None:
    found = pipeline.metrics(Document("稿", f"{BEFORE}{aside}{AFTER}"))
    assert [(metric.text, metric.object) for metric in found] == [("60个", "改造"), ("200个", "学位")]


def test_words_before_a_copied_title_are_no_part_of_it(pipeline: Pipeline) -> None:
    found = pipeline.metrics(Document("稿", "原标题：全市新建学校60所\n\n2025年，全市新建学校60所。"))
    assert [metric.object for metric in found] == ["学校", "学校"]


def test_headlines_behind_a_line_that_leads_to_other_news_are_set_apart(read: Read) -> None:
    text = "今年以来，全市完成改造60个，惠及居民3.2万户。\n相关阅读：\n邻区新增泊位300个\n邻县投资2亿元建新馆\n"
    assert [metric.text for metric in read(text)] == ["60个", "3.2万户"]


def test_text_behind_such_headlines_is_read(read: Read) -> None:
    text = "全市完成改造60个。\n热门推荐\n邻区新增泊位300个\n据统计，全市新增托位450个，其中公办210个。\n"
    assert [metric.text for metric in read(text)] == ["60个", "450个", "210个"]


def test_source_at_the_end_of_a_line_takes_the_headlines_behind_it_with_it(read: Read) -> None:
    text = "全市完成改造60个。来源：综合自某市日报 快讯！邻区公司预亏超70亿 近三天有雨\n"
    assert [metric.text for metric in read(text)] == ["60个"]
