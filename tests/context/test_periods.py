"""The period that each figure refers to: its clause, its sentence, the running context, the publication."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from extract.model.record import Metric

Read = Callable[..., list[Metric]]

CASES = [
    # the clause's own time
    ("2024年，完成改造60个。", ["2024"]),
    ("截至9月底，建成项目60个。", ["2025-09"]),
    ("前三季度，生产总值增长5.5%。", ["2025-01/2025-09"]),
    ("11月15日，抽检食品60批次。", ["2025-11-15"]),
    ("国庆假期，接待游客600万人次。", ["2025-10-01/2025-10-08"]),
    ("去年，完成改造60个。", ["2024"]),
    ("到2027年，建成项目60个。", ["2027"]),
    ("2024年完成改造60个，2025年完成改造70个。", ["2024", "2025"]),
    # the sentence's
    ("今年上半年，全区完成改造60个，惠及居民3.2万户。", ["2025-01/2025-06", "2025-01/2025-06"]),
    # the sentences before in the paragraph
    ("2024年，完成改造60个。惠及居民3.2万户。", ["2024", "2024"]),
    # the publication's year where nothing is said
    ("全区完成改造60个。", ["2025"]),
    ("今年以来，全区完成改造60个。", ["2025"]),
    # the moment that something happened at, or the day from which on it holds, stands behind what follows
    ("记者获悉，11月15日14时56分，仓库起火。出动消防车60辆。", ["2025-11-15"]),
    ("自11月9日24时起，票价调整。每张上调60元。", ["2025-11-09"]),
    ("从2025年1月起，养老金调整。每月增加60元。", ["2025-01"]),
    # not one that is only said by the way
    ("今年建成车位60个。车流最高峰为11月15日17时。充电桩共有60个。", ["2025", "2025"]),
    # a time to come that one clause tells by the way stays on its side of a semicolon
    ("区人民医院新院区将于明年6月启用，设床位500张；新开设中医馆13家。", ["2026-06", "2025"]),
    ("明年，新院区将启用，设床位500张；新开设中医馆13家。", ["2026", "2026"]),
    # a look back: flows take the interval, what stands at its end the last year
    ("“十四五”期间，累计新增就业60万人。", ["2021/2025"]),
    ("“十四五”期间，全区累计完成改造60个，床位总数达到2500张。", ["2021/2025", "2025"]),
    # a value before a change takes its own time, or none
    ("农产品加工转化率从2020年的51%提升到2025年的70%。", ["2020", "2025"]),
    ("今年，覆盖率从63.2%提高到72.7%。", ["", "2025"]),
    ("今年，秸秆还田率由去年的66%升至七成。", ["2024", "2025"]),
    ("今年，办理时限由40个工作日压缩至15个工作日。", ["", "2025"]),
    # from a year to a month, and since a congress
    ("2018年以来至今年6月，全市审结案件8975件。", ["2018-01/2025-06"]),
    ("党的十九大以来，全市发放资助60万元。", ["2017/2025"]),
    # a run of days by their hours
    ("11月7日中午到8日中午，全市降雨60毫米。", ["2025-11-07/2025-11-08"]),
    # an hour of the day that was spoken of, else of that of publication
    ("11月15日，暴雨来袭。截至11时，全市转移60人。", ["2025-11-15"]),
    ("截至11时，全市转移60人。", ["2025-11-20"]),
    # the whole year of a target is not the time of what follows
    (
        "1—10月，全市新增就业6万人，完成全年8万人目标任务逾六成，帮助2万人就业。",
        ["2025-01/2025-10", "2025", "2025", "2025-01/2025-10"],
    ),
    # two bases of a comparison
    ("上半年增速分别较2024年全年和2025年一季度提高3.6个、0.2个百分点。", ["2025-01/2025-06", "2025-01/2025-06"]),
    # what a figure is compared with is not its time
    ("生产总值比2020年增长5.5%。", ["2025"]),
    ("今年，接待游客60万人次，是去年同期的2.4倍。", ["2025", "2025"]),
]


@pytest.mark.parametrize(("text", "periods"), CASES)
def test_figure_refers_to_the_period(read: Read, text: str, periods: list[str]) -> None:
    assert [metric.period for metric in read(text)] == periods


def test_title_of_this_year_sets_the_time_of_the_article_before_a_part_of_it_that_the_text_tells(read: Read) -> None:
    found = read("市南区今年改造小区60个\n前三季度，民生支出46.3亿元。\n全区新增泊位570个。\n改造管网93.5公里。")
    assert [metric.period for metric in found] == ["2025", "2025-01/2025-09", "2025", "2025"]


def test_month_told_in_passing_does_not_run_into_the_next_paragraph(read: Read) -> None:
    text = "市南区发布会\n今年以来，全区完成改造60个。\n9月份，建成学校7所。\n新增泊位2500个。"
    assert [metric.period for metric in read(text)] == ["2025", "2025-09", "2025"]


def test_headline_takes_the_time_of_the_article(read: Read) -> None:
    text = "市南区完成改造60个\n2024年，全区完成改造60个，惠及3.2万户。"
    assert read(text)[0].period == "2024"


@pytest.mark.parametrize(
    "text", ["全区完成改造60个。", "今年，全区完成改造60个。", "去年，全区完成改造60个。", "9月，改造60个。"]
)
def test_period_is_empty_where_no_date_is_known(read: Read, text: str) -> None:
    assert [metric.period for metric in read(text, "")] == [""]


@pytest.mark.parametrize(("text", "period"), [("2024年，改造60个。", "2024"), ("2024年9月，改造60个。", "2024-09")])
def test_full_time_is_read_where_no_date_is_known(read: Read, text: str, period: str) -> None:
    assert [metric.period for metric in read(text, "")] == [period]


def test_look_back_from_a_year_has_no_false_end_where_no_date_is_known(read: Read) -> None:
    assert [metric.period for metric in read("2021年以来，完成改造60个。", "")] in (
        [""],
        ["2021"],
        ["2021/.."],
    )


def test_work_report_of_january_speaks_of_the_year_before(read: Read) -> None:
    text = "政府工作报告\n过去一年，全市生产总值增长5.5%。\n新增就业60万人。"
    assert [metric.period for metric in read(text, "2026-01-27")] == ["2025", "2025"]


def test_targets_of_a_work_report_are_of_the_year_it_came_out(read: Read) -> None:
    text = "政府工作报告\n过去一年，全市生产总值增长5.5%。\n今年主要预期目标是：生产总值增长5%左右。新增就业60万人。"
    assert [metric.period for metric in read(text, "2026-01-27")] == ["2025", "2026", "2026"]


def test_running_years_set_the_interval(read: Read) -> None:
    text = "政府工作报告\n过去五年，粮食产量连续3年稳定在800万吨以上。"
    assert [metric.period for metric in read(text, "2026-01-27")] == ["2023/2025"]


def test_articles_of_one_document_do_not_share_their_time(read: Read) -> None:
    text = (
        "市南区发布会\n2023年以来，全区完成改造60个。记者 王明\n\n崂山区发布会\n全区完成改造70个，成效明显。记者 李红\n"
    )
    assert read(text)[1].period == "2025"


@pytest.mark.parametrize(
    "text", [text for text, _ in CASES] + ["近年来完成60个。", "2021年以来完成60个。", "去年同期完成60个。"]
)
def test_period_is_iso_8601(read: Read, text: str) -> None:
    date = r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?|-Q[1-4])?"
    for metric in read(text):
        assert re.fullmatch(f"({date}(/{date})?)?", metric.period)


AUGUST = [
    # the day on which something was told is no time of its figures, that of an event is
    ("8月1日，记者从市农业局获悉，全市建成大棚60座。", ["2023"]),
    ("8月1日，市农业局发布数据，今年上半年，全市建成大棚60座。", ["2023-01/2023-06"]),
    ("8月1日，20座大棚集中开工，总投资6亿元。", ["2023-08-01", "2023-08-01"]),
    ("8月1日，新线路开通。据悉，本次开通的线路共6条。", ["2023-08-01"]),
    # nor is that of a dateline
    ("新华社北京8月7日电 全市建成大棚60座。", ["2023"]),
    # now, in a text on half a year
    ("今年上半年，全市建成大棚60座。目前，全市共有大棚600座。", ["2023-01/2023-06", "2023"]),
    # a plan lies in no period that has gone by
    ("今年上半年，全市建成大棚60座。下一步，将建成大棚80座。", ["2023-01/2023-06", "2023"]),
    ("下半年，全市将建成大棚60座。年底前，将建成冷库6座。", ["2023-07/2023-12", "2023"]),
    # a year that has gone by ends where a sentence starts afresh, one to come too
    ("2018年，全市建成大棚60座。共有农户6万户。", ["2018", "2018"]),
    ("2018年，全市建成大棚60座。据介绍，共有农户6万户。", ["2018", "2023"]),
    ("到2027年，全市建成大棚60座。目前，全市共有大棚600座。", ["2027", "2023"]),
    # a moment told by the way stays on its side of a semicolon, one that opens the sentence does not
    (
        "上半年收入6亿元，6月底累计结余8亿元；向60户企业返还9亿元。",
        ["2023-01/2023-06", "2023-06", "2023-01/2023-06", "2023-01/2023-06"],
    ),
    ("截至6月底，累计结余8亿元；共有企业60户。", ["2023-06", "2023-06"]),
    # a time behind its figure
    ("其余60所幼儿园2024年秋季将竣工。", ["2024"]),
    # what happened in a year is no time of the figure that it describes
    ("计划改造2000年底前建成的小区60个。", ["2023"]),
    # an article of events on some days that names no part of the year longer than a month: the month they fell in
    ("8月5日，暴雨引发山洪。转移群众600人。目前，出动冲锋舟60艘。", ["2023-08", "2023-08"]),
    ("7月31日，暴雨引发山洪。转移群众600人。", ["2023-07"]),
    ("8月5日，暴雨引发山洪。转移群众600人。今年以来，全县加固堤防60公里。", ["2023", "2023"]),
    ("受今年第5号台风影响，8月5日，暴雨引发山洪。转移群众600人。", ["2023-08"]),
    # a day that opens its sentence holds over semicolons
    ("截至8月5日12时，受灾人口60万人；倒塌房屋600间。", ["2023-08-05", "2023-08-05"]),
    (
        "8月1日至6日，售出汽车60辆；今年以来售出600辆；出口汽车6辆。",
        ["2023-08-01/2023-08-06", "2023", "2023-08-01/2023-08-06"],
    ),
    # 今年 means the article's period only where that runs from the year's beginning
    ("6月，销售汽车60辆。今年以来，销售汽车600辆。", ["2023-06", "2023"]),
    # since a month or a day
    ("6月份以来，发电6亿千瓦时，同比增长6%。", ["2023-06/2023-08", "2023-06/2023-08"]),
    ("自7月29日以来，排查隐患60处。", ["2023-07-29/2023-08-08"]),
    # a day without its month
    ("警方6日出动警力60人。", ["2023-08-06"]),
    ("截至6日17时，转移群众600人。", ["2023-08-06"]),
    # what a figure is compared with, with more words between or in brackets
    ("上半年，与疫情前的2019年同期相比，客流增长6%。", ["2023-01/2023-06"]),
    ("4月至6月，失业率与上一期(2023年3月至5月)持平。劳动人口60万人。", ["2023-04/2023-06"]),
    ("上半年，调解纠纷60万件，是去年全年总量的3倍，化解60件。", ["2023-01/2023-06"] * 3),
    ("7月进口60吨，降至1月以来最低水平，下降6%。", ["2023-07", "2023-07"]),
    # a year gone by that is named by the way says nothing of the next sentence
    ("景区在2018年建成。今年接待游客60万人次。", ["2023"]),
    ("该景区于2018年建成。接待游客60万人次。", ["2023"]),
    # what is so many at the end of some months, and what was added in them
    ("上半年，全市汽车保有量达60万辆，新增6万辆。", ["2023-06", "2023-01/2023-06"]),
    # a list of times shares the figures out
    ("2020年、2021年物价分别上涨0.6%和3.6%；2022年上涨6%。", ["2020", "2021", "2022"]),
    ("去年12月、今年1月和2月分别投放60亿元、70亿元和80亿元。", ["2022-12", "2023-01", "2023-02"]),
    # the month that was spoken of
    ("截至6月，客户达600万户，本月净增6万户。", ["2023-06", "2023-06"]),
    ("本月净增6万户。", ["2023-08"]),
    # days counted from that of publication
    ("昨日，仓库起火，出动警力60人。", ["2023-08-07"]),
    ("今年第二季收入60亿元，前年收入50亿元。", ["2023-Q2", "2021"]),
    # 3月末 in the title stands behind all
    ("3月末贷款余额60亿元\n其中，个人贷款余额20亿元。\n企业贷款余额40亿元。", ["2023-03"] * 3),
]


@pytest.mark.parametrize(("text", "periods"), AUGUST)
def test_figure_of_a_news_text_refers_to_the_period(read: Read, text: str, periods: list[str]) -> None:
    assert [metric.period for metric in read(text, published="2023-08-08")] == periods


@pytest.mark.parametrize(
    "text", ["工作报告年均8%", "工作报告4%“十四五”期间", "2017年2月29日新增60个。", "2018年8月31日至6月31日新增60个。"]
)
def test_impossible_period_is_never_put_out(read: Read, text: str) -> None:
    assert {metric.period for metric in read(text, published="")} == {""}


def test_undated_text_on_a_year_counts_from_it(read: Read) -> None:
    text = "农村经济稳步发展\n2014年，全市建成大棚60座。\n2010年以来，建成冷库6座。"
    assert [metric.period for metric in read(text, published="")] == ["2014", "2010/2014"]


def test_undated_text_on_a_part_of_a_year_counts_from_that_year(read: Read) -> None:
    text = "2014年1-7月建筑业情况\n1-7月，竣工面积60万平方米。"
    assert [metric.period for metric in read(text, published="")] == ["2014-01/2014-07"]


def test_what_comes_into_force_later_is_planned_until_something_done_is_told(read: Read) -> None:
    text = "新标准将自2023年9月1日起施行。每人每月补贴75元。目前已发放补贴6亿元。"
    assert [(m.status, m.period) for m in read(text, published="2023-08-08")] == [
        ("planned", "2023"),
        ("actual", "2023"),
    ]


def test_rules_that_told_period_and_status_go_into_the_record(read: Read) -> None:
    (metric,) = read("今年上半年，全市将建成大棚60座。", published="2023-03-08")
    assert {"time.quarters", "status.will"} <= set(metric.rules)


def test_plan_heading_that_runs_into_its_paragraph_opens_a_section_of_targets(read: Read) -> None:
    text = "农业局工作\n一、2024年工作总结。建成大棚60座。二、2025年工作计划（一）扩大规模。建成大棚80座。\n落实资金6万元。"
    found = [(metric.text, metric.status, metric.period) for metric in read(text, published="2025-01-08")]
    assert found == [("60座", "actual", "2024"), ("80座", "planned", "2025"), ("6万元", "planned", "2025")]


def test_whole_year_is_the_one_that_its_sentence_names(read: Read) -> None:
    (metric,) = read("2025年，全年力争培训护理员8000人次。", published="2025-01-15")
    assert (metric.period, metric.status) == ("2025", "planned")


def test_text_that_begins_with_what_this_year_is_to_bring_is_no_review(read: Read) -> None:
    text = "全市水务工作会议召开。会议提出，今年力争全年修复河道60公里。\n2024年，全市建成污水厂3座。"
    assert [metric.period for metric in read(text, published="2025-02-20")] == ["2025", "2024"]


def test_text_that_begins_with_the_year_before_is_a_review(read: Read) -> None:
    text = "全市水务工作会议召开，通报2024年成绩。全年修复河道60公里。\n今年力争修复河道80公里。"
    assert [metric.period for metric in read(text, published="2025-02-20")] == ["2024", "2025"]
