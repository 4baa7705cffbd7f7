"""Scoring: which records match, what is counted, what agrees."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import metric

from extract.evaluation.score import Evaluation, Score, evaluate, is_alike, match
from extract.model.record import Metric

# One document by hand. Gold has six records, the run found six; four quantities match, two records are right.
GOLD = [
    metric(0, 4, "1200"),
    metric(10, 14, "80", "%", kind="share"),
    metric(20, 26, "3", "名", high="5"),
    metric(30, 36, "10003", "元"),
    metric(40, 44, "7", "家"),
    metric(50, 54, "9", "所", predicate="建成"),
]
PREDICTED = [
    metric(1, 4, "1200"),  # right, though its span is shorter
    metric(10, 14, "80", "‰", kind="share"),  # another unit
    metric(20, 26, "3", "名"),  # not a range
    metric(30, 36, "10004", "元", bound="about"),  # the same to four digits, but a wrong bound
    metric(40, 44, "7", "家", object="企业", period="2023"),  # two wrong fields
    metric(50, 54, "9", "所", predicate="新建"),  # a wrong predicate does not count
]


def evaluation_of(gold: list[Metric], predicted: list[Metric]) -> Evaluation:
    """Return the evaluation of one document."""
    return evaluate([("doc", gold, predicted)])


def matches(gold: list[Metric], predicted: list[Metric]) -> list[tuple[int, int]]:
    """Return the matched pairs as places in `gold` and `predicted`."""
    found = [pair for pair in match("doc", gold, predicted) if pair.is_match]
    return [
        (
            next(index for index, one in enumerate(gold) if one is pair.gold),
            next(index for index, one in enumerate(predicted) if one is pair.predicted),
        )
        for pair in found
    ]


def test_example_by_hand_has_four_of_six_quantities() -> None:
    assert evaluation_of(GOLD, PREDICTED).quantity == Score(right=4, predicted=6, gold=6)


def test_example_by_hand_has_two_of_six_records() -> None:
    assert evaluation_of(GOLD, PREDICTED).record == Score(right=2, predicted=6, gold=6)


@pytest.mark.parametrize(
    ("field", "accuracy"),
    [
        ("bound", 3 / 4), ("kind", 1), ("object", 3 / 4), ("object_exact", 3 / 4), ("predicate", 3 / 4),
        ("predicate_exact", 3 / 4), ("area", 1), ("period", 3 / 4), ("base", 1), ("status", 1),
    ],
)  # fmt: skip
def test_accuracy_counts_the_four_matched_records_of_the_example_by_hand(field: str, accuracy: float) -> None:
    assert evaluation_of(GOLD, PREDICTED).accuracy(field) == accuracy


def test_errors_of_the_example_by_hand_are_counted_by_kind() -> None:
    assert evaluation_of(GOLD, PREDICTED).errors() == {
        "missed": 2, "spurious": 2, "wrong bound": 1, "wrong object": 1, "wrong object_exact": 1,
        "wrong predicate": 1, "wrong predicate_exact": 1, "wrong period": 1,
    }  # fmt: skip


def test_precision_recall_and_f1_of_a_score() -> None:
    score = Score(right=3, predicted=4, gold=6)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.5, pytest.approx(0.6))


def test_score_without_records_on_either_side_is_one() -> None:
    score = Score(0, 0, 0)
    assert (score.precision, score.recall, score.f1) == (1, 1, 1)


def test_score_without_predictions_has_no_recall() -> None:
    score = Score(0, 0, 5)
    assert (score.recall, score.f1) == (0, 0)


def test_one_prediction_over_two_gold_records_matches_one_of_them() -> None:
    evaluation = evaluation_of([metric(0, 3), metric(4, 7)], [metric(0, 7)])
    assert evaluation.quantity == Score(right=1, predicted=1, gold=2)


def test_one_prediction_over_two_gold_records_matches_the_one_it_overlaps_most() -> None:
    assert matches([metric(0, 3), metric(4, 9)], [metric(0, 9)]) == [(1, 0)]


def test_one_prediction_over_two_equal_overlaps_matches_the_first_in_the_text() -> None:
    assert matches([metric(0, 3), metric(4, 7)], [metric(0, 7)]) == [(0, 0)]


def test_two_predictions_on_one_gold_record_leave_one_spurious() -> None:
    evaluation = evaluation_of([metric(0, 8)], [metric(0, 3), metric(3, 8)])
    assert evaluation.quantity == Score(right=1, predicted=2, gold=1)


def test_two_predictions_on_one_gold_record_match_by_the_best_overlap() -> None:
    assert matches([metric(0, 8)], [metric(0, 3), metric(3, 8)]) == [(0, 1)]


def test_best_overlap_may_leave_the_prediction_before_it_to_another_gold_record() -> None:
    assert matches([metric(0, 4), metric(4, 10)], [metric(2, 5), metric(4, 10)]) == [(0, 0), (1, 1)]


def test_spans_that_only_touch_do_not_match() -> None:
    assert matches([metric(0, 4)], [metric(4, 8)]) == []


def test_overlap_by_one_character_matches() -> None:
    assert matches([metric(0, 5)], [metric(4, 8)]) == [(0, 0)]


def test_same_value_elsewhere_does_not_match() -> None:
    assert matches([metric(0, 4)], [metric(100, 104)]) == []


def test_overlap_with_another_value_does_not_take_the_gold_record_away() -> None:
    assert matches([metric(0, 8, "60")], [metric(0, 8, "61"), metric(6, 8, "60")]) == [(0, 1)]


@pytest.mark.parametrize(("one", "other"), [("%", "‰"), ("张", "家"), ("元", "美元"), ("%", "百分点"), ("个", "")])
def test_different_units_do_not_match(one: str, other: str) -> None:
    assert matches([metric(0, 4, "1", one)], [metric(0, 4, "1", other)]) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("12341", "12342"), ("10001", "10002"), ("3.2", "3.20000"), ("0.00123441", "0.00123439"), ("-5", "-5.0"),
     ("123400000", "1.234E8"), ("0", "0.0")],
)  # fmt: skip
def test_values_equal_to_four_digits_match(one: str, other: str) -> None:
    assert matches([metric(0, 4, one)], [metric(0, 4, other)]) == [(0, 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("1234", "1235"), ("12340", "12350"), ("0.001234", "0.001235"), ("5", "-5"), ("0", "0.001")],
)
def test_values_that_differ_in_the_fourth_digit_do_not_match(one: str, other: str) -> None:
    assert matches([metric(0, 4, one)], [metric(0, 4, other)]) == []


def test_range_matches_the_same_range_to_four_digits() -> None:
    assert matches([metric(0, 4, "20", high="60001")], [metric(0, 4, "20", high="60002")]) == [(0, 0)]


@pytest.mark.parametrize(("value", "high"), [("20", "61"), ("21", "60"), ("20", ""), ("60", "")])
def test_range_does_not_match_another_range_or_one_of_its_ends(value: str, high: str) -> None:
    assert matches([metric(0, 4, "20", high="60")], [metric(0, 4, value, high=high)]) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("bound", "over"), ("kind", "change"), ("object", "停车泊位"), ("area", "即墨区"), ("period", "2023"),
     ("period", ""), ("status", "planned")],
)  # fmt: skip
def test_record_with_a_wrong_field_is_not_right_but_its_quantity_is(field: str, value: str) -> None:
    gold = metric(0, 4)
    evaluation = evaluation_of([gold], [replace(gold, **{field: value})])  # type: ignore[arg-type]
    assert (evaluation.quantity.right, evaluation.record.right) == (1, 0)


@pytest.mark.parametrize(
    ("field", "value"), [("predicate", "拆除"), ("base", "上年"), ("text", "别的"), ("title", "题")]
)
def test_record_is_right_whatever_its_predicate_base_and_context(field: str, value: str) -> None:
    gold = metric(0, 4)
    evaluation = evaluation_of([gold], [replace(gold, **{field: value})])  # type: ignore[arg-type]
    assert evaluation.record.right == 1


def test_record_with_an_alike_object_is_right_and_not_exact() -> None:
    evaluation = evaluation_of([metric(0, 4, object="普惠养老床位")], [metric(0, 4, object="养老床位")])
    assert evaluation.record.right == 1
    assert (evaluation.accuracy("object"), evaluation.accuracy("object_exact")) == (1, 0)


def test_fields_of_records_that_do_not_match_are_not_counted() -> None:
    evaluation = evaluation_of([metric(0, 4)], [metric(0, 4, "61", kind="rank")])
    assert evaluation.accuracy("kind") == 1


@pytest.mark.parametrize("column", ["object", "predicate", "area", "period", "base"])
def test_field_is_right_where_it_is_any_of_golds_answers(column: str) -> None:
    gold = metric(0, 4, **{column: "甲乙|丙丁"})
    evaluation = evaluate([(value, [gold], [metric(0, 4, **{column: value})]) for value in ("甲乙", "丙丁", "戊己")])
    assert [column in pair.wrong for pair in evaluation.matched] == [False, False, True]


@pytest.mark.parametrize("answers", ["同比|", "|同比"])
def test_empty_answer_of_gold_is_right_too(answers: str) -> None:
    found = [evaluation_of([metric(0, 4, base=answers)], [metric(0, 4, base=value)]) for value in ("", "同比", "上年")]
    assert [evaluation.accuracy("base") for evaluation in found] == [1, 1, 0]


def test_second_object_of_gold_is_compared_relaxed_too() -> None:
    assert (
        evaluation_of([metric(0, 4, object="学校|养老床位")], [metric(0, 4, object="普惠养老床位")]).record.right == 1
    )


def test_prediction_that_holds_several_answers_itself_is_wrong() -> None:
    both = metric(0, 4, object="养老床位|床位")
    assert evaluation_of([both], [both]).accuracy("object") == 0


def test_bar_in_the_text_of_a_span_parts_no_answers() -> None:
    gold = metric(0, 4, text="60|张")
    assert evaluation_of([gold], [gold]).record.right == 1


def test_causes_count_the_fields_that_fail_together() -> None:
    assert evaluation_of(GOLD, PREDICTED).causes() == {(): 2, ("bound",): 1, ("object", "period"): 1}


def test_causes_leave_out_what_does_not_count_for_a_record() -> None:
    assert evaluation_of([metric(0, 4)], [metric(0, 4, predicate="拆除", base="上年")]).causes() == {(): 1}


@pytest.mark.parametrize(("field", "right"), [("bound", 3), ("object", 2), ("period", 2), ("area", 2)])
def test_record_counts_as_right_if_it_fails_in_the_wished_field_alone(field: str, right: int) -> None:
    assert evaluation_of(GOLD, PREDICTED).record_if_right(field) == Score(right, predicted=6, gold=6)


def test_counts_add_up_over_documents() -> None:
    one, other = evaluate([("一", GOLD, PREDICTED)]), evaluate([("二", GOLD[:2], [])])
    both = evaluate([("一", GOLD, PREDICTED), ("二", GOLD[:2], [])])
    assert both.quantity == one.quantity + other.quantity == Score(4, 6, 8)
    assert both.record == one.record + other.record == Score(2, 6, 8)
    assert both.errors() == one.errors() + other.errors()


def test_records_of_different_documents_do_not_match() -> None:
    evaluation = evaluate([("一", [metric(0, 4)], []), ("二", [], [metric(0, 4)])])
    assert evaluation.quantity == Score(0, 1, 1)


def test_document_without_records_changes_no_score() -> None:
    evaluation = evaluate([("一", GOLD, PREDICTED), ("空", [], [])])
    assert evaluation.quantity == Score(4, 6, 6)


def test_by_document_names_a_document_without_records() -> None:
    parts = evaluate([("一", GOLD, PREDICTED), ("空", [], [])]).by_document()
    assert {name: part.quantity for name, part in parts.items()} == {
        "一": Score(4, 6, 6),
        "空": Score(0, 0, 0),
    }


def test_by_unit_begins_with_the_most_frequent_unit_of_gold() -> None:
    gold = [metric(0, 4, "1", "家"), metric(5, 9, "1", "张"), metric(10, 14, "2", "张")]
    assert list(evaluation_of(gold, []).by_unit()) == ["张", "家"]


def test_by_unit_has_a_unit_that_only_predictions_have() -> None:
    parts = evaluation_of([metric(0, 4, "1", "%")], [metric(0, 4, "1", "‰")]).by_unit()
    assert {unit: part.quantity for unit, part in parts.items()} == {"%": Score(0, 0, 1), "‰": Score(0, 1, 0)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("养老床位", "养老床位"),
        ("", ""),
        ("“养老”床位", "养老床位"),
        ("养老 床位", "养老床位"),
        ("，。", ""),
        ("普惠养老床位", "养老床位"),  # 2·4/10 = 0.8
    ],
)
def test_alike_phrases(one: str, other: str) -> None:
    assert is_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("养老床位", ""),
        ("养老床位", "停车泊位"),
        ("城镇新增就业人员", "新增就业"),
        ("床位养老", "养老床位"),
        ("床", "位"),
    ],
)
def test_phrases_that_are_not_alike(one: str, other: str) -> None:
    assert not is_alike(one, other)


def test_phrases_are_alike_from_seven_tenths_on() -> None:
    assert is_alike("一二三四五六七八九十", "一二三四五六七甲乙丙")  # 2·7/20
    assert not is_alike("一二三四五六七八九十", "一二三四五六甲乙丙丁")  # 2·6/20


def test_common_characters_count_only_in_the_same_order() -> None:
    assert not is_alike("甲乙丙丁", "丁丙乙甲")


PHRASES = st.text("养老床位停车泊 ，“”", max_size=8)
UNITS = st.sampled_from(["张", "%", "‰"])


@st.composite
def records(draw: st.DrawFn) -> Metric:
    start = draw(st.integers(0, 12))
    return metric(
        start,
        start + draw(st.integers(1, 6)),
        draw(st.sampled_from(["1", "2", "10001", "10002"])),
        draw(UNITS),
        draw(st.sampled_from(["", "", "30000"])),
        object=draw(PHRASES),
        kind=draw(st.sampled_from(["level", "share"])),
    )


RECORDS = st.lists(records(), max_size=7).map(lambda found: sorted(found, key=lambda one: (one.start, one.end)))


def apart(found: list[Metric]) -> list[Metric]:
    """Return the records moved apart, so that no two spans overlap."""
    return [replace(one, start=20 * index, end=20 * index + 5) for index, one in enumerate(found)]


@given(RECORDS.map(apart))
def test_gold_against_itself_is_all_right(gold: list[Metric]) -> None:
    evaluation = evaluation_of(gold, gold)
    assert evaluation.quantity == evaluation.record == Score(len(gold), len(gold), len(gold))
    assert not +evaluation.errors()


@given(RECORDS, RECORDS)
def test_there_are_never_more_matches_than_records(gold: list[Metric], predicted: list[Metric]) -> None:
    evaluation = evaluation_of(gold, predicted)
    assert evaluation.record.right <= evaluation.quantity.right <= min(len(gold), len(predicted))
    assert (evaluation.quantity.gold, evaluation.quantity.predicted) == (len(gold), len(predicted))


@given(RECORDS, RECORDS)
def test_every_record_stands_in_exactly_one_pair(gold: list[Metric], predicted: list[Metric]) -> None:
    pairs = match("doc", gold, predicted)
    assert sorted(map(id, gold)) == sorted(id(pair.gold) for pair in pairs if pair.gold)
    assert sorted(map(id, predicted)) == sorted(id(pair.predicted) for pair in pairs if pair.predicted)


@given(RECORDS, RECORDS)
def test_matched_records_overlap_and_agree_in_unit(gold: list[Metric], predicted: list[Metric]) -> None:
    for pair in evaluation_of(gold, predicted).matched:
        assert pair.gold is not None
        assert pair.predicted is not None
        assert pair.gold.unit == pair.predicted.unit
        assert pair.gold.start < pair.predicted.end
        assert pair.predicted.start < pair.gold.end


@given(st.data(), RECORDS, RECORDS)
def test_order_of_predictions_does_not_matter(data: st.DataObject, gold: list[Metric], predicted: list[Metric]) -> None:
    shuffled = data.draw(st.permutations(predicted))
    assert evaluation_of(gold, shuffled).quantity == evaluation_of(gold, predicted).quantity


def test_order_of_predictions_does_not_matter_where_two_overlap_equally() -> None:
    gold = [metric(0, 6), metric(6, 8)]
    predicted = [metric(0, 3), metric(3, 7)]
    assert len(matches(gold, predicted)) == len(matches(gold, predicted[::-1]))


@given(PHRASES, PHRASES)
def test_alike_is_symmetric(one: str, other: str) -> None:
    assert is_alike(one, other) == is_alike(other, one)


@given(PHRASES)
def test_every_phrase_is_alike_to_itself(phrase: str) -> None:
    assert is_alike(phrase, phrase)


@given(st.decimals(min_value=1, max_value=10**9, allow_nan=False, places=2))
def test_a_value_matches_itself_however_it_is_written(value: Decimal) -> None:
    assert matches([metric(0, 4, str(value))], [metric(0, 4, str(value.normalize()))]) == [(0, 0)]
