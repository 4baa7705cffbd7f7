"""What decisions make of the records of a document."""

from __future__ import annotations

import pytest
from made import metric_in
from torture.steps import steps

from extract.model.document import Document
from extract.review.goldfile import Layout, Row
from extract.review.state import Desk, Item, ReviewError, State

TEXT = "完成改造60个，惠及居民3.2万户，新增5家。"
DESK = Desk(Document("稿", TEXT), Layout())
ROW = {"value": "5", "unit": "家", "bound": "exact", "kind": "level", "status": "actual"}


@pytest.fixture
def state() -> State:
    """Return the state of a document with two open proposals."""
    metrics = (metric_in(TEXT, "60个", "60", "个"), metric_in(TEXT, "3.2万户", "32000", "户"))
    return State(tuple(Item(key, metric, None, "open", "rules") for key, metric in enumerate(metrics)), False)


def texts(state: State) -> list[str]:
    return [row.metric.text for row in state.rows if row.metric]


def test_undecided_records_are_not_in_the_gold(state: State) -> None:
    assert texts(state) == []


def test_accepted_record_is_in_the_gold(state: State) -> None:
    assert texts(DESK.accept(state, 1)) == ["3.2万户"]


def test_decision_makes_the_gold(state: State) -> None:
    assert DESK.reject(state, 0).has_gold


def test_rejected_record_leaves_the_gold(state: State) -> None:
    assert texts(DESK.reject(DESK.accept_rest(state), 0)) == ["3.2万户"]


def test_rejected_record_can_be_restored(state: State) -> None:
    assert texts(DESK.accept(DESK.reject(state, 0), 0)) == ["60个"]


def test_rest_is_accepted_without_what_was_rejected(state: State) -> None:
    assert texts(DESK.accept_rest(DESK.reject(state, 0))) == ["3.2万户"]


def test_edited_record_is_accepted(state: State) -> None:
    edited = DESK.edit(state, 0, {"object": " 老旧小区 "})
    assert edited.items[0].status == "accepted"
    assert edited.items[0].metric
    assert edited.items[0].metric.object == "老旧小区"


def test_edited_record_may_hold_several_answers(state: State) -> None:
    edited = DESK.edit(state, 0, {"object": "老旧小区改造|改造", "period": "2024|2025", "value": "3.2万"})
    metric = edited.items[0].metric
    assert metric
    assert (metric.object, metric.period, metric.value) == ("老旧小区改造|改造", "2024|2025", 32000)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"value": "多"}, "value"), ({"value_high": "?"}, "value_high"), ({"kind": "x"}, "kind"), ({"start": "1"}, ""),
        ({"period": "去年"}, "period"), ({"unit": "个|处"}, "unit"), ({"kind": "level|share"}, "kind"),
        ({"status": "actual|planned"}, "status"), ({"value": "60|61"}, "value"),
    ],
)  # fmt: skip
def test_wrong_field_is_refused_and_named(state: State, fields: dict[str, str], column: str) -> None:
    with pytest.raises(ReviewError) as error:
        DESK.edit(state, 0, fields)
    assert (error.value.code, error.value.column) == ("field", column)


def test_added_record_stands_in_text_order(state: State) -> None:
    start = TEXT.index("惠及")
    added = DESK.add(DESK.accept_rest(state), start, start + 2, ROW)
    assert texts(added) == ["60个", "惠及", "3.2万户"]


def test_added_record_is_checked_as_an_edited_one(state: State) -> None:
    with pytest.raises(ReviewError) as error:
        DESK.add(state, 4, 7, ROW | {"period": "去年"})
    assert (error.value.code, error.value.column) == ("field", "period")


def test_added_record_at_an_open_one_takes_its_place(state: State) -> None:
    added = DESK.add(state, 4, 7, ROW)
    assert len(added.items) == 2
    assert texts(added) == ["60个"]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 2), (0, 10_000)])
def test_span_outside_of_the_text_is_refused(state: State, start: int, end: int) -> None:
    with pytest.raises(ReviewError) as error:
        DESK.add(state, start, end, ROW)
    assert error.value.code == "field"


def test_document_with_open_records_is_not_finished(state: State) -> None:
    with pytest.raises(ReviewError) as error:
        DESK.finish(state)
    assert error.value.code == "open"


def test_finished_document_can_be_reopened(state: State) -> None:
    done = DESK.finish(DESK.accept_rest(state))
    assert done.done
    assert not DESK.reopen(done).done


def test_row_that_is_no_record_cannot_be_decided_on() -> None:
    state = State((Item(0, None, Row(("?",)), "foreign", "gold"),), True)
    with pytest.raises(ReviewError):
        DESK.reject(state, 0)
    assert state.rows == (Row(("?",)),)


def test_many_items_come_to_the_places_that_they_would_one_by_one() -> None:
    text = "".join(f"{number}个，" for number in range(10, 90))
    items = [
        Item(key, metric_in(text, f"{key + 10}个", str(key + 10), "个"), None, "open", "rules") for key in range(80)
    ]
    began = State((items[3], Item(90, None, Row(("x",)), "foreign", "gold"), items[40]), False)
    new = [item for item in items if item not in began.items]
    one_by_one = began
    for item in new:
        one_by_one = one_by_one.with_item(item)
    assert began.with_items(new) == one_by_one
    assert began.with_items([]) == began


def test_work_of_taking_the_rest_grows_with_the_records() -> None:
    def work(count: int) -> int:
        text = "".join(f"{number}个，" for number in range(1000, 1000 + count))
        found = (metric_in(text, f"{number}个", str(number), "个") for number in range(1000, 1000 + count))
        begun = State(tuple(Item(key, metric, None, "open", "rules") for key, metric in enumerate(found)), False)
        return steps(lambda: Desk(Document("稿", text), Layout()).accept_rest(begun))

    assert work(400) < 2.5 * work(200)
