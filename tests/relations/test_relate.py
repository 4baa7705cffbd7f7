"""What the shapes say each figure is about, through the whole pipeline: object, predicate and base."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.relations.relate import Relator
from extract.rulebook.book import Rulebook
from extract.rulebook.shapes import compile_shape

Read = Callable[..., list[Metric]]

SHAPES = [
    # 完成X60个
    ("完成老旧小区改造60个。", [("老旧小区改造", "完成")]),
    ("今年以来，全区累计完成老旧小区改造60个。", [("老旧小区改造", "完成")]),
    ("新增停车泊位2500余个。", [("停车泊位", "新增")]),
    ("惠及居民3.2万户。", [("居民", "惠及")]),
    ("拆除违法建筑27处、1.34万㎡。", [("违法建筑", "拆除"), ("违法建筑", "拆除")]),
    # 60个X
    ("完成60个老旧小区改造。", [("老旧小区改造", "完成")]),
    ("打造7条林荫廊道、8处口袋公园。", [("林荫廊道", "打造"), ("口袋公园", "打造")]),
    ("新建7所学校。", [("学校", "新建")]),
    ("培训3200名教师。", [("教师", "培训")]),
    # 为N名X提供Y
    ("为6000余名独居老年人提供关爱探访服务。", [("独居老年人", "提供关爱探访服务")]),
    # X达到N
    ("助餐场所达到68家。", [("助餐场所", "达到")]),
    ("森林覆盖率为42.3%。", [("森林覆盖率", "为")]),
    ("市场主体突破60万户。", [("市场主体", "突破")]),
    ("失业率控制在5.5%以内。", [("失业率", "控制在")]),
    # X增长N%
    ("固定资产投资增长5.5%。", [("固定资产投资", "增长")]),
    ("固定资产投资同比增长5.5%。", [("固定资产投资", "增长")]),
    ("固定资产投资下降1.2%。", [("固定资产投资", "下降")]),
    ("覆盖率提高0.3个百分点。", [("覆盖率", "提高")]),
    # XN个
    ("涉及居民3.2万户、楼座60个。", [("居民", "涉及"), ("楼座", "涉及")]),
    # 分别
    ("新能源汽车、智能手机零售额分别增长8.7%、31.5%。", [("新能源汽车零售额", "增长"), ("智能手机零售额", "增长")]),
    ("城乡居民人均可支配收入分别增长4.5%和6.2%。",
     [("城镇居民人均可支配收入", "增长"), ("农村居民人均可支配收入", "增长")]),
    # 占
    ("民生支出占总支出比重80%。", [("民生支出占总支出比重", "占")]),
    ("民生支出占总支出的80%。", [("民生支出", "占")]),
    # 从N1提高到N2
    ("自来水普及率从63.2%提高到72.7%。", [("自来水普及率", ""), ("自来水普及率", "提高到")]),
    # 居全国第四
    ("粮食总产量稳居全国第4位。", [("粮食总产量", "稳居")]),
    # N%的X
    ("80%的村庄完成改造。", [("村庄", "完成改造")]),
    # 谁做了X60个
    ("电网企业新建变电站7座。", [("变电站", "新建")]),
    ("市教育局新建学校7所。", [("学校", "新建")]),
    ("全区各街道开展惠民活动60场。", [("惠民活动", "开展")]),
    # 其中
    ("39个行业中有27个实现增长。", [("行业", ""), ("行业", "有")]),
    ("接待游客60万人次，其中境外游客3.2万人次。", [("游客", "接待"), ("境外游客", "接待")]),
    # 先后两件事
    ("完成改造60个，惠及居民3.2万户。", [("改造", "完成"), ("居民", "惠及")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_shape_gives_object_and_predicate(read_by_shapes: Read, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(metric.object, metric.predicate) for metric in read_by_shapes(text)] == expected


BASES = [
    ("投资同比增长5.5%。", "同比"), ("投资环比增长5.5%。", "环比"), ("投资比上年增长5.5%。", "比上年"),
    ("投资较2020年增长5.5%。", "较2020年"), ("粮食总产量稳居全国第4位。", "全国"), ("增速高于全国1.7个百分点。", "全国"),
    ("投资增长5.5%。", ""), ("完成改造60个。", ""), ("学生比上年增加300人。", "比上年"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "base"), BASES)
def test_base_is_what_a_change_or_rank_is_measured_against(read_by_shapes: Read, text: str, base: str) -> None:
    assert [metric.base for metric in read_by_shapes(text)] == [base]


def test_base_is_shared_over_a_list(read_by_shapes: Read) -> None:
    found = read_by_shapes("出口、进口同比分别增长5.5%和3%。")
    assert [metric.base for metric in found] == ["同比", "同比"]


def test_object_left_out_is_taken_from_the_clause_before(read_by_shapes: Read) -> None:
    found = read_by_shapes("固定资产投资完成300亿元，增长5.5%。")
    assert [metric.object for metric in found] == ["固定资产投资", "固定资产投资"]


def test_object_left_out_is_not_taken_from_another_paragraph(read_by_shapes: Read) -> None:
    found = read_by_shapes("全区固定资产投资完成300亿元，稳中有进。\n增长5.5%，成效明显。")
    assert found[1].object != "固定资产投资"


def test_object_is_not_taken_from_another_article(read_by_shapes: Read) -> None:
    text = "甲区发布会\n全区改造小区60个，惠及3.2万户。记者 王明\n\n乙区发布会\n完成70个，成效明显。记者 李红\n"
    assert read_by_shapes(text)[-1].object not in ("小区", "居民")


WORDS = ["累计", "共", "已", "将", "预计", "已累计"]


@pytest.mark.parametrize("word", WORDS)
def test_predicate_is_without_the_adverb(read_by_shapes: Read, word: str) -> None:
    assert [metric.predicate for metric in read_by_shapes(f"全区{word}完成老旧小区改造60个。")] == ["完成"]


@pytest.mark.parametrize("text", [text for text, _ in SHAPES] + [text for text, _ in BASES])
def test_object_holds_no_quantity_and_no_stop(read_by_shapes: Read, text: str) -> None:
    for metric in read_by_shapes(text):
        assert metric.text not in metric.object
        assert not set("，。；：") & set(metric.object)


@pytest.mark.parametrize("text", [text for text, _ in SHAPES] + [text for text, _ in BASES])
def test_record_names_the_relation_rule_that_made_it(read_by_shapes: Read, text: str) -> None:
    assert all(any(rule.startswith("relate.") for rule in metric.rules) for metric in read_by_shapes(text))


def test_shape_over_labels_matches_their_codes() -> None:
    pattern = compile_shape("^<act><noun>+<target>$", {})
    assert pattern.groups == 0
    assert pattern.search("") is None


def test_shape_with_an_unknown_label_is_refused() -> None:
    with pytest.raises(ValueError, match="nolabel"):
        compile_shape("<nolabel>", {})


def test_macro_may_hold_a_macro_before_it() -> None:
    assert compile_shape("<b>", {"a": "<act>", "b": "<a>+"}).pattern


def test_macro_may_not_hold_a_macro_after_it() -> None:
    with pytest.raises(ValueError, match="'b'"):
        compile_shape("<a>", {"a": "<b>", "b": "<act>"})


def test_every_shipped_shape_compiles(book: Rulebook) -> None:
    Relator(book.relations, book.words)
    assert len({rule.id for rule in book.relations.rules}) == len(book.relations.rules)


def test_last_rule_fits_every_quantity(pipeline: Pipeline, read_by_shapes: Read) -> None:
    assert [metric.text for metric in read_by_shapes("60个")] == ["60个"]


def test_figure_in_brackets_is_forgotten_behind_them(read_by_shapes: Read) -> None:
    found = read_by_shapes("新改建农村公路260公里（其中产业路75公里），增长12%。")
    assert [metric.object for metric in found] == ["农村公路", "产业路", "农村公路"]


def test_noun_alone_takes_the_measure_of_the_figure_before_in_the_same_unit(read_by_shapes: Read) -> None:
    assert [metric.object for metric in read_by_shapes("小麦收购均价2460元/吨，玉米2280元/吨。")] == [
        "小麦收购均价",
        "玉米收购均价",
    ]


def test_noun_alone_in_another_unit_stands_for_itself(read_by_shapes: Read) -> None:
    assert [metric.object for metric in read_by_shapes("小麦收购均价2460元/吨，化肥38万吨。")] == [
        "小麦收购均价",
        "化肥",
    ]


def test_changes_after_respectively_take_the_objects_in_turn(read_by_shapes: Read) -> None:
    found = read_by_shapes("出口30亿元，进口20亿元，分别增长2.6%、下降1.9%。")
    assert [(metric.object, metric.value) for metric in found[2:]] == [
        ("出口", Decimal("2.6")),
        ("进口", Decimal("-1.9")),
    ]


def test_people_counted_at_the_head_of_a_clause_are_not_what_was_named_before(read_by_shapes: Read) -> None:
    assert "失业率" not in read_by_shapes("城镇调查失业率控制在5.5%以内。超70万人次接受技能培训。")[1].object
