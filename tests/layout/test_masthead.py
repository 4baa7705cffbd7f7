"""What stands around an article: its source, its authors, the date it came out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Article

Articles = Callable[..., list[Article]]
BODY = "今年以来，全区完成老旧小区改造60个，惠及居民3.2万户。"

SOURCES = [
    ("市南区完成改造60个\n来源：市南区住房和城乡建设局　2024-11-27\n\n{}", "市南区住房和城乡建设局"),
    ("市南区完成改造60个\n稿源：青岛日报\n\n{}", "青岛日报"),
    ("市南区完成改造60个\n市统计局　2025年1月20日\n\n{}", "市统计局"),
    ("市南区完成改造60个\n2025-01-20　省交通运输厅\n\n{}", "省交通运输厅"),
    ("市南区完成改造60个\n（区民政局　2025年10月29日）\n\n{}", "区民政局"),
    ("市南区完成改造60个\n\n{}\n\n观海新闻/青岛晚报 记者 张明", "观海新闻/青岛晚报"),
    ("市南区完成改造60个\n\n新华社济南11月27日电 {}", "新华社"),
    ("市南区完成改造60个\n\n{}", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source"), SOURCES)
def test_source_is_read_where_the_text_names_it(articles: Articles, text: str, source: str) -> None:
    assert [article.source for article in articles(text.format(BODY))] == [source]


AUTHORS = [
    ("{}\n\n记者 张明 通讯员 李小红", ("张明", "李小红")),
    ("{}\n\n记者 于波 实习生 唐菲遥", ("于波", "唐菲遥")),
    ("{}（记者 王建国）", ("王建国",)),
    ("记者 王明、李红\n{}", ("王明", "李红")),
    ("{}\n\n文/图 张明 编辑 李四", ("张明",)),
    ("{}\n\n责任编辑：李四", ()),
    ("{}", ()),
]


@pytest.mark.parametrize(("text", "authors"), AUTHORS)
def test_authors_are_the_writers_of_the_byline(articles: Articles, text: str, authors: tuple[str, ...]) -> None:
    assert [article.authors for article in articles("市南区完成改造60个\n\n" + text.format(BODY))] == [authors]


def test_people_of_the_text_are_no_authors(articles: Articles) -> None:
    (article,) = articles(
        "市南区完成改造60个\n\n记者从区住建局获悉，局长张明介绍，全区完成改造60个。\n居民李红说，住得好了。"
    )
    assert article.authors == ()


def test_title_source_and_date_of_a_page_go_before_its_lines(articles: Articles) -> None:
    (article,) = articles(f"市南区完成改造60个\n来源：青岛日报　2024-11-27\n\n{BODY}", "2025-01-02")
    assert (article.source, article.published) == ("青岛日报", "2025-01-02")
