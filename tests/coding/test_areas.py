"""Codes of areas by their names."""

from __future__ import annotations

import pytest

from extract.coding.areas import AreaCoder
from extract.rulebook.book import Rulebook


@pytest.fixture
def areas(book: Rulebook) -> AreaCoder:
    return AreaCoder(book.areas)


@pytest.mark.parametrize(
    ("name", "code"), [("全国", "000000"), ("山东省", "370000"), ("市南区", "370202"), ("没有的地方", "")]
)
def test_area_has_the_code_of_its_name(areas: AreaCoder, name: str, code: str) -> None:
    assert areas.code(name, "") == code


def test_region_has_a_code_of_our_own(areas: AreaCoder) -> None:
    assert areas.code("长三角", "").startswith("X2") or areas.code("长三角地区", "").startswith("X2")


def test_of_several_areas_of_a_name_the_one_whose_division_is_named_is_taken(areas: AreaCoder) -> None:
    assert areas.code("鼓楼区", "福州市鼓楼区今年新增就业") == "350102"
    assert areas.code("鼓楼区", "江苏南京的鼓楼区今年新增就业") == "320106"


def test_of_several_areas_of_a_name_none_is_taken_where_the_text_leaves_it_open(areas: AreaCoder) -> None:
    assert areas.code("鼓楼区", "鼓楼区今年新增就业") == ""
    assert areas.code("鼓楼区", "福州市和南京市都有鼓楼区") == ""
