"""What is told of a folder of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.upkeep.check import check_rules
from extract.upkeep.endless import endless

MASK = """
masks:
  - id: mask.mine
    why: 试
    pattern: '{pattern}'
    examples: [{example}]
    counter_examples: [{counter}]
"""


def mask(pattern: str, example: str = "街巷", counter: str = "海州") -> str:
    """Return a file of exclusions with one mask."""
    return MASK.format(pattern=pattern, example=example, counter=counter)


def told(folder: Path, **files: str) -> list[str]:
    """Return what is told of a folder with these files, `_` in their names for the point; without the folder's name."""
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return [str(fault).removeprefix(f"{folder}/") for fault in check_rules(folder)]


def test_shipped_rules_have_no_fault() -> None:
    assert check_rules(None) == []


def test_misspelt_file_is_told_with_the_name_that_is_near(tmp_path: Path) -> None:
    assert told(tmp_path, unit_csv="surface,unit\n") == ["unit.csv: is read by nothing; is it units.csv?"]


def test_dimension_that_no_rule_knows_is_told(tmp_path: Path) -> None:
    (problem,) = told(
        tmp_path, units_csv="surface,unit,dimension,not_before,example,counter_example\n灯杆,灯杆,cuont,,,\n"
    )
    assert problem == "units.csv, line 2: no rule asks for the dimension 'cuont'; is it count?"


def test_notes_beside_the_rules_are_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path, README_md="规则") == []


def test_rule_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, exclusions_yaml=mask("("))
    assert fault.startswith("exclusions.yaml, line 5, rule mask.mine: pattern:")


def test_pattern_nested_too_deep_is_told(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, exclusions_yaml=mask("(" * 3000 + "a" + ")" * 3000))
    assert "nested too deep" in fault


def test_pattern_that_does_not_end_is_told_with_a_text(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, exclusions_yaml=mask("(?:街|街街)+[巷口]"))
    assert fault.startswith("exclusions.yaml, rule mask.mine: a pattern goes back and forth on '街街街")


@pytest.mark.parametrize(
    "pattern", ["(?:a+)+b", "(?:学|学学)+[甲乙]", "(?:[一-龥]+，?)+年", "(?:.*?个)*所", "(a*)*(a*)*c"]
)
def test_pattern_that_does_not_end_is_found(pattern: str) -> None:
    assert endless(pattern)


@pytest.mark.parametrize("pattern", ["(?:学|校)+[甲乙]", "[^。]*个", "(?:a++)+b", "{n}个+", "(?P<number>[0-9]+)个", ""])
def test_honest_pattern_is_not(pattern: str) -> None:
    assert endless(pattern) == ""


def test_example_that_its_rule_does_not_find_is_told(tmp_path: Path) -> None:
    faults = told(tmp_path, exclusions_yaml=mask("街巷", "海州", "街巷"))
    assert faults == [
        f"{tmp_path}, rule mask.mine: its example '海州' is not found by it",
        f"{tmp_path}, rule mask.mine: its counter-example '街巷' is found by it",
    ]


def test_entry_that_says_what_the_shipped_one_says_is_told(tmp_path: Path) -> None:
    row = "个,个,count,,新增公共停车泊位860个,一个地区的发展"
    faults = told(tmp_path, units_csv=f"surface,unit,dimension,not_before,example,counter_example\n{row}\n")
    assert faults == ["units.csv, line 2: says what the shipped rules say; leave it out"]


def test_unit_that_is_never_read_is_told(tmp_path: Path) -> None:
    (fault,) = told(tmp_path, units_csv="surface,unit,dimension,example\n座山,座山,count,有学校5座\n")
    assert fault == "units.csv, line 2: '座山' is never read: 有学校5座 is 座"
