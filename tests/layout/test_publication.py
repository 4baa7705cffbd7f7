"""When an article came out: its stamp, its dateline, and the year that the document implies where they leave it out."""

from __future__ import annotations

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline

STAMPS = [
    ("2023-07-20\n记者从市农业局获悉，全市建成大棚60座。", "2023-07-20"),
    ("23-08-09 06:05\n记者从市农业局获悉，全市建成大棚60座。", "2023-08-09"),
    ("202307/21 07:57:00\n记者从市农业局获悉，全市建成大棚60座。", "2023-07-21"),
    ("晚间新闻 (20251210)\n记者从市农业局获悉，全市建成大棚60座。", "2025-12-10"),
    ("二〇二三年七月二十日\n记者从市农业局获悉，全市建成大棚60座。", "2023-07-20"),
    ("发布日期：2023年七月20日\n记者从市农业局获悉，全市建成大棚60座。", "2023-07-20"),
    ("全市建成大棚60座\n本报北京八月七日电 2023年前7个月，全市建成大棚60座。", "2023-08-07"),
    ("2023-02-29 06:05\n记者从市农业局获悉，全市建成大棚60座。", ""),
    ("2023年1-7月农业情况\n1-7月，全市建成大棚60座。", ""),
]

YEARS = [
    # a part of the year that is over is reported
    ("8-8 03:41\n2023年上半年，全市建成大棚60座。", "2023-08-08"),
    ("07-20 15:29\n2023年1—6月，全市建成大棚60座。", "2023-07-20"),
    ("全市建成大棚60座\n本报北京8月7日电 （记者王明）2023年前7个月，全市建成大棚60座。", "2023-08-07"),
    # a day near to it is told in full
    ("08/16  13:50\n2023年8月12日，全市建成大棚60座。", "2023-08-16"),
    # what is compared with is the year before
    ("8-8 03:41\n今年以来，全市建成大棚60座，比2022年同期多8座。", "2023-08-08"),
    # and so is a year that has ended
    ("1-16 03:41\n截至2024年底，全市共有大棚60座。", "2025-01-16"),
    # an event of the year
    ("8-8 03:41\n在2023年全市农业博览会上，展出农机60台。", "2023-08-08"),
    # a year to come is never that of the text
    ("8月3日，市农业局发布规划。到2027年，全市将建成大棚60座。", ""),
    # unless something is due by its end and no other is named
    ("8月3日，市农业局发布规划。预计2024年底，全市建成大棚60座。", "2024-08-03"),
    # the day alone tells no year, nor does an event of long ago
    ("8-8 03:41\n今年以来，全市建成大棚60座。", ""),
    ("8-8 03:41\n2018年7月落户的公司今年建成大棚60座。", ""),
]


@pytest.mark.parametrize(("text", "published"), STAMPS + YEARS)
def test_date_of_an_article_is_read_from_its_head(pipeline: Pipeline, text: str, published: str) -> None:
    assert pipeline.layout.articles(Document("d", text))[0].published == published


def test_stamp_without_a_year_that_is_given_takes_the_year_that_the_text_implies(pipeline: Pipeline) -> None:
    document = Document("d", "2023年上半年，全市建成大棚60座。", stamp="07-20 15:29")
    assert pipeline.layout.articles(document)[0].published == "2023-07-20"


NAMES = [
    ("2023-08-08-农业.txt", "2023-08-08"),
    ("news/20230808/t20230808_6.html", "2023-08-08"),
    ("农业2023-08.txt", ""),
    ("1202308081.txt", ""),
    ("20230231.txt", ""),
]


@pytest.mark.parametrize(("name", "published"), NAMES)
def test_name_of_the_document_tells_its_date_where_the_text_does_not(
    pipeline: Pipeline, name: str, published: str
) -> None:
    assert pipeline.layout.articles(Document(name, "全市建成大棚60座。"))[0].published == published
    (article,) = pipeline.layout.articles(Document(name, "2023-07-20\n全市建成大棚60座。"))
    assert article.published == "2023-07-20"
