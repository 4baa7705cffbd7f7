"""The report of an evaluation: its tables, its errors with their context, its JSON."""

from __future__ import annotations

import io
import json

import pytest
from made import metric_in
from rich.console import Console

from extract.evaluation.score import FIELDS, Evaluation, evaluate
from extract.evaluation.tables import print_errors, tables, to_json

TEXT = "青岛市今年新增养老床位1200张，入住率80%，\n服务老人3.2万人次，新建食堂46处。"
BEDS = metric_in(TEXT, "1200张", "1200", "张")
RATE = metric_in(TEXT, "80%", "80", "%", kind="share", object="入住率")
PEOPLE = metric_in(TEXT, "3.2万人次", "32000", "人次", object="老人", predicate="服务")
CANTEENS = metric_in(TEXT, "46处", "46", "处", object="食堂", predicate="新建")


@pytest.fixture
def evaluation() -> Evaluation:
    """Return one missed, one spurious, one right record and one with a wrong kind and object; an empty document."""
    wrong = metric_in(TEXT, "80%", "80", "%", kind="change", object="床位")
    return evaluate([("doc", [BEDS, RATE, PEOPLE], [BEDS, wrong, CANTEENS]), ("空稿", [], [])])


def printed_errors(evaluation: Evaluation, text: str = TEXT) -> str:
    """Return what `print_errors` prints."""
    out = io.StringIO()
    print_errors(evaluation, {"doc": text, "空稿": ""}, Console(file=out, width=80))
    return out.getvalue()


def printed_tables(evaluation: Evaluation) -> str:
    """Return the tables as printed."""
    out = io.StringIO()
    Console(file=out, width=120).print(tables(evaluation))
    return out.getvalue()


def test_json_has_the_counts_and_scores(evaluation: Evaluation) -> None:
    data = to_json(evaluation)
    assert data["quantity"] == {
        "precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 3), "f1": pytest.approx(2 / 3),
        "right": 2, "predicted": 3, "gold": 3,
    }  # fmt: skip
    assert data["record"]["right"] == 1


def test_json_has_the_accuracy_of_every_field(evaluation: Evaluation) -> None:
    fields = to_json(evaluation)["fields"]
    assert list(fields) == list(FIELDS)
    assert (fields["kind"], fields["object"], fields["area"]) == (0.5, 0.5, 1)


def test_json_breaks_the_scores_down_by_unit(evaluation: Evaluation) -> None:
    rights = {unit: part["quantity"]["right"] for unit, part in to_json(evaluation)["units"].items()}
    assert rights == {"张": 1, "%": 1, "人次": 0, "处": 0}


def test_json_breaks_the_scores_down_by_document(evaluation: Evaluation) -> None:
    golds = {name: part["record"]["gold"] for name, part in to_json(evaluation)["documents"].items()}
    assert golds == {"doc": 3, "空稿": 0}


def test_json_has_the_fields_of_each_document(evaluation: Evaluation) -> None:
    documents = to_json(evaluation)["documents"]
    assert (documents["doc"]["fields"]["kind"], documents["空稿"]["fields"]["kind"]) == (0.5, 1)


def test_json_tells_which_fields_fail_together(evaluation: Evaluation) -> None:
    assert to_json(evaluation)["causes"] == [{"wrong": [], "count": 1}, {"wrong": ["kind", "object"], "count": 1}]


def test_json_tells_the_score_of_records_if_one_field_were_right() -> None:
    wrong = metric_in(TEXT, "80%", "80", "%", kind="share", object="入住率", period="2023")
    wished = to_json(evaluate([("doc", [BEDS, RATE], [BEDS, wrong])]))["if_right"]
    assert {name: score["right"] for name, score in wished.items()} == {
        "bound": 1, "kind": 1, "object": 1, "area": 1, "period": 2, "status": 1,
    }  # fmt: skip


def test_json_has_the_errors_by_kind(evaluation: Evaluation) -> None:
    assert to_json(evaluation)["errors"] == {
        "missed": 1, "spurious": 1, "wrong kind": 1, "wrong object": 1, "wrong object_exact": 1,
    }  # fmt: skip


def test_json_is_plain_data(evaluation: Evaluation) -> None:
    data = to_json(evaluation)
    assert json.loads(json.dumps(data)) == data


def test_missed_record_is_listed_with_its_place_and_value(evaluation: Evaluation) -> None:
    assert f"doc:{PEOPLE.start} missed '3.2万人次' = 32000 人次" in printed_errors(evaluation)


def test_spurious_record_is_listed_with_its_place_and_value(evaluation: Evaluation) -> None:
    assert f"doc:{CANTEENS.start} spurious '46处' = 46 处" in printed_errors(evaluation)


def test_wrong_field_is_listed_with_what_was_found_and_what_is_right(evaluation: Evaluation) -> None:
    assert f"doc:{RATE.start} wrong kind: 'change', gold 'share'" in printed_errors(evaluation)


def test_wrong_object_is_listed_once_though_it_is_not_exact_either(evaluation: Evaluation) -> None:
    lines = [line for line in printed_errors(evaluation).splitlines() if "wrong object" in line]
    assert lines == [f"doc:{RATE.start} wrong object: '床位', gold '入住率'"]


def test_object_that_is_alike_but_not_exact_is_listed_as_such() -> None:
    other = metric_in(TEXT, "1200张", "1200", "张", object="普惠养老床位")
    errors = printed_errors(evaluate([("doc", [BEDS], [other])]))
    assert "wrong object_exact: '普惠养老床位', gold '养老床位'" in errors


def test_right_record_is_not_listed(evaluation: Evaluation) -> None:
    assert f"doc:{BEDS.start} " not in printed_errors(evaluation)


def test_each_error_is_followed_by_its_context_on_one_line(evaluation: Evaluation) -> None:
    lines = printed_errors(evaluation).splitlines()
    missed = next(index for index, line in enumerate(lines) if "missed" in line)
    assert lines[missed + 1].strip() == "新增养老床位1200张，入住率80%， 服务老人3.2万人次，新建食堂46处。"


def test_context_at_the_start_of_the_text_is_not_cut_from_its_end() -> None:
    text = "60张床位，" + "其他" * 40
    errors = printed_errors(evaluate([("doc", [metric_in(text, "60张", "60", "张")], [])]), text)
    assert errors.splitlines()[1].strip().startswith("60张床位")


def test_brackets_in_the_text_are_printed_as_they_are() -> None:
    text = "[bold]新增[/]床位60张"
    errors = printed_errors(evaluate([("doc", [metric_in(text, "60张", "60", "张")], [])]), text)
    assert text in errors


def test_tables_show_the_scores_to_three_decimals(evaluation: Evaluation) -> None:
    row = next(line for line in printed_tables(evaluation).splitlines() if "quantity" in line and "0." in line)
    assert row.count("0.667") == 3


@pytest.mark.parametrize("name", [*FIELDS, "张", "人次", "空稿", "missed", "spurious", "wrong kind"])
def test_tables_show_fields_units_documents_and_errors(name: str, evaluation: Evaluation) -> None:
    assert name in printed_tables(evaluation)


def test_tables_show_which_fields_fail_together(evaluation: Evaluation) -> None:
    row = next(line for line in printed_tables(evaluation).splitlines() if "kind + object" in line)
    assert row.split()[-2] == "1"


def test_tables_show_the_fields_of_each_document(evaluation: Evaluation) -> None:
    row = next(line for line in printed_tables(evaluation).splitlines() if line.split()[:2] == ["doc", "1.00"])
    assert row.split() == ["doc", "1.00", "0.50", "0.50", "1.00", "1.00", "1.00", "1.00", "1.00"]


def test_tables_show_a_record_without_unit() -> None:
    assert "(none)" in printed_tables(evaluate([("doc", [metric_in(TEXT, "1200", "1200", "")], [])]))


def test_tables_show_the_name_of_a_document_in_brackets() -> None:
    assert "[red]通稿" in printed_tables(evaluate([("[red]通稿", [], [])]))


def test_tables_of_nothing_can_be_printed() -> None:
    assert "1.000" in printed_tables(evaluate([]))
