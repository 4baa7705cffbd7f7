"""Pages of newspapers: articles told apart, torn lines rejoined, captions, bylines and page furniture set apart."""

from __future__ import annotations

import pytest

from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.pipeline.pipeline import Pipeline

PAGE = """改造小区85个,新增学位3600个,建成“一刻钟便民圈”…… 海州区:把实事办到家门口

民生答卷

暖心海州

12月3日,记者从“民生答卷 暖心海州”新闻发布会第三场——海州区专场了解到,今年,海州区将财政支出的七成以上投向民生,推进6类32项实事。

住有宜居 老街换新颜

海州区完成老旧小区改造85个,涉及楼栋912栋,惠及居民2.7万户。在提升环境方面,海州区打造“绿道+口袋公园”的城



海州区组织志愿者开展护绿行动。

市慢行网,新建绿道18公里、口袋公园12处。建设电动自行车充

电端口9600个,加装电梯1

16部。

学有优教 家门口上好学

全区新增学位3600个,与连云港师专
等9所高校共建附属学校。港报融媒/海州晚报/云上海州 记者 程思远

9类45件民生实事完成41件 新增泊位1800余个 连云区:八成财力惠民生

12月3日,连云区召开发布会。今年,该区9类45件民生实事已完成41件,新增停车泊位1800余个。

连云区将老旧街巷整治与改善民生结合,整治背街小巷76条。

港报融媒/海州晚报/云上海州 记者 周可 实习生 何晓雯
"""


@pytest.fixture(scope="module")
def page(pipeline: Pipeline) -> Extraction:
    """Return what is found on the page of two articles."""
    return pipeline.extract(Document("版", PAGE, "2024-12-03"))


def told(extraction: Extraction, kind: str) -> list[str]:
    """Return the stretches of text that repairs of `kind` speak of."""
    raw = extraction.document.text
    return [raw[repair.start : repair.end] for repair in extraction.repairs if repair.kind == kind]


def test_both_articles_are_found_with_title_and_area(page: Extraction) -> None:
    assert [(found.article.title, found.area) for found in page.articles] == [
        ("改造小区85个,新增学位3600个,建成“一刻钟便民圈”…… 海州区:把实事办到家门口", "海州区"),
        ("9类45件民生实事完成41件 新增泊位1800余个 连云区:八成财力惠民生", "连云区"),
    ]


def test_both_articles_have_source_and_authors(page: Extraction) -> None:
    assert [(found.article.source, found.article.authors) for found in page.articles] == [
        ("港报融媒/海州晚报/云上海州", ("程思远",)),
        ("港报融媒/海州晚报/云上海州", ("周可", "何晓雯")),
    ]


def test_date_of_both_articles_is_read_from_their_own_lines(pipeline: Pipeline) -> None:
    dated = PAGE.replace("12月3日,记者", "2024年12月3日,记者")
    assert [found.article.published for found in pipeline.extract(Document("版", dated)).articles] == ["2024-12-03"] * 2


def test_sentence_torn_by_a_caption_is_rejoined(page: Extraction) -> None:
    sentences = [sentence.text for found in page.articles for sentence in found.article.sentences]
    assert any("“绿道+口袋公园”的城市慢行网，新建绿道18公里" in text for text in sentences)


def test_caption_is_set_apart(page: Extraction) -> None:
    assert told(page, "caption set apart") == ["海州区组织志愿者开展护绿行动。"]


def test_bylines_are_set_apart(page: Extraction) -> None:
    assert told(page, "page furniture") == [
        "港报融媒/海州晚报/云上海州 记者 程思远",
        "港报融媒/海州晚报/云上海州 记者 周可 实习生 何晓雯",
    ]


def test_figure_torn_by_a_line_break_is_whole_and_spans_it(page: Extraction) -> None:
    (lifts,) = [metric for metric in page.metrics if metric.unit == "部"]
    assert (lifts.text, str(lifts.value), lifts.object) == ("116部", "116", "加装电梯")
    assert PAGE[lifts.start : lifts.end] == "1\n\n16部"


def test_word_torn_by_a_line_break_is_whole(page: Extraction) -> None:
    (ports,) = [metric for metric in page.metrics if metric.text == "9600个"]
    assert ports.object == "建设电动自行车充电端口"


def test_each_joined_line_is_recorded_at_its_break(page: Extraction) -> None:
    joined = told(page, "joined line")
    assert all(text.strip("\n") in ("", "海州区组织志愿者开展护绿行动。") for text in joined)
    assert len(joined) == 4


def test_sentences_stand_under_their_subheads(page: Extraction) -> None:
    sections = {metric.text: metric.section for metric in page.metrics if metric.article == 1}
    assert (sections["85个"], sections["2.7万户"]) == ("住有宜居 老街换新颜",) * 2
    assert sections["9所"] == "学有优教 家门口上好学"


def test_figures_of_headline_and_text_both_give_records(page: Extraction) -> None:
    assert [metric.text for metric in page.metrics].count("3600个") == 2


def test_areas_of_the_articles_do_not_mix(page: Extraction) -> None:
    assert {metric.area for metric in page.metrics if metric.article == 1} == {"海州区"}
    assert {metric.area for metric in page.metrics if metric.article == 2} == {"连云区"}


APART = [
    ("subhead with a comma", "床位：不只是多，还要专业", "前三季度，海州区新增床位312张。"),
    ("numbered items", "（一）新建学校7所，新增学位2400个", "（二）改造小区60个，惠及居民3.2万户"),
    ("bullets", "● 新建学校7所，新增学位2400个", "● 改造小区60个，惠及居民3.2万户"),
    ("indented paragraph", "　　新建学校7所，新增学位2400个", "　　改造小区60个，惠及居民3.2万户。"),
]


@pytest.mark.parametrize(("line", "after"), [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_lines_that_belong_apart_are_not_joined(pipeline: Pipeline, line: str, after: str) -> None:
    text = f"海州区晒出成绩单\n\n海州区今年办成多件实事，居民都说好。\n\n{line}\n\n{after}\n"
    (found,) = pipeline.extract(Document("稿", text)).articles
    assert line.strip("　") in [sentence.text.strip() for sentence in found.article.sentences]


def test_long_line_without_stops_is_text(pipeline: Pipeline) -> None:
    line = " ".join(["完成老旧小区改造60个", "惠及居民3.2万户", "新增泊位2500余个"] * 5)
    found = pipeline.metrics(Document("稿", f"海州区成绩单\n\n今年办成多件实事，居民都说好。\n\n{line}\n"))
    assert len(found) == 15


HOSTILE = [
    "1" * 30_000,
    "亿" * 10_000,
    "1、" * 10_000,
    "（" * 30_000,
    "完成60个，" * 2_000,
    "甲\n" * 5_000,
    "十" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4].strip())
def test_line_without_an_end_does_not_hang(pipeline: Pipeline, text: str) -> None:
    assert pipeline.extract(Document("稿", text)).articles
