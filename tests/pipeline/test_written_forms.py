"""The corpus in other written forms gives the same records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import regex
import twins
from hypothesis import given
from hypothesis import strategies as st

from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline

CORPUS = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "corpus").glob("*-*.txt"))}
WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)}
HAN = "一-龥"


def sub(pattern: str, by: str) -> Callable[[str], str]:
    return lambda text: regex.sub(pattern, by, text)


def grouped(separator: str) -> Callable[[str], str]:
    return sub(r"(?<![\d.,—\-至~～第〔])(\d{1,3})(\d{3})(?![\d.年号届平〕—\-]|%)", rf"\1{separator}\2")


FORMS: dict[str, Callable[[str], str]] = {
    "blanks": sub(rf"(?<=[{HAN}])(?=\d)|(?<=[\d%])(?=[{HAN}])", " "),
    "no-break blanks": sub(rf"(?<=[{HAN}])(?=\d)|(?<=[\d%])(?=[{HAN}])", "\u00a0"),
    "thin blanks": sub(rf"(?<=[{HAN}])(?=\d)|(?<=[\d%])(?=[{HAN}])", "\u2009"),
    "blanks before figures": sub(rf"(?<=[{HAN}])(?=\d)", " "),
    "full width": lambda text: text.translate({**WIDE, ord("%"): "％"}),
    "half-width marks": lambda text: text.translate(str.maketrans("，；：（）", ",;:()")),
    "commas": grouped(","),
    "groups": grouped(" "),
    "zero-width": sub(r"(?<=\d)(?=\d)", "\u200b"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}


def said(metric: Metric) -> tuple[object, ...]:
    unit = metric.unit.translate(str.maketrans("（）", "()"))
    return metric.value, metric.value_high, unit


def told(metric: Metric) -> tuple[object, ...]:
    names = regex.sub(r"\s", "", metric.object).translate(str.maketrans("，；：（）", ",;:()"))
    return *said(metric), metric.bound, metric.kind, names, metric.area, metric.period, metric.status


@pytest.fixture(scope="module")
def plain(pipeline: Pipeline) -> dict[str, list[Metric]]:
    return {name: pipeline.metrics(Document(name, text)) for name, text in CORPUS.items()}


@pytest.mark.parametrize("form", FORMS)
def test_records_survive_another_written_form(pipeline: Pipeline, plain: dict[str, list[Metric]], form: str) -> None:
    total = kept = whole = new = 0
    for name, text in CORPUS.items():
        found = pipeline.metrics(Document(name, FORMS[form](text)))
        before, after = Counter(map(said, plain[name])), Counter(map(said, found))
        total += len(plain[name])
        kept += (before & after).total()
        new += (after - before).total()
        whole += (Counter(map(told, plain[name])) & Counter(map(told, found))).total()
    assert kept >= 0.995 * total
    assert whole >= 0.98 * total
    assert new <= 3


@pytest.mark.parametrize("form", ["blanks", "full width", "zero-width", "CRLF"])
def test_text_of_a_record_is_what_its_place_holds(pipeline: Pipeline, form: str) -> None:
    for name, text in CORPUS.items():
        raw = FORMS[form](text)
        for metric in pipeline.metrics(Document(name, raw)):
            place = raw[metric.start : metric.end]
            assert metric.text == place.replace("\u200b", "") or "\n" in place


def test_simplified_and_traditional_text_say_the_same_numbers(pipeline: Pipeline) -> None:
    text = "2025年，全区完成改造六十个，惠及居民3.2万户，增长百分之五点六。"
    found = [pipeline.metrics(Document("稿", form)) for form in (text, twins.traditional(text))]
    assert [(m.value, m.unit) for m in found[0]] == [(m.value, m.unit) for m in found[1]]


DIGITS, SCALES = "零一二三四五六七八九", "千百十"


def characters(number: int) -> str:
    """Write a number below 10^8 as it is read aloud."""
    high, low = divmod(number, 10_000)
    if high:
        return characters(high) + "万" + (("零" if low < 1000 else "") + characters(low) if low else "")
    text, gap = "", False
    for power, scale in zip((1000, 100, 10, 1), (*SCALES, ""), strict=True):
        if digit := number // power % 10:
            text += ("零" if gap and text else "") + DIGITS[digit] + scale
            gap = False
        else:
            gap = True
    return text


CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
WRITTEN: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": lambda number: f"{number:,}",
    "full width": lambda number: str(number).translate(WIDE),
    "wide commas": lambda number: f"{number:,}".replace(",", "，"),
    "groups": lambda number: f"{number:,}".replace(",", " "),
    "characters": characters,
    "ten thousands": lambda number: f"{number / 10_000:.4f}万",
    "mixed": lambda number: f"{number // 10_000}万{number % 10_000:04d}" if number % 10_000 > 999 else str(number),
}


@pytest.mark.parametrize("form", WRITTEN)
@given(number=st.integers(2_201, 99_999_999))
def test_number_reads_back_from_its_written_form(pipeline: Pipeline, form: str, number: int) -> None:
    text = f"2025年，全区惠及居民{WRITTEN[form](number)}户，成效明显。"
    (metric,) = pipeline.metrics(Document("稿", text))
    assert (int(metric.value), metric.unit) == (number, "户")


@given(number=st.integers(20, 99_999_999))
def test_number_reads_back_from_capital_characters(pipeline: Pipeline, number: int) -> None:
    written = characters(number).translate(CAPITALS)
    (metric,) = pipeline.metrics(Document("稿", f"2025年，全区投入资金{written}元，成效明显。"))
    assert (int(metric.value), metric.unit) == (number, "元")


POINTS: dict[str, Callable[[str], str]] = {
    "sign": lambda said: f"{said}%",
    "wide": lambda said: said.translate({**WIDE, ord("."): "．"}) + "％",
    "blank": lambda said: f"{said} %",
    "characters": lambda said: f"百分之{spoken(said)}",
    "permille": lambda said: f"{Decimal(said) * 10:f}‰",
}


def spoken(said: str) -> str:
    """Write a decimal number as it is read aloud."""
    whole, _, places = said.partition(".")
    return (characters(int(whole)) or "零") + "点" + "".join(DIGITS[int(place)] for place in places)


@pytest.mark.parametrize("form", POINTS)
@given(number=st.decimals("0.1", "99.9", places=1))
def test_percentage_reads_back_from_its_written_form(pipeline: Pipeline, form: str, number: Decimal) -> None:
    (metric,) = pipeline.metrics(Document("稿", f"2025年，全区覆盖率为{POINTS[form](str(number))}，成效明显。"))
    assert metric.value == number * (10 if form == "permille" else 1)
    assert metric.unit == ("‰" if form == "permille" else "%")


RANGES: dict[str, Callable[[int, int], str]] = {
    "dash": lambda low, high: f"{low}—{high}",
    "wave": lambda low, high: f"{low}~{high}",
    "word": lambda low, high: f"{low}至{high}",
    "wide": lambda low, high: f"{low}至{high}".translate(WIDE),
    "characters": lambda low, high: f"{characters(low)}到{characters(high)}",
}


@pytest.mark.parametrize("form", RANGES)
@given(low=st.integers(101, 2_000_000), more=st.integers(1, 7_000_000))
def test_range_reads_back_from_its_written_form(pipeline: Pipeline, form: str, low: int, more: int) -> None:
    high = low + more
    (metric,) = pipeline.metrics(Document("稿", f"2025年，全区每年惠及居民{RANGES[form](low, high)}户，成效明显。"))
    assert (metric.value, metric.value_high, metric.unit) == (low, high, "户")


@given(st.text(alphabet="0123456789零一二两三四五六七八九十百千万亿点", min_size=1, max_size=9))
def test_what_is_read_of_a_numeral_reads_back_in_figures(pipeline: Pipeline, numeral: str) -> None:
    found = pipeline.metrics(Document("稿", f"2025年，全区惠及居民{numeral}户，成效明显。"))
    for metric in found:
        again = pipeline.metrics(Document("稿", f"2025年，全区惠及居民{metric.value:f}户，成效明显。"))
        assert [one.value for one in again] == [metric.value]


NUMERALS = "0123456789零一二三四五六七八九十百千万亿点.,"


@given(st.text(alphabet=NUMERALS + "余多几个户元%年月第，、 ", max_size=24))
def test_no_record_begins_or_ends_inside_a_number_in_figures(pipeline: Pipeline, text: str) -> None:
    for metric in pipeline.metrics(Document("稿", f"全区新增{text}个。")):
        before = f"全区新增{text}个。"[: metric.start]
        assert not (regex.search(r"[0-9]$|[0-9]\.$", before) and metric.text[0].isdigit())


UNREAD = ["新增1.2.3个。", "共14,400,00股。", "安置1,0814户。", "投入3万40000元。", "新增廿三个。"]


@pytest.mark.parametrize("text", UNREAD)
def test_number_that_cannot_be_read_whole_is_told_and_gives_no_record(pipeline: Pipeline, text: str) -> None:
    found = pipeline.extract(Document("稿", text))
    assert found.metrics == []
    assert "number not read" in [repair.kind for repair in found.repairs]


FIGURES = [
    ("装机五十千瓦", "50", "千瓦"), ("新修步道三十千米", "30", "千米"), ("惠及25万6千人", "256000", "人"), ("新增3万4000人", "34000", "人"),
    ("新增1千零20个", "1020", "个"), ("同比增长负2.3%", "-2.3", "%"), ("平均气温零下5摄氏度", "-5", "摄氏度"), ("水位抬升两米半", "2.5", "米"),
    ("平均用时一个半小时", "1.5", "小时"), ("平均用时2小时1分钟", "121", "分钟"), ("占比八点五成", "85", "%"), ("占比半成", "5", "%"),
    ("投入US$1.2bn", "1200000000", "美元"), ("销售额$3.5亿", "350000000", "美元"), ("均价¥1,280", "1280", "元"), ("营收￥18.7亿元", "1870000000", "元"),
    ("投资5306亿台币", "530600000000", "新台币"), ("租金15元/㎡·月", "15", "元/平方米·月"), ("运价0.3元/吨·公里", "0.3", "元/吨·公里"), ("占比提升1.65pct", "1.65", "百分点"),
    ("网络时延降到5ms", "5", "毫秒"), ("新增3×10⁴个", "30000", "个"), ("票价打三折", "30", "%"), ("争取2个亿补助", "200000000", ""),
    ("增长百分之十一点五", "11.5", "%"), ("惠及五万一千人", "51000", "人"), ("投入三十一点五亿元", "3150000000", "元"), ("新增.5个", "0.5", "个"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), FIGURES)
def test_written_form_is_read_whole(pipeline: Pipeline, text: str, value: str, unit: str) -> None:
    found = pipeline.metrics(Document("稿", f"2025年，全区{text}。"))
    assert [(f"{m.value.normalize():f}", m.unit) for m in found] == [(value, unit)]


NONE = [
    "访问https://www.test.com/search?q=30%25%2020%了解。", "某证券(16.600, 1.51, 10.01%)涨停。", "比分3:2获胜。", "14:30开幕。", "软件版本2.13.1上线。",
    "发文国发〔2024〕5号。", "拨打12345热线。", "第300万名观众入馆。", "计量单位 亿元 人次 户。",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_number_gives_no_record(pipeline: Pipeline, text: str) -> None:
    assert pipeline.metrics(Document("稿", text)) == []
