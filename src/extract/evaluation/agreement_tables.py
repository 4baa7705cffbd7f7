"""Shows an agreement: as tables for a reader, as plain data for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from extract.evaluation.agreement import KAPPA_FIELDS, Agreement
from extract.evaluation.score import FIELDS, Evaluation, Pair, Score
from extract.evaluation.tables import context
from extract.model.record import Metric, format_value


def tables(found: Agreement) -> Group:
    """Return the agreement of quantities and records, of each field, and by document."""
    evaluation = found.evaluation
    overall = Table("", "F1", "agreed", "A", "B", title="Agreement", title_justify="left")
    for name, score in (("quantity", evaluation.quantity), ("record", evaluation.record)):
        overall.add_row(name, f"{score.f1:.3f}", str(score.right), str(score.gold), str(score.predicted))
    fields = Table("field", "agreement", "kappa", title="Fields of matched records", title_justify="left")
    for name in FIELDS:
        fields.add_row(name, f"{evaluation.accuracy(name):.3f}", _kappa(found, name))
    documents = Table("", "A", "B", "quantity F1", "record F1", title="By document", title_justify="left")
    for name, part in evaluation.by_document().items():
        quantity = part.quantity
        scores = (f"{quantity.f1:.3f}", f"{part.record.f1:.3f}")
        documents.add_row(Text(name), str(quantity.gold), str(quantity.predicted), *scores)
    return Group(*map(_right_aligned, (overall, fields, documents)))


def _kappa(found: Agreement, name: str) -> str:
    if name not in KAPPA_FIELDS:
        return ""
    kappa = found.kappa(name)
    return "–" if kappa is None else f"{kappa:.3f}"


def _right_aligned(table: Table) -> Table:
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def print_disagreements(found: Agreement, texts: Mapping[str, str], console: Console) -> None:
    """Print every disagreement with the text around it; `texts` are the raw texts by document."""
    for pair in found.evaluation.pairs:
        for says in _says(pair):
            record = _record(pair)
            around = context(texts[pair.doc], record.start, record.end)
            console.print(Text(f"{pair.doc}:{record.start} {says}\n    ").append(around), soft_wrap=True)


def _record(pair: Pair) -> Metric:
    record = pair.gold or pair.predicted
    assert record is not None
    return record


def _says(pair: Pair) -> Iterator[str]:
    record = _record(pair)
    if not pair.is_match:
        value = "–".join(filter(None, map(format_value, (record.value, record.value_high))))
        yield f"only in {'B' if pair.gold is None else 'A'}: {record.text!r} = {value} {record.unit}".rstrip()
    for name in _wrong(pair):
        yield f"{name}: A {getattr(pair.gold, name)!r}, B {getattr(pair.predicted, name)!r}"


def _wrong(pair: Pair) -> list[str]:
    """Return the fields that differ, exact and relaxed comparison of one field together."""
    return list(dict.fromkeys(name.removesuffix("_exact") for name in pair.wrong))


def to_json(found: Agreement) -> dict[str, Any]:
    """Return the agreement as plain data: scores, fields with kappa, by document, and every disagreement."""
    evaluation = found.evaluation
    return {
        **_part(evaluation),
        "fields": {name: evaluation.accuracy(name) for name in FIELDS},
        "kappa": {name: found.kappa(name) for name in KAPPA_FIELDS},
        "documents": {name: _part(part) for name, part in evaluation.by_document().items()},
        "disagreements": [
            {"doc": pair.doc, "start": _record(pair).start, "end": _record(pair).end, "says": says}
            for pair in evaluation.pairs
            for says in _says(pair)
        ],
    }


def _part(evaluation: Evaluation) -> dict[str, Any]:
    return {"quantity": _score(evaluation.quantity), "record": _score(evaluation.record)}


def _score(score: Score) -> dict[str, float | int]:
    return {"f1": score.f1, "agreed": score.right, "a": score.gold, "b": score.predicted}
