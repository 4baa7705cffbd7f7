"""The evaluation gate: the floors file, the digest of gold, and which scores miss a floor."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import metric, write_gold

from extract.errors import InputError
from extract.evaluation.gate import GoldSet, Made, gold_digest, measured, misses, read_floors
from extract.evaluation.score import FIELDS, Evaluation, evaluate

FLOORS = """[[set]]
name = "公开"
folders = ["corpus", "more"]
digest = "abc"
floors = { quantity_f1 = 0.98, object = 0.9 }

[[set]]
name = "内部"
folders = ["../shared"]
digest = ""
optional = true
floors = {}
"""


def fault_of(path: Path, content: str | bytes) -> InputError:
    """Return the error that reading a floors file with this content ends in."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        read_floors(path)
    return caught.value


def gold_set(**floors: float) -> GoldSet:
    """Return a set with these floors."""
    return GoldSet(name="公开", folders=("corpus",), digest="", floors=floors)


def scored(right: int, total: int) -> Evaluation:
    """Return an evaluation of `total` gold records and predictions, `right` of them right."""
    gold = [metric(10 * index, 10 * index + 4) for index in range(total)]
    predicted = [*gold[:right], *(metric(one.start, one.end, "61") for one in gold[right:])]
    return evaluate([("doc", gold, predicted)])


def test_sets_are_read_in_their_order_with_all_their_fields(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(FLOORS, encoding="utf-8")
    assert read_floors(tmp_path / "floors.toml") == (
        GoldSet(name="公开", folders=("corpus", "more"), digest="abc", floors={"quantity_f1": 0.98, "object": 0.9}),
        GoldSet(name="内部", folders=("../shared",), digest="", optional=True, floors={}),
    )


def test_set_may_be_made_by_a_seed(tmp_path: Path) -> None:
    made = FLOORS.replace('digest = ""', "made = { seed = 3, sentences = 20 }")
    (tmp_path / "floors.toml").write_text(made, encoding="utf-8")
    assert [one.made for one in read_floors(tmp_path / "floors.toml")] == [None, Made(seed=3, sentences=20)]


def test_floors_file_of_this_project_is_valid() -> None:
    assert {one.name for one in read_floors(Path(__file__).parents[2] / "floors.toml")} >= {"corpus"}


@pytest.mark.parametrize("name", ["quantity_f1", "record_f1", "exact", *FIELDS])
def test_every_score_can_have_a_floor(name: str, tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text(FLOORS.replace("object", name, 1).replace("quantity_f1 = 0.98,", ""), "utf-8")
    assert list(read_floors(tmp_path / "floors.toml")[0].floors) == [name]


WRONG = {
    "not-toml": (FLOORS.replace("]]", "]", 1), "not TOML"),
    "no-sets": ("", "set"),
    "missing-key": (FLOORS.replace('name = "公开"\n', ""), "name"),
    "unknown-key": (FLOORS.replace("digest", "hash = 1\ndigest", 1), "hash"),
    "floor-no-number": (FLOORS.replace("0.98", '"hoch"'), "quantity_f1"),
    "unknown-floor": (FLOORS.replace("object", "objekt"), "objekt"),
    "not-utf8": (FLOORS.encode("gb18030"), "UTF-8"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_floors_file_is_refused_by_its_name_and_fault(name: str, tmp_path: Path) -> None:
    content, told = WRONG[name]
    fault = fault_of(tmp_path / "floors.toml", content)
    assert fault.source == str(tmp_path / "floors.toml")
    assert told in fault.problem


def test_unknown_floor_is_refused_by_its_set(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "floors.toml", FLOORS.replace("object", "objekt")).where == "set 公开"


def test_missing_floors_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"floors\.toml: cannot be read"):
        read_floors(tmp_path / "floors.toml")


def test_score_below_its_floor_is_a_miss_with_set_score_and_floor() -> None:
    (line,) = misses(scored(9, 10), gold_set(quantity_f1=0.95))
    assert line == "公开: quantity_f1 is 0.900, below its floor 0.950"


@pytest.mark.parametrize("floor", [0.9, 0.89, 0.0, 0.9004])
def test_score_that_reaches_its_floor_to_three_decimals_is_no_miss(floor: float) -> None:
    assert misses(scored(9, 10), gold_set(quantity_f1=floor)) == []


def test_score_is_rounded_to_three_decimals() -> None:
    two_thirds = scored(2, 3)
    assert misses(two_thirds, gold_set(quantity_f1=0.667)) == []
    assert len(misses(two_thirds, gold_set(quantity_f1=0.668))) == 1


def test_every_missed_floor_has_its_line() -> None:
    assert len(misses(scored(9, 10), gold_set(quantity_f1=0.95, record_f1=0.95, object=0.95))) == 2


@pytest.mark.parametrize(("name", "score"), [("quantity_f1", 1.0), ("record_f1", 0.5), ("area", 0.5), ("exact", 1.0)])
def test_measured_is_the_score_of_that_name(name: str, score: float) -> None:
    gold = [metric(0, 4), metric(10, 14)]
    evaluation = evaluate([("doc", gold, [gold[0], metric(10, 14, area="即墨区")])])
    assert measured(evaluation, name) == score


def test_digest_is_the_same_for_the_same_gold(tmp_path: Path) -> None:
    for folder in ("一", "二"):
        write_gold(tmp_path / folder, "稿", "新增60张", [metric(2, 5)])
    assert gold_digest([tmp_path / "一"]) == gold_digest([tmp_path / "二"])


@pytest.mark.parametrize("name", ["稿.txt", "稿.gold.csv"])
def test_digest_changes_with_text_and_gold(name: str, tmp_path: Path) -> None:
    write_gold(tmp_path, "稿", "新增60张", [metric(2, 5)])
    before = gold_digest([tmp_path])
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    assert gold_digest([tmp_path]) != before


def test_digest_changes_with_a_new_document(tmp_path: Path) -> None:
    write_gold(tmp_path, "稿", "新增60张", [])
    before = gold_digest([tmp_path])
    write_gold(tmp_path, "新稿", "新增60张", [])
    assert gold_digest([tmp_path]) != before


def test_digest_changes_with_the_name_of_a_document(tmp_path: Path) -> None:
    write_gold(tmp_path / "一", "稿", "新增60张", [])
    write_gold(tmp_path / "二", "新稿", "新增60张", [])
    assert gold_digest([tmp_path / "一"]) != gold_digest([tmp_path / "二"])


def test_digest_leaves_out_what_is_no_gold(tmp_path: Path) -> None:
    write_gold(tmp_path, "稿", "新增60张", [])
    before = gold_digest([tmp_path])
    (tmp_path / "无标注.txt").write_text("新增60张", encoding="utf-8")
    assert gold_digest([tmp_path]) == before
