"""Shows an evaluation: as tables for a reader, as plain data for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from extract.evaluation.score import FIELDS, RECORD_FIELDS, Evaluation, Pair, Score

_UNITS_SHOWN = 15
_COLUMNS = tuple(name for name, (column, _) in FIELDS.items() if name == column)
_CONTEXT = 24


def tables(evaluation: Evaluation) -> Group:
    """Return the scores, each field's accuracy, why records fail, scores by unit and document, errors by kind."""
    return Group(
        _scores("Precision and recall", _whole_scores(evaluation)),
        _fields(evaluation),
        _causes(evaluation),
        _breakdown("By unit", dict(list(evaluation.by_unit().items())[:_UNITS_SHOWN])),
        _breakdown("By document", evaluation.by_document()),
        _fields_by_document(evaluation),
        _errors(evaluation),
    )


def _whole_scores(evaluation: Evaluation) -> dict[str, Score]:
    scores = {"quantity": evaluation.quantity, "record": evaluation.record}
    return scores | {"owner": evaluation.owner} if evaluation.owned else scores


def _scores(title: str, scores: Mapping[str, Score]) -> Table:
    table = Table("", "precision", "recall", "F1", "right", "predicted", "gold", title=title, title_justify="left")
    for name, score in scores.items():
        numbers = (score.precision, score.recall, score.f1)
        counts = (score.right, score.predicted, score.gold)
        table.add_row(name, *(f"{number:.3f}" for number in numbers), *map(str, counts))
    return _right_aligned(table)


def _fields(evaluation: Evaluation) -> Table:
    title = "Fields of matched records"
    table = Table("field", "accuracy", "record F1 if it were right", title=title, title_justify="left")
    for name in FIELDS:
        wished = f"{evaluation.record_if_right(name).f1:.3f}" if name in RECORD_FIELDS else ""
        table.add_row(name, f"{evaluation.accuracy(name):.3f}", wished)
    return _right_aligned(table)


def _causes(evaluation: Evaluation) -> Table:
    table = Table("wrong together", "records", title="Why records fail", title_justify="left")
    for failed, count in evaluation.causes().most_common():
        table.add_row(" + ".join(failed) or "nothing", str(count))
    return _right_aligned(table)


def _fields_by_document(evaluation: Evaluation) -> Table:
    table = Table("", *_COLUMNS, title="Fields by document", title_justify="left", box=None)
    for name, part in evaluation.by_document().items():
        table.add_row(Text(name), *(f"{part.accuracy(column):.2f}" for column in _COLUMNS))
    return _right_aligned(table)


def _breakdown(title: str, parts: Mapping[str, Evaluation]) -> Table:
    table = Table("", "gold", "quantity F1", "record F1", title=title, title_justify="left")
    for name, part in parts.items():
        table.add_row(
            Text(name or "(none)"), str(part.quantity.gold), f"{part.quantity.f1:.3f}", f"{part.record.f1:.3f}"
        )
    return _right_aligned(table)


def _errors(evaluation: Evaluation) -> Table:
    table = Table("error", "count", title="Errors by kind", title_justify="left")
    for kind, count in evaluation.errors().most_common():
        table.add_row(kind, str(count))
    return _right_aligned(table)


def _right_aligned(table: Table) -> Table:
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def print_errors(evaluation: Evaluation, texts: Mapping[str, str], console: Console) -> None:
    """Print every error with the text around it; `texts` are the raw texts by document."""
    for pair in evaluation.pairs:
        for line in _describe(pair):
            record = pair.gold or pair.predicted
            assert record is not None
            around = context(texts[pair.doc], record.start, record.end)
            console.print(Text(f"{pair.doc}:{record.start} {line}\n    ").append(around), soft_wrap=True)


def _describe(pair: Pair) -> Iterator[str]:
    if pair.predicted is None and pair.gold is not None:
        yield f"missed {pair.gold.text!r} = {pair.gold.value} {pair.gold.unit}"
    elif pair.gold is None and pair.predicted is not None:
        yield f"spurious {pair.predicted.text!r} = {pair.predicted.value} {pair.predicted.unit}"
    for name in pair.wrong:
        field, _ = FIELDS[name]
        if name != field and field in pair.wrong:
            continue
        yield f"wrong {name}: {getattr(pair.predicted, field)!r}, gold {getattr(pair.gold, field)!r}"


def context(text: str, start: int, end: int) -> Text:
    """Return the raw text from `start` to `end` (exclusive) in bold with what stands around it, on one line."""
    before, span, after = text[max(0, start - _CONTEXT) : start], text[start:end], text[end : end + _CONTEXT]
    shown = Text(regex.sub(r"\s+", " ", before), style="dim")
    shown.append(regex.sub(r"\s+", "", span), style="bold")
    return shown.append(regex.sub(r"\s+", " ", after), style="dim")


def to_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the evaluation as plain data: scores, accuracies, causes, by unit, by document, errors by kind.

    `causes` has how many matched records are wrong in exactly these fields, `if_right` what the score of records
    would be if one field were right.
    """
    return {
        **{name: _score_json(score) for name, score in _whole_scores(evaluation).items()},
        "fields": _fields_json(evaluation),
        "causes": [{"wrong": list(failed), "count": count} for failed, count in evaluation.causes().most_common()],
        "if_right": {name: _score_json(evaluation.record_if_right(name)) for name in RECORD_FIELDS},
        "units": {unit: _part_json(part) for unit, part in evaluation.by_unit().items()},
        "documents": {
            name: {**_part_json(part), "fields": _fields_json(part)} for name, part in evaluation.by_document().items()
        },
        "errors": dict(evaluation.errors()),
    }


def _fields_json(evaluation: Evaluation) -> dict[str, float]:
    return {name: evaluation.accuracy(name) for name in FIELDS}


def _part_json(part: Evaluation) -> dict[str, Any]:
    return {"quantity": _score_json(part.quantity), "record": _score_json(part.record)}


def _score_json(score: Score) -> dict[str, float | int]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "right": score.right,
        "predicted": score.predicted,
        "gold": score.gold,
    }
