"""Rule files on load: what is refused, with which words, and how folders are laid on one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from extract.rulebook.book import load_rules
from extract.rulebook.files import merge, read_table, read_yaml
from extract.rulebook.folders import shipped_rules
from extract.rulebook.schema import Unit

HEADER = "surface,unit,dimension,not_before,example,counter_example\n"

STATUS = """- id: status.own
  why: 自己的规则
  pattern: '打算'
  status: planned
  reach: clause
  examples:
    - {text: 打算新增床位60张, status: [planned]}
  counter_examples:
    - {text: 新增床位60张, status: [actual]}
"""

BOUND = """- id: bound.own
  why: 自己的规则
  bound: about
  before: [差不多]
  after: [光景]
  examples: []
  counter_examples: []
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for rules."""
    return tmp_path


def fault(folder: Path, name: str, content: str | bytes) -> str:
    """Return the message that loading `folder` with this file ends in."""
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        load_rules(folder)
    return str(caught.value)


BROKEN = [
    ("broken-yaml", "status.yaml", "- id: status.own\n  why: [没有关上\n", ["status.yaml", "line"]),
    ("tab-yaml", "status.yaml", "- id: status.own\n\twhy: 制表符\n", ["status.yaml", "line 2"]),
    ("unknown-key", "status.yaml", STATUS + "  color: red\n", ["status.yaml", "line", "status.own", "color"]),
    ("missing-key", "status.yaml", STATUS.replace("  reach: clause\n", ""), ["status.yaml", "status.own", "reach"]),
    ("bad-value", "status.yaml", STATUS.replace("planned\n", "maybe\n"), ["status.yaml", "line 4", "status.own"]),
    ("bad-regex", "status.yaml", STATUS.replace("'打算'", "'打算('"),
     ["status.yaml", "line 3", "status.own", "not a regular expression"]),
    ("bad-regex-in-mask", "exclusions.yaml",
     "masks:\n- id: mask.own\n  why: 坏的\n  pattern: '[0-9'\n  examples: ['60']\n  counter_examples: [六十]\n",
     ["exclusions.yaml", "line 4", "mask.own", "not a regular expression"]),
    ("empty-word", "bounds.yaml",
     BOUND.replace("[差不多]", "[差不多, '']"),
     ["bounds.yaml", "line 4", "bound.own", "empty"]),
    ("empty-word-list", "bounds.yaml",
     BOUND.replace("[差不多]", "[]"),
     ["bounds.yaml", "line 4", "bound.own", "empty"]),
    ("example-less-mask", "exclusions.yaml",
     "masks:\n- id: mask.own\n  why: 没有例子\n  pattern: '啊'\n  examples: []\n  counter_examples: [六十]\n",
     ["exclusions.yaml", "mask.own"]),
    ("counter-example-less-mask", "exclusions.yaml",
     "masks:\n- id: mask.own\n  why: 没有反例\n  pattern: '啊'\n  examples: [啊]\n",
     ["exclusions.yaml", "mask.own", "counter_examples"]),
    ("wrong-shape", "status.yaml", "只是一句话\n", ["status.yaml"]),
    ("empty-file", "status.yaml", "", ["status.yaml"]),
    ("not-utf8-yaml", "status.yaml", "- id: 中文规则".encode("gb18030"), ["status.yaml", "UTF-8", "byte"]),
    ("not-utf8-table", "units.csv", (HEADER + "户,户,household,,60户,\n").encode("gb18030"), ["units.csv", "UTF-8"]),
    ("double-surface", "units.csv", HEADER + "摞,摞,count,,60摞,\n摞,叠,count,,60摞,\n",
     ["units.csv", "line 3", "摞", "twice"]),
    ("missing-column", "units.csv", "surface,unit\n摞,摞\n", ["units.csv", "line 1", "dimension"]),
    ("empty-table", "units.csv", "", ["units.csv", "line 1", "surface"]),
    ("short-row", "units.csv", HEADER + "摞,摞\n", ["units.csv", "line 2", "dimension"]),
    ("long-row", "units.csv", HEADER + "摞,摞,count,,60摞,,多余,还多\n", ["units.csv", "line 2"]),
    ("empty-surface", "units.csv", HEADER + ",摞,count,,60摞,\n", ["units.csv", "line 2", "surface"]),
    ("empty-term", "lexicon.csv", "word,tag\n,n\n", ["lexicon.csv", "line 2", "word"]),
    ("double-term", "lexicon.csv", "word,tag\n摞书,n\n摞书,v\n", ["lexicon.csv", "line 3", "摞书", "twice"]),
    ("bad-level", "areas.csv", "code,name,short,level,parent\nX99,某区,,village,110000\n",
     ["areas.csv", "line 2", "level"]),
    ("misspelt-column", "units.csv", HEADER.replace("not_before", "not_befor") + "摞,摞,count,书,60摞,\n",
     ["units.csv", "line 1", "not_befor"]),
    ("double-rule-id", "status.yaml", STATUS + STATUS, ["status.yaml", "status.own"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "parts"), [pytest.param(*case, id=label) for label, *case in BROKEN])
def test_broken_rule_file_is_refused_by_name_and_place(
    folder: Path, name: str, content: str | bytes, parts: list[str]
) -> None:
    message = fault(folder, name, content)
    assert str(folder / name) in message
    assert [part for part in parts if part not in message] == []


@pytest.mark.parametrize(("name", "content"), [pytest.param(*case[:2], id=label) for label, *case in BROKEN])
def test_message_of_a_broken_rule_file_is_one_line(folder: Path, name: str, content: str | bytes) -> None:
    assert "\n" not in fault(folder, name, content)


def test_missing_folder_is_refused_by_name(folder: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        load_rules(folder / "nowhere")


def test_unreadable_rule_file_is_refused_by_name(folder: Path) -> None:
    (folder / "status.yaml").mkdir()
    with pytest.raises(InputError, match="status.yaml"):
        load_rules(folder)


def test_shipped_rules_are_valid() -> None:
    book = load_rules()
    assert book.units
    assert book.weights


def test_shipped_folder_holds_the_rule_files() -> None:
    assert {"units.csv", "bounds.yaml", "words.yaml"} <= {path.name for path in shipped_rules().iterdir()}


def test_rule_of_a_new_id_is_added_behind_the_shipped_ones(folder: Path) -> None:
    (folder / "status.yaml").write_text(STATUS, encoding="utf-8")
    shipped = [rule.id for rule in load_rules().status]
    assert [rule.id for rule in load_rules(folder).status] == [*shipped, "status.own"]


def test_rule_of_a_shipped_id_takes_its_place(folder: Path) -> None:
    (folder / "status.yaml").write_text(STATUS.replace("status.own", "status.will"), encoding="utf-8")
    shipped, own = load_rules().status, load_rules(folder).status
    assert [rule.id for rule in own] == [rule.id for rule in shipped]
    assert next(rule.pattern for rule in own if rule.id == "status.will") == "打算"


def test_pattern_may_be_a_list_of_its_alternatives(folder: Path) -> None:
    lines = STATUS.replace("pattern: '打算'", "pattern:\n    - '打算'\n    - '准备'")
    assert lines != STATUS
    (folder / "status.yaml").write_text(lines, encoding="utf-8")
    assert next(rule.pattern for rule in load_rules(folder).status if rule.id == "status.own") == "打算|准备"


def test_rule_of_own_rules_leaves_the_other_groups_of_its_file(folder: Path) -> None:
    (folder / "exclusions.yaml").write_text(
        "masks:\n- id: mask.own\n  why: 自己的\n  pattern: '啊'\n  examples: [啊]\n  counter_examples: [建成60座]\n",
        encoding="utf-8",
    )
    shipped, own = load_rules().exclusions, load_rules(folder).exclusions
    assert own.vetoes == shipped.vetoes
    assert len(own.masks) == len(shipped.masks) + 1


def test_key_of_a_table_of_own_rules_replaces_that_key_alone(folder: Path) -> None:
    (folder / "words.yaml").write_text("generic_areas: {全域: county}\n", encoding="utf-8")
    words = load_rules(folder).words
    assert words.generic_areas["全域"] == "county"
    assert words.generic_areas["全市"] == "prefecture"
    assert words.classes == load_rules().words.classes


def test_unit_of_a_new_surface_is_added(folder: Path) -> None:
    (folder / "units.csv").write_text(HEADER + "摞,摞,count,,60摞,\n", encoding="utf-8")
    assert load_rules(folder).units.keys() == {*load_rules().units, "摞"}


def test_unit_of_a_shipped_surface_is_replaced(folder: Path) -> None:
    (folder / "units.csv").write_text(HEADER + "户,家庭户,household,,60户,\n", encoding="utf-8")
    assert load_rules(folder).units["户"].unit == "家庭户"


def test_byte_order_mark_of_a_table_is_no_part_of_it(folder: Path) -> None:
    (folder / "units.csv").write_bytes(b"\xef\xbb\xbf" + (HEADER + "摞,摞,count,,60摞,\n").encode())
    assert "摞" in load_rules(folder).units


def test_line_ends_of_another_system_change_nothing(folder: Path) -> None:
    (folder / "units.csv").write_bytes((HEADER + "摞,摞,count,,60摞,\n").replace("\n", "\r\n").encode())
    assert load_rules(folder).units["摞"].counter_example == ""


def test_table_is_read_by_its_key_column(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text(HEADER + "㎡,平方米,area,,60㎡,\n", encoding="utf-8")
    assert {key: unit.unit for key, unit in read_table(path, Unit, "surface").items()} == {"㎡": "平方米"}


def test_quoted_field_of_a_table_may_hold_a_comma(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_text(HEADER + '摞,摞,count,,"运送60摞,完成",\n', encoding="utf-8")
    assert read_table(path, Unit, "surface")["摞"].example == "运送60摞,完成"


def test_yaml_is_read_as_data_alone(folder: Path) -> None:
    path = folder / "status.yaml"
    path.write_text("!!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"status\.yaml"):
        read_yaml(path)


MERGES = [
    ({"a": 1, "b": 2}, {"b": 3}, {"a": 1, "b": 3}),
    ({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}}, {"a": {"b": 1, "c": 3}}),
    ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
    ([{"id": "x", "v": 1}], [{"id": "y", "v": 2}], [{"id": "x", "v": 1}, {"id": "y", "v": 2}]),
    ([{"id": "x", "v": 1}, {"id": "y"}], [{"id": "x", "v": 2}], [{"id": "x", "v": 2}, {"id": "y"}]),
    ([{"id": "x", "v": 1, "w": 1}], [{"id": "x", "v": 2}], [{"id": "x", "v": 2}]),
    ({"a": 1}, {}, {"a": 1}),
    ([{"id": "x"}], [], [{"id": "x"}]),
    ({}, {"a": 1}, {"a": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("base", "over", "merged"), MERGES)
def test_merge_lays_the_second_on_the_first(base: object, over: object, merged: object) -> None:
    assert merge(base, over) == merged


def test_merge_changes_neither_part() -> None:
    base, over = {"rules": [{"id": "x"}]}, {"rules": [{"id": "y"}]}
    merge(base, over)
    assert (base, over) == ({"rules": [{"id": "x"}]}, {"rules": [{"id": "y"}]})
