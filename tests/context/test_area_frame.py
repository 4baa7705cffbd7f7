"""The area that a document is about: its title, its issuer, its own words, the places that it names."""

from __future__ import annotations

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline

TITLES = [
    ("市南区完成老旧小区改造", ["全区完成改造60个。"], "市南区"),
    ("青岛市市南区完成老旧小区改造", ["全区完成改造60个。"], "市南区"),
    ("青岛市经济运行情况", ["青岛市生产总值增长5%。", "全市投资增长3%。"], "青岛市"),
    ("山东省政府工作报告", ["全省生产总值增长5%。", "全省投资增长3%。"], "山东省"),
    ("老旧小区改造见成效", ["日前，市南区举行发布会。", "全区完成改造60个。"], "市南区"),
    ("洛阳推进老旧小区改造", ["全市完成改造60个。"], "洛阳市"),
    ("老旧小区改造见成效", ["完成改造60个。"], ""),
    ("", [], ""),
]

NATION = [
    # a body of the state speaks, whatever the dateline names
    ("", ["中新社北京7月31日电 交通运输部31日公布，6月份完成客运量60亿人次。"], "全国"),
    ("", ["据国家邮政局消息，1至7月，快递业务量完成600亿件。"], "全国"),
    ("", ["中国人民银行发布数据，3月末贷款余额60万亿元。"], "全国"),
    # not if it is the branch of a place, or only approved something
    ("", ["国家统计局洛阳调查队发布数据，上半年全市居民收入增长5%。"], "洛阳市"),
    ("", ["经国务院批准，洛阳市新设开发区6家，全市共有60家。"], "洛阳市"),
    # many places of several provinces in a text that speaks of the country
    ("", ["今年以来，全国港口增势明显。", "青岛港新开航线15条。", "宁波港新开6条。", "海南各港新开3条。"], "全国"),
]

OWN_WORDS = [
    # 我省 in a paper that bears the name of the place
    ("", ["山西日报8月18日讯 记者从省农业厅获悉，我省建成大棚60座，全省共有600座。"], "山西省"),
    # 全省 in a rank is what the city is measured against
    ("上半年洛阳经济增长5%", ["洛阳市总量居全省第二位，增速高于全省平均水平。"], "洛阳市"),
    # an autonomous region is 全区 too
    ("", ["记者从宁夏教育厅获悉，全区新增学位60个，全区幼儿园共600所。"], "宁夏回族自治区"),
    # a county without its name is no higher division instead
    ("", ["记者从区民政局获悉，全区建成食堂60个，我区共有600个，青岛市有6000个。"], ""),
    # a town, and above it its county
    ("大坪镇工作总结", ["大坪镇茅坝村种茶6亩。", "全镇茶园60亩，镇卫生院接诊60人次。"], "大坪镇"),
    ("三桥镇工作总结", ["三桥镇位于安吉县南部。", "全镇共有13个行政村。", "全镇苗木60亩。"], "三桥镇"),
]

PLACES = [
    # a short county name behind that of its province
    ("", ["8月18日，湖北宜都开通公交线路6条，宜都市共有60条，全市通达。"], "宜都市"),
    # the customs of a capital speak for their province
    ("前7个月安徽出口增长5%", ["记者从合肥海关获悉，安徽省进出口600亿元。"], "安徽省"),
    # a railway office says what happens in its city
    (
        "",
        [
            "洛阳铁路部门消息，热门去处为湖南、广西。",
            "洛阳铁路加开列车60列。",
            "洛阳铁路发送旅客6万人次。",
            "洛阳铁路新增车次6个。",
            "洛阳铁路投入车辆60台。",
        ],
        "洛阳市",
    ),
    # what only bears the name of a place does not name it
    ("洛阳新增高校6所", ["全市与北京大学、上海交通大学共建学院6家。"], "洛阳市"),
    # captions and bylines count for nothing
    ("", ["（北京市记者站 记者王明摄影报道）洛阳市新增绿地60公顷。"], "洛阳市"),
    # letters that make a name by chance
    ("", ["我市建成县域医院6家，绵阳市共有60家。"], "绵阳市"),
    # abroad
    ("", ["美国劳工部公布，7月份美国失业率为3.5%。", "中国游客增加5%。"], "美国"),
    ("", ["美国和德国公布，7月份失业率上升。", "全球失业率为5%。"], ""),
    ("", ["希腊东南部的岛屿18日起发生多起野火。", "1.9万人被疏散。"], "希腊"),
    # an office of another country is no body of the state
    ("", ["英国国家统计局公布，7月英国物价上涨6.8%。"], "英国"),
    # where it happened, whatever body tells it
    (
        "",
        ["7月17日，高速公路张掖市山丹县出口（新疆方向）附近发生追尾事故。", "公安部交通管理局通报，货车载重49吨。"],
        "山丹县",
    ),
    # not if the article goes on about a part of it
    ("", ["青岛市遭受暴雨。", "市南区受灾60万人，全区转移600人。", "市南区加固堤防6公里。"], "市南区"),
    # several cities of one province, none of them more than the others
    ("", ["6日，哈尔滨、牡丹江、齐齐哈尔、伊春停运列车60列。", "牡丹江投入人员600人。"], "黑龙江省"),
    # a body of the state in the lead, a province in all that follows
    (
        "",
        [
            "国家能源局发布，全国新增装机60万千瓦。",
            "湖南新增6万千瓦。",
            "湖南积极引导企业。",
            *["湖南长沙县投产6座。"] * 9,
        ],
        "湖南省",
    ),
    # one end of a line
    ("", ["北京丰台至沙城铁路遭遇水害。", "北京市转移旅客60名。"], "北京市"),
    # a region
    ("", ["6月以来，长三角铁路装车60车。", "长三角电厂存煤60万吨。"], "长三角地区"),
    # the only place that is named again and again, though not in the lead
    ("", ["酒店推出60间。", "顾客下单。", "酒店退款。", "网友关注。", *["台州市市场监管局调查。"] * 3], "台州市"),
]


@pytest.mark.parametrize(("title", "sentences", "area"), [*TITLES, *NATION, *OWN_WORDS, *PLACES])
def test_document_is_about_the_area(pipeline: Pipeline, title: str, sentences: list[str], area: str) -> None:
    assert pipeline.area_judge.settle(title, sentences).name == area


def test_words_for_a_division_above_a_town_speak_of_that_which_holds_it(pipeline: Pipeline) -> None:
    text = "三桥镇工作总结\n安吉县三桥镇位于县城南部。\n全镇共有行政村13个，在全县15个乡镇中面积最大。\n全镇苗木60亩。"
    areas = {metric.text: metric.area for metric in pipeline.metrics(Document("d", text))}
    assert (areas["13个"], areas["15个"], areas["60亩"]) == ("三桥镇", "安吉县", "三桥镇")


def test_district_of_a_common_name_lies_in_the_city_that_the_text_names(pipeline: Pipeline) -> None:
    frame = pipeline.area_judge.settle("", ["兰州市城关区教育局发布，全区新增学位60个。"])
    assert (frame.name, pipeline.area_judge.above(frame, "prefecture")) == ("城关区", "兰州市")


def test_paper_that_a_page_names_tells_which_city_is_ours(pipeline: Pipeline) -> None:
    sentences = ["我市建成大棚60座。", "全市共有600座。", "市农业局介绍，全市还有6座在建。"]
    assert pipeline.area_judge.settle("", sentences).name == ""
    assert pipeline.area_judge.settle("", sentences, ["绵阳日报 第3版"]).name == "绵阳市"


def test_record_of_a_text_without_any_name_has_no_area(pipeline: Pipeline) -> None:
    assert [metric.area for metric in pipeline.metrics(Document("d", "完成改造60个。"))] == [""]


TEXT = "全市建成大棚60座，全国共有600座。"

GIVEN = [
    (Document("d", TEXT, area="青岛市"), ["青岛市", "全国"]),
    (Document("d", TEXT, area="青岛"), ["青岛市", "全国"]),
    (Document("d", TEXT, issuer="青岛市统计局"), ["青岛市", "全国"]),
    (Document("d", TEXT.replace("全市", ""), issuer="国家统计局"), ["全国", "全国"]),
    (Document("d", "洛阳市发布会\n" + TEXT, area="青岛市", issuer="郑州市统计局"), ["青岛市", "全国"]),
]


@pytest.mark.parametrize(("document", "areas"), GIVEN)
def test_what_is_given_from_outside_goes_before_the_text(
    pipeline: Pipeline, document: Document, areas: list[str]
) -> None:
    assert [metric.area for metric in pipeline.metrics(document)] == areas


FORMER = "密云县完成改造\n密云县民政局介绍，全县改造60户。"


def test_county_that_is_a_district_now_had_its_name_until_then(pipeline: Pipeline) -> None:
    (then,) = pipeline.metrics(Document("test", FORMER, published="2014-05-06"))
    assert then.area == "密云县"


def test_name_of_a_former_county_is_later_none_of_its_own(pipeline: Pipeline) -> None:
    (frame,) = pipeline.frames(Document("test", FORMER, published="2024-05-06"))
    assert frame.area.name == "密云区"
