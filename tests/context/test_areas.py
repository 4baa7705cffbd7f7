"""The area of each figure, through the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric

Read = Callable[..., list[Metric]]

TITLE = "青岛市民生工作\n"

AREAS = [
    # an area runs on until another opens a clause
    ("市南区新增60个，惠及3.2万户，崂山区新增20个，全市新增80个。", ["市南区", "市南区", "崂山区", "青岛市"]),
    # but not over a semicolon
    ("市南区新增60个；惠及居民3.2万户。", ["市南区", "青岛市"]),
    # nor if it is part of a name
    ("崂山区小区60个，公园20个。", ["崂山区", "青岛市"]),
    ("崂山区旅游带动作用更加突出，接待游客60万人次。", ["青岛市"]),
    # a list of areas shares the figures out
    ("市南区、崂山区分别新增60个、20个。", ["市南区", "崂山区"]),
    # a carried object brings its area
    ("崂山区农村公路里程380公里，居全市首位。", ["崂山区", "崂山区"]),
    # places below the county, and short names of places inside the article's area
    ("中韩街道完成改造60个，惠及3.2万户。", ["中韩街道", "中韩街道"]),
    ("胶州新增60个，平度新增20个。", ["胶州市", "平度市"]),
    ("各街道完成改造60个。", ["青岛市"]),
    # what stands above
    ("全省新增600个，全国新增6万个。", ["山东省", "全国"]),
    ("入选全国文明村镇60个。", ["青岛市"]),
    ("产值居全省第2位。", ["青岛市"]),
    # of two figures in a comparison the nation's own is the nation's
    ("普惠率90.4%，高于全国平均水平（88.1%）。", ["青岛市", "全国"]),
    ("普惠率高于全国88.1%的平均水平，增速高于全国2.1个百分点。", ["全国", "青岛市"]),
    ("产值占全国10%，居全国第三。", ["青岛市", "青岛市"]),
    # a part of what is the nation's, and what goes on about it, but no title and no rank
    ("国内汽油价格每吨上调60元，柴油价格每吨上调50元。", ["全国", "全国"]),
    ("到2030年，全国护士总量达到600万人。", ["全国"]),
    ("国内贷款60亿元。", ["青岛市"]),
    ("全国文明村镇60个。", ["青岛市"]),
    # what a body of the state counts is the nation's, what its branch counts is not
    ("商务部数据显示，2022年直播6万场，主播60万人。", ["全国", "全国"]),
    ("国家统计局青岛调查队数据显示，居民收入增长6%。", ["青岛市"]),
    ("商务部数据显示，全市直播6万场。", ["青岛市"]),
    # the first item of a list is not all of it
    ("市南区登州路、崂山区海尔路等5条道路完工。", ["青岛市"]),
    # a sentence that goes on has the area of the one before
    ("市南区新增60个。其中，公园20个。全市新增80个。", ["市南区", "市南区", "青岛市"]),
    ("市南区新增60个。新增公园20个。", ["市南区", "青岛市"]),
    # a region is one where it acts
    ("长三角地区新增60个，长三角铁路发送旅客60人。", ["长三角地区", "青岛市"]),
    # what is the most of the nation is not said of the nation
    ("全国规模最大的安置区，有60%的居民就业。", ["青岛市"]),
    # the place right before a figure, or before its bracket, is the figure's
    ("全市建成公园：其中胶州6个、平度5个，莱西约3个。", ["胶州市", "平度市", "莱西市"]),
    ("增速较快的是胶州（9.7%）、平度（8.6%）和莱西（6.6%）。", ["胶州市", "平度市", "莱西市"]),
    ("增速快于全省平均增速（6.6%）。", ["山东省"]),
    # but the last of a list of places is not what the list counts
    ("铁路沿线设胶州、平度、莱西3座车站。", ["青岛市"]),
    # a list of places is shared out in a later clause too, past what stands in brackets
    ("胶州、平度同步提速，产值分别达60亿元、50亿元，增长6%和5%。", ["胶州市", "平度市", "胶州市", "平度市"]),
    ("胶州（60亿元）、平度（50亿元）居前，增速分别为6%、5%。", ["胶州市", "平度市", "胶州市", "平度市"]),
    # short names that are the subject of a clause, if they stand as one with a noun; other cities too
    ("平度上半年新增60个，惠及3万户。", ["平度市", "平度市"]),
    ("最年轻的县级市平度位居第二。", ["平度市"]),
    ("济南上半年产值60亿元。", ["济南市"]),
    ("增速最高的是平度，达到9.6%。", ["平度市"]),
    # an end of a way is none
    ("平度至莱西的公路新增60个站点。", ["青岛市"]),
    # what a body of the state tells in the middle of a sentence is the nation's
    ("增速较快，国家统计局近日公布的数据显示，工业增长5.5%。", ["全国"]),
    # what lies in a place is in it, what bears its name need not be
    ("平度水厂供水60万吨。", ["平度市"]),
    ("济南机场发送旅客60万人次。", ["济南市"]),
    ("济南大学入选专家60人。", ["青岛市"]),
    # the head of an item holds for all of it
    ("（1）崂山区某片区项目：计划总投资23.6亿元；已签约住户2310户。", ["崂山区", "崂山区"]),
    # and a word such as 全区 in it speaks of it
    ("崂山区：全区共有小区60个，已完成20个。", ["崂山区", "崂山区"]),
    # an office of a place acts for it, not one that something is done in
    ("崂山区住房建设局共投入车辆60台，泵车20台。", ["崂山区", "崂山区"]),
    ("在崂山区急救中心接受治疗60人，转院20人。", ["崂山区", "青岛市"]),
    # a school bears a name
    ("青岛市第七中学等12所学校开放，崂山区第二小学新增学位60个。", ["青岛市", "青岛市"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "areas"), AREAS)
def test_area_of_each_figure(read: Read, text: str, areas: list[str]) -> None:
    assert [metric.area for metric in read(TITLE + text)] == areas


def test_text_on_the_nation_names_its_cities_by_their_short_names(read: Read) -> None:
    text = "国家统计局发布数据\n全国房价下降6%，其中广州和深圳分别下降0.2%和0.6%。"
    assert [metric.area for metric in read(text)] == ["全国", "广州市", "深圳市"]


def test_text_on_another_country_names_others_by_the_way(read: Read) -> None:
    text = "德国工业订单增长\n德国6月订单增长7%，德国出口增长6%。西班牙工业产出下降3%。中国出口增长5%。"
    assert [metric.area for metric in read(text)] == ["德国", "德国", "西班牙", "全国"]


def test_rule_that_told_the_area_goes_into_the_record(read: Read) -> None:
    found = read(TITLE + "全市新增60个。新增50个。市南区新增20个。")
    told = [next(rule for rule in metric.rules if rule.startswith("area.")) for metric in found]
    assert told == ["area.word", "area.named", "area.own"]


def test_word_for_a_city_in_a_text_on_more_is_the_city_named_before_it(read: Read) -> None:
    text = "国家统计局发布数据\n在山东青岛，体育部门举办活动，全市共2000人参加。全国共600万人参加。"
    assert [metric.area for metric in read(text)] == ["青岛市", "全国"]
