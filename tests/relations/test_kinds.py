"""Level, share, change or rank, and the sign of a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric, format_value

Read = Callable[..., list[Metric]]

KINDS = [
    ("完成改造60个。", ["level"]), ("惠及居民3.2万户。", ["level"]), ("助餐场所达到68家。", ["level"]),
    ("增加产值5100多亿元。", ["level"]), ("新增泊位2500余个。", ["level"]), ("办理时限压缩至3个工作日。", ["level"]),
    ("森林覆盖率达到42.3%。", ["share"]), ("失业率为5.1%。", ["share"]), ("占总支出的80%。", ["share"]),
    ("完成全年目标的85%。", ["share"]), ("覆盖率从63.2%提高到72.7%。", ["share", "share"]),
    ("森林覆盖率提高到42.3%。", ["share"]), ("结构优化为2.9∶1。", ["share"]), ("七成财政支出用于民生。", ["share"]),
    ("生产总值增长5.5%。", ["change"]), ("投资下降1.2%。", ["change"]), ("覆盖率提高0.3个百分点。", ["change"]),
    ("学生比上年增加300人。", ["change"]), ("增速高于全国1.7个百分点。", ["change"]), ("营业额翻一番。", ["change"]),
    ("接待量是上年同期的2.4倍。", ["change"]), ("排名较上年提升4位。", ["change"]), ("增速为5.5%。", ["change"]),
    ("增幅达5.5%。", ["change"]), ("生产总值同比增长5.5%，投资增长3%。", ["change", "change"]),
    ("总量居全国第四。", ["rank"]), ("金牌数居全市首位。", ["rank"]), ("学科进入全球前1%。", ["rank"]),
    ("增速居全省第2位。", ["rank"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kind_of_each_figure(read: Read, text: str, kinds: list[str]) -> None:
    assert [metric.kind for metric in read(text)] == kinds


MOVED = [
    ("甲县、乙县等4个县增长12%以上。", "12%", "change", "12"),
    ("进口额也比环比下降了4%。", "4%", "change", "-4"),
    ("进口跌幅较大，为同比下跌8.2%。", "8.2%", "change", "-8.2"),
    ("这也说明了4月份下跌6.3%后的反弹。", "6.3%", "change", "-6.3"),
    ("失业率降至6.4%后开始回升。", "6.4%", "share", "6.4"),
    ("出口下降3%，超过了进口下降2%的幅度。", "2%", "change", "-2"),
    ("居家养老、社区养老2个行业分别比上年同期增长9%、7%和5%。", "7%", "change", "7"),
    ("全县上半年4.5%的增长实际上高于预测。", "4.5%", "change", "4.5"),
    ("全区9个港口均实现同比正增长。", "9个", "level", "9"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "kind", "value"), MOVED)
def test_verb_right_before_a_share_tells_whether_it_is_a_change(
    read: Read, text: str, figure: str, kind: str, value: str
) -> None:
    (metric,) = [metric for metric in read(text) if figure in metric.text]
    assert (metric.kind, format_value(metric.value)) == (kind, value)


BESIDE = [
    ("行业营业收入增速较快，分别为16.9%和14.7%。", "14.7%", "change", "14.7"),
    ("水面面积减幅达1.4%。", "1.4%", "change", "-1.4"),
    ("能耗累计下降幅度超过16%。", "16%", "change", "-16"),
    ("普惠率92.3%，高于全国86.1%的平均水平。", "86.1%", "share", "86.1"),
    ("水库水位超汛限0.6米。", "0.6米", "change", "0.6"),
    ("水位102.4米，低于汛限水位（104米）1.6米。", "1.6米", "change", "-1.6"),
    ("工程比原计划提前了8天。", "8天", "change", "8"),
    ("与去年同期相比，数量减少21家。", "21家", "change", "-21"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "kind", "value"), BESIDE)
def test_words_beside_a_figure_tell_its_kind(read: Read, text: str, figure: str, kind: str, value: str) -> None:
    (metric,) = [metric for metric in read(text) if figure in metric.text]
    assert (metric.kind, format_value(metric.value / (10_000 if "万" in figure else 1))) == (kind, value)


SIGNS = [
    ("投资下降1.2%。", "-1.2"), ("投资减少1.2%。", "-1.2"), ("能耗降低1.2%。", "-1.2"), ("降幅收窄1.2个百分点。", "-1.2"),
    ("增速回落1.2个百分点。", "-1.2"), ("人口比上年减少300人。", "-300"), ("用时较上年缩短20%。", "-20"),
    ("降幅为1.2%。", "-1.2"), ("投资增长1.2%。", "1.2"), ("投资回升1.2个百分点。", "1.2"), ("人口比上年增加300人。", "300"),
    ("办理时限压缩至3个工作日。", "3"), ("失业率下降到5.1%。", "5.1"), ("浓度降至28微克/立方米。", "28"),
    ("减少排放300吨。", "300"), ("拆除违建27处。", "27"), ("失业率为5.1%。", "5.1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SIGNS)
def test_value_is_negative_only_for_a_change_that_goes_down(read: Read, text: str, value: str) -> None:
    assert [format_value(metric.value) for metric in read(text)] == [value]


def test_each_change_of_a_sentence_has_its_own_sign(read: Read) -> None:
    found = read("出口增长5.5%，进口下降3%，消费增长1.2%。")
    assert [format_value(metric.value) for metric in found] == ["5.5", "-3", "1.2"]


def test_falling_range_is_written_from_its_lower_end(read: Read) -> None:
    (metric,) = read("能耗下降3%—5%。")
    assert metric.value_high is not None
    assert metric.value <= metric.value_high
    assert {format_value(metric.value), format_value(metric.value_high)} == {"-5", "-3"}


def test_base_is_given_for_changes_and_ranks_alone(read: Read) -> None:
    found = read("同比增长5.5%，惠及居民3.2万户，覆盖率达到42.3%，总量居全国第四。")
    assert [bool(metric.base) for metric in found] == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "kind"), [("饲料产量56万吨，-6.1%。", "change"), ("公司净利率-6.1%，门店3家。", "share")]
)
def test_signed_percentage_that_is_of_nothing_named_is_a_change(read: Read, text: str, kind: str) -> None:
    assert [metric.kind for metric in read(text) if metric.text == "-6.1%"] == [kind]
