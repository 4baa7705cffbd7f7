"""Spans, exact values, units and bounds of the quantities in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.model.quantity import Quantity
from extract.model.record import format_value
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook

Find = Callable[[str], list[Quantity]]

PLAIN = [
    ("完成改造60个", "60个", "60", "个"),
    ("惠及居民3.2万户", "3.2万户", "32000", "户"),
    ("新增泊位2500余个", "2500余个", "2500", "个"),
    ("惠及居民3,500户", "3,500户", "3500", "户"),
    ("总投资1,100万元", "1,100万元", "11000000", "元"),
    ("新增床位１２３张", "１２３张", "123", "张"),
    ("增长５．５％", "５．５％", "5.5", "%"),
    ("财政收入1.5亿元", "1.5亿元", "150000000", "元"),
    ("地区生产总值2万亿元", "2万亿元", "2000000000000", "元"),
    ("带动投资三千五百万元", "三千五百万元", "35000000", "元"),
    ("建成幼儿园十二所", "十二所", "12", "所"),
    ("涉及三个街道", "三个", "3", "个"),
    ("接待游客600万人次", "600万人次", "6000000", "人次"),
    ("平均单产三点五吨", "三点五吨", "3.5", "吨"),
    ("投资5千万元", "5千万元", "50000000", "元"),
    ("装机500千瓦", "500千瓦", "500", "千瓦"),
    ("装机3万千瓦", "3万千瓦", "30000", "千瓦"),
    ("发电2亿千瓦时", "2亿千瓦时", "200000000", "千瓦时"),
    ("惠及5千户", "5千户", "5000", "户"),
    ("新增 60 个泊位", "60 个", "60", "个"),
    ("建筑面积242万平方米", "242万平方米", "2420000", "平方米"),
    ("建筑面积1.34万㎡", "1.34万㎡", "13400", "平方米"),
    ("改造管线15km", "15km", "15", "公里"),
    ("回收旧物200kg", "200kg", "200", "千克"),
    ("占地36㎢", "36㎢", "36", "平方公里"),
    ("扩大0.3个百分点", "0.3个百分点", "0.3", "百分点"),
    ("办理时限压缩至3个工作日", "3个工作日", "3", "工作日"),
    ("工期缩短2个月", "2个月", "2", "月"),
    ("用时缩短1.5个小时", "1.5个小时", "1.5", "小时"),
    ("浓度降至28微克/立方米", "28微克/立方米", "28", "微克/立方米"),
    ("浓度降至26μg/m³", "26μg/m³", "26", "微克/立方米"),
    ("补助标准350元/平方米", "350元/平方米", "350", "元/平方米"),
    ("筹集住房1.4万套（间）", "1.4万套（间）", "14000", "套（间）"),
    ("筹集住房1.4万套(间)", "1.4万套(间)", "14000", "套(间)"),
    ("改造危房300户（套）", "300户（套）", "300", "户（套）"),
    ("纳入89万监测对象", "89万", "890000", ""),
    ("人均预期寿命达到79.72岁", "79.72岁", "79.72", "岁"),
    ("自然增长率-1.48‰", "-1.48‰", "-1.48", "‰"),
    ("同比+3.2%", "+3.2%", "3.2", "%"),
    ("降幅为−0.5%", "−0.5%", "-0.5", "%"),
    ("惠及百户居民", "百户", "100", "户"),
    ("恢复到上年的2.4倍", "2.4倍", "2.4", "倍"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "value", "unit"), PLAIN)
def test_single_quantity_has_span_value_and_unit(find: Find, text: str, span: str, value: str, unit: str) -> None:
    found = [(q.text, format_value(q.value), q.value_high, q.unit) for q in find(text)]
    assert found == [(span, value, None, unit)]


RANGES = [
    ("配备3至5名工作人员", "3至5名", "3", "5", "名"),
    ("补助20—60万元", "20—60万元", "200000", "600000", "元"),
    ("增长5.5%—6%", "5.5%—6%", "5.5", "6", "%"),
    ("产量700万—720万吨", "700万—720万吨", "7000000", "7200000", "吨"),
    ("补助20万至60万元", "20万至60万元", "200000", "600000", "元"),
    ("补助20万元至60万元", "20万元至60万元", "200000", "600000", "元"),
    ("配备3-5名医生", "3-5名", "3", "5", "名"),
    ("配备3～5名医生", "3～5名", "3", "5", "名"),
    ("配备3~5名医生", "3~5名", "3", "5", "名"),
    ("配备3到5名医生", "3到5名", "3", "5", "名"),
    ("配备三至五名医生", "三至五名", "3", "5", "名"),
    ("增长5%到6%", "5%到6%", "5", "6", "%"),
    ("增产三五百吨", "三五百吨", "300", "500", "吨"),
    ("投入五六百万元", "五六百万元", "5000000", "6000000", "元"),
    ("每户增收三五万元", "三五万元", "30000", "50000", "元"),
    ("设置展位三四十个", "三四十个", "30", "40", "个"),
    ("新建站点三五个", "三五个", "3", "5", "个"),
    ("邀请专家两三名", "两三名", "2", "3", "名"),
    ("完成六七成", "六七成", "60", "70", "%"),
    ("补助1000—2000元", "1000—2000元", "1000", "2000", "元"),
    ("补助800—2000万元", "800—2000万元", "8000000", "20000000", "元"),
]  # fmt: skip


def test_one_and_a_half_of_each_unit_that_may_be_said_so_is_read(find: Find, book: Rulebook) -> None:
    found = [find(f"工期延长至一个半{unit}") for unit in book.numerals.half_units]
    assert [[one.value for one in quantities] for quantities in found] == [[Decimal("1.5")]] * len(found)


@pytest.mark.parametrize(("text", "span", "low", "high", "unit"), RANGES)
def test_range_is_one_quantity_with_both_ends(find: Find, text: str, span: str, low: str, high: str, unit: str) -> None:
    found = [(q.text, format_value(q.value), format_value(q.value_high), q.unit) for q in find(text)]
    assert found == [(span, low, high, unit)]


LISTS = [
    ("分别投入1、2、3亿元", [("1", "100000000", "元"), ("2", "200000000", "元"), ("3亿元", "300000000", "元")]),
    ("分别提高0.2个和0.1个百分点", [("0.2个", "0.2", "百分点"), ("0.1个百分点", "0.1", "百分点")]),
    ("分别提高0.2、0.1个百分点", [("0.2", "0.2", "百分点"), ("0.1个百分点", "0.1", "百分点")]),
    ("分别增长8.7%、31.5%", [("8.7%", "8.7", "%"), ("31.5%", "31.5", "%")]),
    ("分别增长8.7%和31.5%", [("8.7%", "8.7", "%"), ("31.5%", "31.5", "%")]),
    ("分别达到1.2万、3.5万人", [("1.2万", "12000", "人"), ("3.5万人", "35000", "人")]),
    ("分别达到300和500万元", [("300", "3000000", "元"), ("500万元", "5000000", "元")]),
    ("拆除违建27处、1.34万㎡", [("27处", "27", "处"), ("1.34万㎡", "13400", "平方米")]),
    ("落实5类29项实事", [("5类", "5", "类"), ("29项", "29", "项")]),
    ("10件40项实事已完成33项", [("10件", "10", "件"), ("40项", "40", "项"), ("33项", "33", "项")]),
    ("从63.2%提高到72.7%", [("63.2%", "63.2", "%"), ("72.7%", "72.7", "%")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_each_quantity_of_a_list_stands_for_itself(find: Find, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(q.text, format_value(q.value), q.unit) for q in find(text)] == expected


PARTS = [
    ("三分之一的村", "三分之一", "33.33"), ("三分之二的村", "三分之二", "66.67"), ("百分之八十的村", "百分之八十", "80"),
    ("百分之三点五的村", "百分之三点五", "3.5"), ("超过百分之九十五", "百分之九十五", "95"), ("占全国1/3", "1/3", "33.33"),
    ("占全国2/3", "2/3", "66.67"), ("完成七成", "七成", "70"), ("完成七成五", "七成五", "75"), ("完成七成半", "七成半", "75"),
    ("完成8成", "8成", "80"), ("占总数的一半", "一半", "50"), ("占半数以上", "半数", "50"), ("任务过半", "半", "50"),
    ("营业额翻一番", "一番", "100"), ("营业额翻了一番", "一番", "100"), ("营业额翻两番", "两番", "300"),
    ("营业额翻番", "番", "100"), ("营业额翻三番", "三番", "700"), ("千分之五", "千分之五", "0.5"), ("万分之二", "万分之二", "0.02"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "value"), PARTS)
def test_part_of_a_whole_is_a_percentage(find: Find, text: str, span: str, value: str) -> None:
    assert [(q.text, format_value(q.value), q.unit) for q in find(text)] == [(span, value, "%")]


UNITS_OF_THEIR_OWN = [
    ("入库流量360立方米每秒", [("360立方米每秒", "360", "立方米每秒")]),
    ("中选价为18元/针剂，", [("18元/针剂", "18", "元/针剂")]),
    ("捐赠矿泉水600提、方便面80箱", [("600提", "600", "提"), ("80箱", "80", "箱")]),
    ("日均装车1600车，", [("1600车", "1600", "车")]),
    ("事故造成3死7伤。", [("3", "3", ""), ("7", "7", "")]),
    ("通航国家从40增至52个", [("40", "40", "个"), ("52个", "52", "个")]),
    ("床位从2.4增至3.6万张", [("2.4", "24000", "张"), ("3.6万张", "36000", "张")]),
    ("辐射6市、18县（市、区）、40乡镇，", [("6市", "6", "市"), ("18县（市、区）", "18", "县（市、区）"), ("40乡镇", "40", "乡镇")]),
    ("市民政局等13部门联合发文", [("13部门", "13", "部门")]),
    ("青州、临安、海宁3市空气质量达标", [("3市", "3", "市")]),
    ("教育厅、财政厅等四部门联合印发", [("四部门", "4", "部门")]),
    ("涉及甲县、乙县两省市的企业", [("两省市", "2", "省市")]),
    ("临时关闭35收费站", [("35", "35", "")]),
    ("共有2女1男获救", [("2", "2", ""), ("1", "1", "")]),
    ("价格呈15升6降，", [("15", "15", ""), ("6", "6", "")]),
    ("车站规模为4台9线。", [("4台", "4", "台"), ("9线", "9", "线")]),
    ("办理质押登记37笔2.6亿元", [("37笔", "37", "笔"), ("2.6亿元", "260000000", "元")]),
    ("处50元以上800元以下的罚款", [("50元以上800元", "50", "元")]),
    ("洪峰流量达310m³/s", [("310m³/s", "310", "立方米/秒")]),
    ("安置逾700旅客", [("700", "700", "")]),
    ("较计划工期提前约半年", [("半年", "0.5", "年")]),
    ("平均用时3个多小时", [("3个多小时", "3", "小时")]),
    ("平均用时4分多钟", [("4分多钟", "4", "分钟")]),
    ("投入2个多亿元", [("2个多亿元", "200000000", "元")]),
    ("指数达60以上，", [("60", "60", "")]),
    ("景气指数降至47.3，低于预测的48.6。", [("47.3", "47.3", ""), ("48.6", "48.6", "")]),
    ("四成多都在用", [("四成多", "40", "%")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNITS_OF_THEIR_OWN)
def test_figure_without_a_known_unit_is_read_by_what_stands_beside_it(
    find: Find, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [(q.text, format_value(q.value), q.unit) for q in find(text)] == expected


@pytest.mark.parametrize(
    "text", ["九死一生的经历", "乘坐G7车，", "位于沪宁路6巷，", "四省交界处", "海滨四村的居民", "九市区"]
)
def test_number_in_a_name_is_not_counted(find: Find, text: str) -> None:
    assert find(text) == []


def test_numeral_before_a_word_that_begins_with_its_classifier_is_read(find: Find) -> None:
    assert [q.text for q in find("来自邻省的八架飞机")] == ["八架"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("派出一辆指挥车和6名队员", ["一辆", "6名"]),
        ("3名队长、一名教练", ["3名", "一名"]),
        ("成立一个中心，设5个站", ["5个"]),
        ("一名队员带来了6箱药", ["6箱"]),
    ],
)
def test_single_thing_is_counted_beside_others_only(find: Find, text: str, found: list[str]) -> None:
    assert [q.text for q in find(text)] == found


def test_name_that_an_article_quotes_is_none_without_quotes_either(pipeline: Pipeline) -> None:
    texts = ["“五朵云彩”品牌注册。", "五朵云彩新开门店60家。"]
    names = pipeline.quantities.names(texts)
    assert names == ("五朵云彩",)
    found, _, _ = pipeline.quantities.scan(texts[1], pipeline.segmenter.known, names)
    assert [q.text for q in found] == ["60家"]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("三产结构优化为2.9∶1", "2.9∶1", "2.9"),
        ("收入比缩小到2.39:1", "2.39:1", "2.39"),
        ("医护比为1∶1.36", "1∶1.36", "1.36"),
        ("性别比为104.8：100", "104.8：100", "104.8"),
    ],
)
def test_ratio_has_the_number_that_is_not_one_and_no_unit(find: Find, text: str, span: str, value: str) -> None:
    assert [(q.text, format_value(q.value), q.unit, q.form) for q in find(text)] == [(span, value, "", "ratio")]


BOUNDS = [
    ("涉及60个村", "60个", "exact"), ("约60个村", "60个", "about"), ("近60个村", "60个", "about"),
    ("接近60个村", "60个", "about"), ("将近60个村", "60个", "about"), ("大约60个村", "60个", "about"),
    ("60个左右", "60个", "about"), ("60个上下", "60个", "about"), ("约60个左右", "60个", "about"),
    ("超60个村", "60个", "over"), ("超过60个村", "60个", "over"), ("逾60个村", "60个", "over"),
    ("突破60个", "60个", "over"), ("不少于60个", "60个", "over"), ("不低于60个", "60个", "over"),
    ("至少60个", "60个", "over"), ("高于60个", "60个", "over"), ("60个以上", "60个", "over"),
    ("60余个村", "60余个", "over"), ("60多个村", "60多个", "over"), ("60万余元", "60万余元", "over"),
    ("60多万元", "60多万元", "over"), ("5100多亿元", "5100多亿元", "over"), ("两百余个村", "两百余个", "over"),
    ("十几个村", "十几个", "over"), ("数千份资料", "数千份", "over"), ("上百次活动", "上百次", "over"),
    ("上千份资料", "上千份", "over"), ("百余家企业", "百余家", "over"), ("超百万人", "百万人", "over"),
    ("过半", "半", "over"), ("超过半数", "半数", "over"), ("超过了60个", "60个", "over"),
    ("不足60个", "60个", "under"), ("不到60个", "60个", "under"), ("60个以内", "60个", "under"),
    ("60个以下", "60个", "under"), ("不超过60个", "60个", "under"), ("至多60个", "60个", "under"),
    ("低于60个", "60个", "under"), ("最高可贷60万元", "60万元", "under"), ("最高奖励60万元", "60万元", "under"),
    ("近八成", "八成", "about"), ("近万人参加", "万人", "about"), ("近百家企业", "百家", "about"),
    ("约百名学生", "百名", "about"), ("七成以上", "七成", "over"), ("三分之二以上", "三分之二", "over"),
    ("不足三分之一", "三分之一", "under"), ("20—60万元左右", "20—60万元", "about"),
    ("签约60个项目", "60个", "exact"), ("附近60个村", "60个", "exact"), ("通过60个审批", "60个", "exact"),
    ("最近60个村", "60个", "exact"), ("节约60万元", "60万元", "exact"), ("不会超过60个", "60个", "under"),
    ("跌破60万人", "60万人", "under"), ("大约持续了60分钟", "60分钟", "about"), ("约新增60个", "60个", "about"),
    ("不超过实际投资额的60%", "60%", "under"), ("最高支持60万元", "60万元", "under"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "bound"), BOUNDS)
def test_bound_is_read_from_either_side(find: Find, text: str, span: str, bound: str) -> None:
    assert [(q.text, q.bound) for q in find(text)] == [(span, bound)]


def test_bound_of_each_quantity_of_a_list_is_its_own(find: Find) -> None:
    found = find("新增约60个、超过70个、不足80个泊位")
    assert [(q.text, q.bound) for q in found] == [("60个", "about"), ("70个", "over"), ("80个", "under")]


def test_outer_span_holds_the_bound_words(find: Find) -> None:
    text = "新增超过60个以上泊位"
    (quantity,) = find(text)
    assert text[quantity.outer_start : quantity.outer_end] == "超过60个以上"


def test_outer_span_is_the_span_where_no_bound_word_stands(find: Find) -> None:
    (quantity,) = find("新增60个泊位")
    assert (quantity.outer_start, quantity.outer_end) == (quantity.start, quantity.end)


RANKS = [
    ("总量居全国第四", "第四", "4", "位", "exact"), ("总量稳居全省第2位", "第2位", "2", "位", "exact"),
    ("金牌数居全市首位", "首位", "1", "位", "exact"), ("总量位居全省榜首", "榜首", "1", "位", "exact"),
    ("增幅居全国前六", "六", "6", "位", "under"), ("学科进入全球前1%", "1%", "1", "%", "under"),
    ("跻身全国前10位", "10位", "10", "位", "under"), ("规模位列全省第十二", "第十二", "12", "位", "exact"),
    ("排名第3名", "第3名", "3", "名", "exact"), ("排名跃升至全国16位，", "16位", "16", "位", "exact"),
    ("终期验收名列36、", "36", "36", "位", "exact"), ("成为我国第二大电源。", "第二", "2", "位", "exact"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "value", "unit", "bound"), RANKS)
def test_rank_is_a_place_with_its_unit(find: Find, text: str, span: str, value: str, unit: str, bound: str) -> None:
    found = [(q.text, format_value(q.value), q.unit, q.bound, q.form) for q in find(text)]
    assert found == [(span, value, unit, bound, "rank")]


@pytest.mark.parametrize("text", ["第一产业稳中有进", "主题发布会第十一场", "全国第一批试点", "人民首位", "首家入驻"])
def test_ordinal_is_no_rank(find: Find, text: str) -> None:
    assert find(text) == []


FORMS = [
    ("增长5.5%", "percent"), ("提高0.3个百分点", "point"), ("增至2.4倍", "multiple"), ("翻一番", "doubling"),
    ("结构为2.9∶1", "ratio"), ("居全国第四", "rank"), ("完成60个", "count"), ("自然增长率1.48‰", "percent"),
]  # fmt: skip


def test_list_of_places_is_a_rank_each_and_a_range_of_places_one(find: Find) -> None:
    found = find("三区分别排第5、8、12位，学校列全省第101-150名。")
    assert [(q.text, format_value(q.value), format_value(q.value_high)) for q in found] == [
        ("第5", "5", ""), ("8", "8", ""), ("12位", "12", ""), ("第101-150名", "101", "150"),
    ]  # fmt: skip


def test_first_of_its_kind_is_no_rank(find: Find) -> None:
    assert not find("他是全市第一责任人，今年发布全球第8版。")


def test_range_of_a_fine_has_no_bound_of_its_own(find: Find) -> None:
    (fine,) = find("处50元以上800元以下的罚款")
    assert (fine.value_high, fine.bound) == (Decimal(800), "exact")


def test_smaller_end_before_a_letter_has_its_scale_too(find: Find) -> None:
    (found,) = find("每人奖励20~25k元")
    assert (found.value, found.value_high) == (Decimal(20_000), Decimal(25_000))


def test_some_more_of_each_unit_that_may_have_a_half_is_read(find: Find, book: Rulebook) -> None:
    for unit in book.numerals.half_units:
        assert find(f"工期超过两个多{unit}"), unit


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_form_tells_what_a_quantity_looks_like(find: Find, text: str, form: str) -> None:
    assert [q.form for q in find(text)] == [form]


def test_quantity_said_of_two_figures_stands_at_the_figure_with_the_unit(find: Find) -> None:
    assert [q.text for q in find("新增两个10亿元企业")] == ["10亿元"]


def test_count_beside_a_count_is_kept(find: Find) -> None:
    assert [q.text for q in find("开设4个60人班次")] == ["4个", "60人"]


@pytest.mark.parametrize("text", ["", "没有数字的一句话。", "三亚市", "十分重视", "千方百计", "万众一心", "A1B2C3"])
def test_text_without_a_quantity_gives_none(find: Find, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("text", [text for text, *_ in PLAIN + PARTS + BOUNDS + RANKS + RANGES])
def test_span_is_the_text_it_stands_for(find: Find, text: str) -> None:
    assert [text[q.start : q.end] for q in find(text)] == [q.text for q in find(text)]


def test_quantities_come_in_text_order_without_overlap(find: Find) -> None:
    found = find("完成60个、惠及3.2万户，投资1、2、3亿元，增长5.5%—6%，居全国第四，过半。")
    ends = [0, *(q.end for q in found)]
    assert all(q.start >= end for q, end in zip(found, ends, strict=False))
    assert len(found) == 8


def test_value_is_an_exact_decimal(find: Find) -> None:
    (quantity,) = find("投资0.1亿元")
    assert isinstance(quantity.value, Decimal)
    assert quantity.value == Decimal(10_000_000)


def test_value_of_twenty_digits_loses_none(find: Find) -> None:
    (quantity,) = find("共12345678901234567890个")
    assert quantity.value == Decimal(12345678901234567890)


def test_rules_that_made_a_quantity_are_named(find: Find) -> None:
    (quantity,) = find("约60个村")
    assert "bound.about" in quantity.rules
    assert len(quantity.rules) >= 2


def test_longest_unit_wins(find: Find) -> None:
    assert [q.unit for q in find("新建平台60平方米")] == ["平方米"]


def test_unit_that_begins_a_longer_word_is_no_unit(find: Find) -> None:
    assert find("新增2000大道") == []


def test_value_of_a_line_break_inside_a_span_is_read_through_the_blank(find: Find) -> None:
    assert [format_value(q.value) for q in find("惠及 3.2万 户")] == ["32000"]


FRAGMENTS = [
    *[
        "1",
        "2",
        "35",
        "3.5",
        "1,234",
        "１２",
        "１，２３４",
        "万",
        "亿",
        "千",
        "百",
        "十",
        "个",
        "户",
        "%",
        "平方米",
        "（亩）",
        "、",
        "和",
        "至",
        "-",
        "—",
        "~",
        "分之",
        "/",
        "成",
        "半",
        "一半",
        "翻番",
    ],
    *[
        "三",
        "五",
        "七八",
        "余",
        "多",
        "几",
        "∶",
        "：",
        "比",
        "指数",
        "得分",
        "，",
        "。",
        "超",
        "约",
        "以上",
        "个百分点",
        "元",
        "次",
        "年",
        "月",
        "千瓦时",
        "吨",
        "+",
        "倍",
        "上",
    ],
    "\u3000",
]


@given(parts=st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=9))
@settings(max_examples=2000)
def test_simple_figures_are_read_as_if_every_shape_were_tried(pipeline: Pipeline, parts: list[str]) -> None:
    quantities, text = pipeline.quantities, "".join(parts)
    is_simple = not quantities._cued.select(text)

    def read(is_simple: bool) -> list[tuple[int, int, str, Decimal]]:
        matches = quantities._patterns.matches(text, is_simple)
        return [(q.start, q.end, q.unit, q.value) for match in matches for q in quantities._read(match, text)]

    assert read(is_simple) == read(False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("票价3元5角。", "3.5"), ("票价3元5角8分。", "3.58"), ("票价3元12角。", None), ("票价3元10角。", None)],
)
def test_smaller_coins_add_to_the_amount_unless_they_make_a_larger_one(
    find: Callable[[str], list[Quantity]], text: str, value: str | None
) -> None:
    read = [str(one.value) for one in find(text)]
    assert value in read if value else not {"4.2", "4", "4.0"}.intersection(read)
