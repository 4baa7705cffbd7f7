"""What earlier figures and clauses leave for later figures."""

from __future__ import annotations

from extract.model.phrase import Phrase, Piece
from extract.model.relation import Run
from extract.relations.antecedents import Antecedent, Memory


def phrase(text: str) -> Phrase:
    """Return a phrase of one piece."""
    return Phrase((Piece(text, 0, len(text)),))


def remembered(*texts: str, run: int = 1) -> Memory:
    """Return a memory of objects, each of a clause of its own."""
    memory = Memory()
    memory.enter(0)
    for text in texts:
        memory.clause += 1
        memory.add_object(Antecedent(phrase(text), memory.clause, memory.sentence, "个", "count", run))
    memory.clause += 1
    return memory


def offers(memory: Memory, place: int = 0, run: int = 1) -> list[tuple[str, str]]:
    """Return what is offered."""
    return [(name, one.phrase.text) for name, one in memory.offered(Run(place, run))]


def test_objects_are_offered_the_last_first() -> None:
    assert offers(remembered("公园", "学校")) == [("object0", "学校"), ("object1", "公园")]


def test_phrase_is_offered_once() -> None:
    assert offers(remembered("公园", "公园")) == [("object0", "公园")]


def test_figure_of_a_run_is_offered_the_object_at_its_place_in_a_run_before() -> None:
    memory = remembered("出口", "进口", run=2)
    assert offers(memory, 0, 2)[0] == ("aligned", "出口")
    assert offers(memory, 1, 2)[0] == ("aligned", "进口")


def test_another_paragraph_forgets_the_objects() -> None:
    memory = remembered("公园")
    memory.enter(1)
    assert offers(memory) == []


def test_another_sentence_of_the_paragraph_keeps_them() -> None:
    memory = remembered("公园")
    memory.enter(0)
    assert offers(memory) == [("object0", "公园")]


def test_subject_is_forgotten_after_the_next_sentence() -> None:
    memory = Memory()
    memory.enter(0)
    memory.add_subject(phrase("教育"))
    memory.enter(0)
    assert offers(memory) == [("subject", "教育")]
    memory.enter(0)
    assert offers(memory) == []


def test_whole_is_offered_to_its_parts_alone() -> None:
    memory = remembered("公园")
    memory.whole = memory.objects[-1]
    assert ("whole", "公园") not in offers(memory)
    memory.in_part = True
    assert offers(memory)[0] == ("whole", "公园")


def test_kin_tells_whether_an_object_of_the_unit_ends_with_the_phrase() -> None:
    memory = Memory()
    memory.said = {("职高毕业生", "人"): "310", ("毕业生", "人"): "48"}
    assert memory.kin("毕业生", "名") == "none"
    assert memory.kin("职高毕业生", "人") == "bare"
    assert memory.kin("毕业生", "人") == "longbare"
