"""Parts: packing, merging, and the keys they are kept under."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from made import metric

from extract.batch.part import Part, unpacked
from extract.batch.store import Store
from extract.batch.summary import LISTED, Summary, Tally
from extract.batch.task import File, Item, Row, Task
from extract.errors import InputError
from extract.model.document import Article, Document, Repair
from extract.model.extraction import Extraction, FoundArticle


def extraction(name: str = "甲", kind: str = "html") -> Extraction:
    """Return what may be found in a document."""
    document = Document(name, "新增60张\r\n", format=kind, repairs=(Repair("joined line", 1, 2),))
    return Extraction(
        document, [metric(2, 5)], [FoundArticle(Article(1, "题", "", ()), "青岛市")], list(document.repairs)
    )


def part(*names: str) -> Part:
    """Return the part of documents with these names, and a fault."""
    made = Part(faults=[InputError("批.csv", "坏", "row 3", "改")])
    for name in names:
        made.add(extraction(name))
    return made


def test_part_comes_back_as_it_was_packed() -> None:
    one, other = part("甲", "乙"), unpacked(part("甲", "乙").packed())
    assert (one.lines, one.texts, one.summary, one.is_final) == (
        other.lines, other.texts, other.summary, other.is_final,
    )  # fmt: skip
    assert [str(fault) for fault in other.faults] == ["批.csv, row 3: 坏; 改"]


@pytest.mark.parametrize("place", [0, 20, -1])
def test_changed_byte_is_seen(place: int) -> None:
    data = bytearray(part("甲").packed())
    data[place] ^= 1
    with pytest.raises(ValueError, match="not whole"):
        unpacked(bytes(data))


def test_merged_parts_are_the_part_of_all() -> None:
    one, other, both = part("甲"), part("乙"), part("甲", "乙")
    one.merge(other)
    assert (one.lines, one.texts, one.summary) == (both.lines, both.texts, both.summary)


def test_document_that_cannot_be_rendered_leaves_nothing() -> None:
    made = part("甲")
    before = (dict(made.lines), made.summary.documents)
    with pytest.raises(UnicodeEncodeError):
        made.add(dataclasses.replace(extraction("乙"), metrics=[metric(0, 1, sentence="\ud800")]))
    assert (made.lines, made.summary.documents) == before


def test_summary_lists_documents_up_to_a_number_and_then_the_sum_alone() -> None:
    summary = Summary()
    for n in range(LISTED):
        summary.add(extraction(f"{n}"))
    assert len(summary.each) == LISTED
    summary.add(extraction("甲"))
    assert summary.each == {}
    assert (summary.documents, summary.metrics, next(Tally.row(summary.total))) == (LISTED + 1, LISTED + 1, "青岛市")


ITEMS: tuple[Item, ...] = (
    File(Path("甲.txt"), b"60"),
    File(Path("乙.txt"), b"60"),
    File(Path("甲.txt"), b"61"),
    Row("批.csv", 1, Document("甲", "60")),
    Row("批.csv", 2, Document("甲", "60")),
    Row("批.csv", 1, Document("乙", "60")),
    Row("批.csv", 1, Document("甲", "60", "2025-01-01")),
    Row("批.csv", 1, Document("甲", "60", repairs=(Repair("x", 0, 1),))),
    Row("批.csv", 1, Document("甲", "\ud800")),
    InputError("批.csv", "坏"),
    InputError("批.csv", "坏", "row 1"),
)


def test_whatever_a_part_is_made_of_changes_its_key(tmp_path: Path) -> None:
    store = Store(tmp_path, "rules")
    tasks = [Task((item,)) for item in ITEMS] + [Task(ITEMS[:2]), Task(ITEMS[1::-1])]
    keys = {store.key(task) for task in tasks} | {Store(tmp_path, "other").key(tasks[0])}
    assert len(keys) == len(tasks) + 1


def test_part_without_documents_and_one_that_may_come_to_more_are_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path, "rules")
    unsure = dataclasses.replace(part("甲"), is_final=False)
    for made in (part(), unsure):
        store.write("1", made, made.packed())
    assert store.read("1") is None
    assert list(tmp_path.iterdir()) == []
