"""What looks like a quantity and is none: every mask and veto of `rules/exclusions.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from extract.matching.patterns import HIDDEN
from extract.model.quantity import Quantity
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.quantities.exclusions import Excluder
from extract.quantities.finder import QuantityFinder
from extract.rulebook.book import Rulebook, load_rules
from extract.rulebook.schema import Mask, Veto
from extract.words.numerals import NumeralGrammar

Find = Callable[[str], list[Quantity]]
Read = Callable[..., list[Metric]]

RULES = load_rules().exclusions


def cases(rules: Sequence[Mask | Veto], field: str) -> list[object]:
    """Return one test parameter for each text that the rules hold in `field`."""
    return [pytest.param(rule, text, id=f"{rule.id}-{text}") for rule in rules for text in getattr(rule, field)]


def with_vetoes(book: Rulebook, vetoes: tuple[Veto, ...]) -> QuantityFinder:
    """Return a finder with the shipped rules, but these vetoes alone."""
    grammar = NumeralGrammar(book.numerals, tuple(book.units))
    excluder = Excluder(replace(book.exclusions, vetoes=vetoes), grammar)
    return QuantityFinder(grammar, book.units, book.bounds, book.ranks, excluder)


@pytest.fixture(scope="session")
def excluder(book: Rulebook) -> Excluder:
    """Return the shipped masks and vetoes."""
    return Excluder(RULES, NumeralGrammar(book.numerals, tuple(book.units)))


@pytest.fixture(scope="session")
def unvetoed(book: Rulebook) -> QuantityFinder:
    """Return a finder that masks and never vetoes."""
    return with_vetoes(book, ())


@pytest.mark.parametrize(("mask", "text"), cases(RULES.masks, "examples"))
def test_mask_hides_its_example(excluder: Excluder, mask: Mask, text: str) -> None:
    assert mask.id in {found.id for found, _ in excluder.masked(text)}


@pytest.mark.parametrize(("mask", "text"), cases(RULES.masks, "examples"))
def test_example_of_a_mask_gives_no_quantity(find: Find, mask: Mask, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(("mask", "text"), cases(RULES.masks, "counter_examples"))
def test_counter_example_of_a_mask_is_not_hidden_by_it(excluder: Excluder, mask: Mask, text: str) -> None:
    assert mask.id not in {found.id for found, _ in excluder.masked(text)}


@pytest.mark.parametrize(("mask", "text"), cases(RULES.masks, "counter_examples"))
def test_counter_example_of_a_mask_gives_a_quantity(find: Find, mask: Mask, text: str) -> None:
    assert find(text)


@pytest.mark.parametrize(("veto", "text"), cases(RULES.vetoes, "examples"))
def test_example_of_a_veto_gives_no_quantity(find: Find, veto: Veto, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(("veto", "text"), cases(RULES.vetoes, "examples"))
def test_example_of_a_veto_would_give_a_quantity_without_vetoes(
    unvetoed: QuantityFinder, pipeline: Pipeline, veto: Veto, text: str
) -> None:
    assert unvetoed.find(text, pipeline.segmenter.known)


@pytest.mark.parametrize(("veto", "text"), cases(RULES.vetoes, "examples"))
def test_veto_rejects_its_example_by_itself(book: Rulebook, pipeline: Pipeline, veto: Veto, text: str) -> None:
    assert with_vetoes(book, (veto,)).find(text, pipeline.segmenter.known) == []


@pytest.mark.parametrize(("veto", "text"), cases(RULES.vetoes, "counter_examples"))
def test_counter_example_of_a_veto_gives_a_quantity(find: Find, veto: Veto, text: str) -> None:
    assert find(text)


@pytest.mark.parametrize("rule", [*RULES.masks, *RULES.vetoes], ids=lambda rule: rule.id)
def test_rule_has_an_example(rule: Mask | Veto) -> None:
    assert rule.examples


ZERO_RECORDS = [
    "打造“15分钟医疗服务圈”", "升级“336”集团化办学项目", "主题系列新闻发布会第十一场", "11月27日", "青岛7中改扩建",
    "齐鲁医院二期", "国发〔2024〕5号", "12345热线", "“十四五”期间", "3岁以下婴幼儿照护", "一老一小", "“1+N”项目",
]  # fmt: skip


@pytest.mark.parametrize("text", ZERO_RECORDS)
def test_text_of_the_zero_record_list_gives_no_record(read: Read, text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ZERO_RECORDS)
def test_text_of_the_zero_record_list_gives_no_record_inside_a_sentence(read: Read, text: str) -> None:
    assert read(f"据了解，有关部门介绍了{text}的有关情况，市民十分关心。") == []


@pytest.mark.parametrize("text", ZERO_RECORDS)
def test_text_of_the_zero_record_list_takes_no_record_from_its_neighbour(read: Read, text: str) -> None:
    assert [metric.text for metric in read(f"{text}，全区完成改造60个。")] == ["60个"]


NON_METRICS = [
    "当地时间17日，协会发布公告。", "北京时间6日凌晨，比赛结束。", "受大雪影响，K1095/8次列车晚点。", "搭载骁龙870处理器。",
    "两轮电动车管理加强。", "暑期时间过半。", "他获得男子100米冠军。", "女子十米台决赛结束。", "举行4×100米接力比赛。", "参加200米自由泳比赛。",
    "连续21年获评先进。", "五年来持续推进。", "三年行动扎实开展。", "第一批名单已经公布。", "首个项目落地。", "首家门店开业。",
    "一是扩大内需，二是稳定就业。", "（一）坚持守住底线。", "世界500强企业落户。", "5G网络全面铺开。", "三大先导产业加快成长。",
    "750千伏输变电工程开工。", "推出一批改革举措。", "形成一系列成果。", "一体化推进。", "惠及千家万户。", "建设一个中心。",
    "重点抓好十个方面工作。", "把握以下三点。", "市县两级联动。", "三级医院全覆盖。", "60岁以上老人免费乘车。",
    "规模2000万元以上企业稳步增长。", "会议于14:30开始。", "上午9时30分举行。", "PM2.5浓度持续改善。", "阅读量：1234",
    "详见www.example.cn/2024/1127。", "乘坐地铁8号线前往。", "位于中山路17号。", "中央一号文件发布。", "90后青年返乡创业。",
    "4A级景区迎客。", "实现零的突破。", "拨打0532-12345678咨询。", "参加第33届夏季奥运会。", "2024年11月27日，发布会举行。",
    "二〇二六年一月二十七日，会议召开。", "2021—2025年规划发布。", "1—9月，经济运行平稳。", "上半年形势稳定。",
    "前三季度总体平稳。", "近10个月来持续向好。", "“双11”期间物流平稳。", "G20国高速通车。", "一二三产业融合发展。",
    "坚持两手抓、两手都要硬。", "每万人拥有量位居前列。", "24小时值守。", "《2024年行动方案》印发。", "一年一度的盛会开幕。",
    "全国人大代表、政协委员参加。", "二手房市场回暖。", "万人空巷。", "九年一贯制学校开工。", "乘坐G1234次列车抵达。",
]  # fmt: skip


@pytest.mark.parametrize("text", NON_METRICS)
def test_sentence_without_a_metric_gives_no_record(read: Read, text: str) -> None:
    assert [metric.text for metric in read(text)] == []


METRICS = [
    ("登陆时中心附近最大风力13级。", "13级"), ("沿海阵风9级。", "9级"), ("某县发生4.8级地震。", "4.8级"),
    ("抢修队仅用4天打通道路。", "4天"), ("列车8小时即可抵达口岸。", "8小时"), ("暴雨持续了50分钟。", "50分钟"),
    ("平均办理时间17日。", "17日"), ("停运列车95次。", "95次"), ("失业率比上月上升0.2个点。", "0.2个点"),
    ("95号汽油价格为8.21元每升。", "8.21元每升"), ("开展两轮车辆检查。", "两轮"),
    ("办理时限压缩至3个工作日。", "3个工作日"), ("平均通勤时间35分钟。", "35分钟"), ("人均预期寿命达到79.72岁。", "79.72岁"),
    ("新增床位2000张。", "2000张"), ("工期缩短3个月。", "3个月"), ("70%以上财政支出用于民生。", "70%"),
    ("每餐补贴2元。", "2元"), ("接听电话2300次。", "2300次"), ("停产企业尚有百余家。", "百余家"), ("建成1个中心。", "1个"),
    ("餐位数同比翻一番。", "一番"), ("新增就业10万人以上。", "10万人"), ("带动就业超百万人。", "百万人"),
    ("召开新闻发布会12场。", "12场"), ("投资2024万元。", "2024万元"), ("抽查网站11月均值120个。", "120个"),
    ("举办活动十二场。", "十二场"), ("新建小学7所。", "7所"), ("新建学校5号楼面积2000平方米。", "2000平方米"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quantity"), METRICS)
def test_sentence_with_a_metric_keeps_it(read: Read, text: str, quantity: str) -> None:
    assert quantity in [metric.text for metric in read(text)]


def test_mask_keeps_the_length_of_the_text(excluder: Excluder) -> None:
    text = "11月27日，第十一场发布会介绍“十四五”期间的60个项目。"
    assert len(excluder.mask(text)) == len(text)


def test_mask_changes_nothing_outside_what_it_hides(excluder: Excluder) -> None:
    text = "11月27日，完成改造60个。"
    hidden = excluder.mask(text)
    assert HIDDEN in hidden
    assert all(new in (old, HIDDEN) for old, new in zip(text, hidden, strict=True))
    assert hidden.endswith("，完成改造60个。")


def test_mask_hides_the_spans_it_is_given(excluder: Excluder) -> None:
    assert excluder.mask("完成改造60个", keep=[(4, 7)]) == "完成改造" + HIDDEN * 3
