"""The tables that a run writes: what each column is called, holds and means. All formats are made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.model.codes import CODED_COLUMNS
from extract.model.record import BOUNDS, KINDS, STATUSES

Type = Literal["text", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, what it means in English and in Chinese, and the words that it takes, if it takes few.

    `is_required` where no cell is empty.
    """

    name: str
    type: Type
    meaning: str
    meaning_zh: str
    words: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns, and what one row is, in English and in Chinese; `key` tells rows apart."""

    name: str
    row: str
    row_zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)


_DOC = Column("doc", "text", "Name of the document: its file or its id", "文件名或编号", is_required=True)
_START = Column(
    "start", "integer", "Offset of the first character in the text, from 0", "起始字符位置（从 0 起）", is_required=True
)
_END = Column("end", "integer", "Offset behind the last character", "结束字符位置（不含）", is_required=True)
_ARTICLE = Column("article", "integer", "Number of the article in the document, from 1", "文中第几篇", is_required=True)
_TITLE = Column("title", "text", "Title of the article", "标题")
_PUBLISHED = Column("published", "text", "Day of publication, ISO 8601", "发布日期")

_RECORD: tuple[Column, ...] = (
    _DOC,
    _START,
    _END,
    Column("text", "text", "The figure as the text writes it", "原文中的数量", is_required=True),
    Column(
        "value",
        "number",
        "The number, scales such as 万 applied; of a range the lower end",
        "数值（已换算十百千万亿；区间取低值）",
        is_required=True,
    ),
    Column("value_high", "number", "The upper end of a range", "区间的高值"),
    Column("unit", "text", "The unit without its scale", "单位（不含万、亿）"),
    Column(
        "bound",
        "text",
        "Whether the figure is exact, about, over or under the value",
        "确切、大约、以上、以下",
        BOUNDS,
        True,
    ),
    Column(
        "kind",
        "text",
        "An amount, a share of a whole, a change against a base, or a place in an order",
        "数量、占比、增减、位次",
        KINDS,
        True,
    ),
    Column("object", "text", "What is counted or measured, in the words of the text", "统计对象（原文用语）"),
    Column("predicate", "text", "The verb that governs the figure", "谓语动词"),
    Column("owner", "text", "Whose figure it is", "主体"),
    Column("area", "text", "Full name of the area that the figure is about", "地区全称"),
    Column("period", "text", "The time that the figure refers to, ISO 8601", "时期（ISO 8601）"),
    Column("base", "text", "What a change or a place in an order is measured against", "比较基准"),
    Column("status", "text", "Achieved or planned", "已实现或计划", STATUSES, True),
    _ARTICLE,
    _TITLE,
    _PUBLISHED,
    Column("section", "text", "The heading that the sentence stands under", "小标题"),
    Column("sentence", "text", "The sentence", "所在句子"),
    Column("rules", "text", "Ids of the rules that made the row, parted by blanks", "所用规则"),
    Column("evidence", "text", "Where each field was read", "各字段的出处"),
    Column("id", "text", "Stays the same for the same document and place", "记录编号", is_required=True),
    Column("indicator", "text", "Standard name of what is reported (rules/indicators.csv)", "指标名称"),
    Column("topic", "text", "Topic of the indicator", "主题"),
    Column(
        "unit_code",
        "text",
        "Code of the unit: UCUM, ISO 4217 for money, else the classifier",
        "单位代码（UCUM、ISO 4217 或量词）",
    ),
    Column("value_base", "number", "The value in the unit of unit_base", "换算为基本单位的数值"),
    Column("unit_base", "text", "Code of the base unit of this dimension", "基本单位代码"),
    Column(
        "area_code",
        "text",
        "Code of the area: GB/T 2260, with X for zones and regions",
        "行政区划代码（GB/T 2260；X 为园区、区域）",
    ),
    Column("period_start", "date", "First day of the period", "时期首日"),
    Column("period_end", "date", "Last day of the period", "时期末日"),
    Column("flags", "text", "What does not add up, parted by blanks", "核对提示"),
    Column("same_as", "text", "Id of the first record of the same figure", "同一数据的首条记录编号"),
)
_BY_NAME = {column.name: column for column in _RECORD}

METRICS = Table(
    "metrics",
    "A figure that a text reports",
    "文中报告的一个数量",
    tuple(_BY_NAME[name] for name in CODED_COLUMNS),
    ("id",),
)

ARTICLES = Table(
    "articles",
    "An article of a document",
    "一篇文章",
    (
        _DOC,
        _ARTICLE,
        _TITLE,
        _PUBLISHED,
        Column("source", "text", "Who put it out", "来源"),
        Column("authors", "text", "Authors, parted by 、", "作者"),
        Column("area", "text", "Full name of the area that it is about", "地区全称"),
        Column("metrics", "integer", "How many figures it reports", "数量条数", is_required=True),
        Column("format", "text", "Format of its file", "文件格式"),
        Column("encoding", "text", "Encoding of its file", "文件编码"),
    ),
    ("doc", "article"),
)

REPAIRS = Table(
    "repairs",
    "What was put right in a text, or set apart from it",
    "对原文的一处修整",
    (
        _DOC,
        Column("kind", "text", "What was repaired", "修整类别", is_required=True),
        _START,
        _END,
        Column("text", "text", "The characters there, cut if they are many", "该处文字"),
        Column("detail", "text", "How it was repaired", "说明"),
    ),
)

TABLES = (METRICS, ARTICLES, REPAIRS)
