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
    ("市南区新增60个；惠及3.2万户。", ["市南区", "青岛市"]),
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
    # the first item of a list is not all of it
    ("市南区登州路、崂山区海尔路等5条道路完工。", ["青岛市"]),
    # a sentence that goes on has the area of the one before
    ("市南区新增60个。其中，公园20个。全市新增80个。", ["市南区", "市南区", "青岛市"]),
    ("市南区新增60个。新增公园20个。", ["市南区", "青岛市"]),
    # a region is one where it acts
    ("长三角地区新增60个，长三角铁路发送旅客60人。", ["长三角地区", "青岛市"]),
    # what is the most of the nation is not said of the nation
    ("全国规模最大的安置区，有60%的居民就业。", ["青岛市"]),
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
