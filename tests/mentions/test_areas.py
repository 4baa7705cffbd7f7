"""Administrative areas in a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook

Read = Callable[..., list[Metric]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市南区完成改造", ["市南区"]),
        ("青岛市市南区完成改造", ["青岛市", "市南区"]),
        ("山东省青岛市市南区", ["山东省", "青岛市", "市南区"]),
        ("新疆维吾尔自治区", ["新疆维吾尔自治区"]),
        ("市南区、崂山区和即墨区", ["市南区", "崂山区", "即墨区"]),
        ("完成改造60个", []),
        ("", []),
    ],
)
def test_areas_named_in_full_are_found_in_order(pipeline: Pipeline, text: str, names: list[str]) -> None:
    assert [mention.area.name for mention in pipeline.areas.find(text)] == names


def test_span_of_an_area_is_its_name(pipeline: Pipeline) -> None:
    text = "日前，青岛市市南区完成改造。"
    assert [text[m.start : m.end] for m in pipeline.areas.find(text)] == ["青岛市", "市南区"]


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("南京市鼓楼区", "320100"),
        ("福州市鼓楼区", "350100"),
        ("北京市朝阳区", "110000"),
        ("长春市朝阳区", "220100"),
    ],
)
def test_district_of_a_common_name_is_that_of_the_city_before_it(pipeline: Pipeline, text: str, parent: str) -> None:
    district = pipeline.areas.find(text)[-1].area
    assert district.parent == parent


RECORDS = [
    ("市南区完成改造60个。", ["市南区"]),
    ("市南区发布会\n全区完成改造60个，惠及居民3.2万户。", ["市南区", "市南区"]),
    ("青岛市发布会\n全市完成改造60个，其中崂山区完成20个。", ["青岛市", "崂山区"]),
    ("青岛市发布会\n市南区完成改造60个，崂山区完成改造20个，全市完成改造80个。", ["市南区", "崂山区", "青岛市"]),
    ("青岛市发布会\n市南区完成改造60个，惠及居民3.2万户。", ["市南区", "市南区"]),
    ("青岛市发布会\n市南区完成改造60个。\n我市完成改造80个。", ["市南区", "青岛市"]),
    ("山东省发布会\n全省粮食总产量稳居全国第3位。", ["山东省"]),
    ("完成改造60个。", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "areas"), RECORDS)
def test_record_is_about_the_area(read: Read, text: str, areas: list[str]) -> None:
    assert [metric.area for metric in read(text)] == areas


def test_every_area_has_a_parent_in_the_table(book: Rulebook) -> None:
    missing = [area.code for area in book.areas.values() if area.parent and area.parent not in book.areas]
    assert missing == []


def test_no_parent_holds_two_areas_of_one_name(book: Rulebook) -> None:
    pairs = [(area.name, area.parent) for area in book.areas.values()]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(("level", "count"), [("nation", 1), ("province", 34)])
def test_table_holds_every_area_of_a_level(book: Rulebook, level: str, count: int) -> None:
    assert sum(area.level == level for area in book.areas.values()) == count


@pytest.mark.parametrize(
    ("name", "full"),
    [("玉树州", "玉树藏族自治州"), ("山东", "山东省"), ("崂山区", "崂山区"), ("没有这地方", "没有这地方")],
)
def test_full_name_of_a_spoken_or_short_one(pipeline: Pipeline, name: str, full: str) -> None:
    assert pipeline.areas.full_name(name) == full


@pytest.mark.parametrize(
    ("name", "level", "full"),
    [
        ("胶州市", "province", "山东省"),
        ("胶州市", "prefecture", "青岛市"),
        ("山东省", "county", ""),
        ("无此市", "province", ""),
    ],
)
def test_division_above_an_area(pipeline: Pipeline, name: str, level: str, full: str) -> None:
    assert pipeline.areas.ancestor(name, level) == full


def test_short_names_inside_an_area_are_those_of_its_own_divisions(pipeline: Pipeline) -> None:
    places = pipeline.areas.places_in("青岛市")
    assert places["胶州"] == "胶州市"
    assert "南京" not in places


def test_county_has_no_short_names_inside(pipeline: Pipeline) -> None:
    assert pipeline.areas.places_in("胶州市") == {}


def test_zone_is_told_from_a_division(pipeline: Pipeline) -> None:
    assert pipeline.areas.is_zone("苏州工业园区")
    assert not pipeline.areas.is_zone("苏州市")


def test_zone_is_found_by_its_short_name(read: Read) -> None:
    assert [metric.area for metric in read("赣江新区新增企业320家。")] == ["江西赣江新区"]
