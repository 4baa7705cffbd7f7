"""Runs every example and counter-example that the rule files hold; `test_exclude` runs those of exclusions.yaml."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.mentions.times import Reference
from extract.model.quantity import Quantity
from extract.model.record import Metric, to_row
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import load_rules
from extract.rulebook.schema import (
    BoundExample,
    BoundRule,
    RankRule,
    RelationExample,
    RelationRule,
    StatusExample,
    StatusRule,
    TimeRule,
    Unit,
)

Find = Callable[[str], list[Quantity]]
Read = Callable[..., list[Metric]]

BOOK = load_rules()
REFERENCE = Reference(published=2025, month=11, year=2025, day=20)


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.bounds for ex in rule.examples],
)
def test_example_of_a_bound_has_the_bounds(find: Find, rule: BoundRule, example: BoundExample) -> None:
    found = find(example.text)
    assert tuple(q.bound for q in found) == example.bounds


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.bounds for ex in rule.counter_examples],
)
def test_counter_example_of_a_bound_is_not_made_by_it(find: Find, rule: BoundRule, example: BoundExample) -> None:
    found = find(example.text)
    assert tuple(q.bound for q in found) == example.bounds
    assert not any(rule.id in q.rules for q in found)


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{text}") for rule in BOOK.ranks.rules for text in rule.examples],
)
def test_example_of_a_rank_gives_one_rank_by_that_rule(find: Find, rule: RankRule, text: str) -> None:
    assert [q.rules[0] for q in find(text) if q.form == "rank"] == [rule.id]


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{text}") for rule in BOOK.ranks.rules for text in rule.counter_examples],
)
def test_counter_example_of_a_rank_gives_no_rank(find: Find, rule: RankRule, text: str) -> None:
    assert [q.text for q in find(text) if q.form == "rank"] == []


@pytest.mark.parametrize(
    ("rule", "text", "period"),
    [pytest.param(rule, *ex, id=f"{rule.id}-{ex[0]}") for rule in BOOK.times.rules for ex in rule.examples],
)
def test_example_of_a_time_is_the_period_by_that_rule(
    pipeline: Pipeline, rule: TimeRule, text: str, period: str
) -> None:
    found = [(mention.rule.id, mention.period) for mention in pipeline.times.find(text, REFERENCE)]
    assert found == [(rule.id, period)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [pytest.param(rule, text, id=f"{rule.id}-{text}") for rule in BOOK.times.rules for text in rule.counter_examples],
)
def test_counter_example_of_a_time_is_not_found_by_that_rule(pipeline: Pipeline, rule: TimeRule, text: str) -> None:
    assert rule.id not in {mention.rule.id for mention in pipeline.times.find(text, REFERENCE)}


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.status for ex in rule.examples],
)
def test_example_of_a_status_gives_records_of_that_status(read: Read, rule: StatusRule, example: StatusExample) -> None:
    assert tuple(metric.status for metric in read(example.text)) == example.status


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.status for ex in rule.examples],
)
def test_example_of_a_status_holds_the_cue(pipeline: Pipeline, rule: StatusRule, example: StatusExample) -> None:
    assert rule.id in {cue.rule.id for cue in pipeline.status.cues(example.text)}


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.status for ex in rule.counter_examples],
)
def test_counter_example_of_a_status_gives_records_of_the_other_status(
    read: Read, rule: StatusRule, example: StatusExample
) -> None:
    assert tuple(metric.status for metric in read(example.text)) == example.status


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.relations.rules for ex in rule.examples],
)
def test_example_of_a_relation_gives_the_fields(
    read_by_shapes: Read, rule: RelationRule, example: RelationExample
) -> None:
    rows = {row["text"]: row for row in map(to_row, read_by_shapes(example.text))}
    for expected in example.records:
        assert expected["text"] in rows
        found = {name: str(rows[expected["text"]][name]) for name in expected}
        assert found == expected


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, ex, id=f"{rule.id}-{ex.text}") for rule in BOOK.relations.rules for ex in rule.examples],
)
def test_example_of_a_relation_is_made_by_that_rule(
    read_by_shapes: Read, rule: RelationRule, example: RelationExample
) -> None:
    assert rule.id in {name for metric in read_by_shapes(example.text) for name in metric.rules}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(rule, text, id=f"{rule.id}-{text}")
        for rule in BOOK.relations.rules
        for text in rule.counter_examples
    ],
)
def test_counter_example_of_a_relation_gives_records_by_other_rules(
    read_by_shapes: Read, rule: RelationRule, text: str
) -> None:
    found = read_by_shapes(text)
    assert found
    assert rule.id not in {name for metric in found for name in metric.rules}


@pytest.mark.parametrize(
    "unit", [pytest.param(unit, id=f"{unit.surface}-{unit.example}") for unit in BOOK.units.values()]
)
def test_example_of_a_unit_gives_a_quantity_in_it(find: Find, unit: Unit) -> None:
    assert unit.unit in [q.unit for q in find(unit.example)]


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param(unit, id=f"{unit.surface}-{unit.counter_example}")
        for unit in BOOK.units.values()
        if unit.counter_example
    ],
)
def test_counter_example_of_a_unit_gives_no_quantity_in_it(find: Find, unit: Unit) -> None:
    assert unit.unit not in [q.unit for q in find(unit.counter_example)]


RULES = [*BOOK.bounds, *BOOK.ranks.rules, *BOOK.times.rules, *BOOK.status, *BOOK.relations.rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_an_example(rule: BoundRule | RankRule | TimeRule | StatusRule | RelationRule) -> None:
    assert rule.examples


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_counter_example(rule: BoundRule | RankRule | TimeRule | StatusRule | RelationRule) -> None:
    assert rule.counter_examples


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_says_why(rule: BoundRule | RankRule | TimeRule | StatusRule | RelationRule) -> None:
    assert rule.why.strip()


@pytest.mark.parametrize("unit", BOOK.units.values(), ids=lambda unit: unit.surface)
def test_unit_has_an_example_that_holds_it(unit: Unit) -> None:
    assert unit.surface in unit.example


def test_no_rule_id_stands_twice() -> None:
    ids = [rule.id for rule in [*RULES, *BOOK.exclusions.masks, *BOOK.exclusions.vetoes]]
    assert sorted(ids) == sorted(set(ids))
