"""`extract explain`: how the records of a sentence came about, as a tree in the terminal or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from extract.errors import InputError
from extract.model.document import Document
from extract.pipeline.explain import CandidateView, Explainer, Explanation, RecordView, Remark, to_json
from extract.pipeline.pipeline import Pipeline
from extract.read import read_document
from extract.write.safe import printable

_SHOWN = ("value", "value_high", "unit", "bound", "kind", "status", "rules")
_MOST_CANDIDATES = 6
_MOST_OWN = 4


def explain_sentence(
    text: str, at: int | None, rules: Path | None, published: str, as_json: bool, out: Console
) -> None:
    """Explain each sentence of `text`; with `at`, the sentence at that raw offset of the file `text`.

    Raises InputError where the file or the rules cannot be read, or no sentence stands at the offset.
    """
    if at is None and Path(text).is_file():
        raise InputError(text, "is a file", hint="give --at OFFSET, or the sentence itself")
    document = Document("sentence", text, published) if at is None else read_document(Path(text), published)
    pipeline = Pipeline(rules)
    explainer = Explainer(pipeline, document.text)
    found = [
        explainer.explain(analysis)
        for analysis in pipeline.analyses(document)
        if at is None or analysis.sentence.offsets[0] <= at <= analysis.sentence.offsets[-1]
    ]
    if not found:
        where = "" if at is None else f"offset {at}"
        raise InputError(document.name if at is None else text, "no sentence stands here", where=where)
    if as_json:
        out.print(json.dumps(to_json(found), ensure_ascii=False, indent=1), soft_wrap=True)
        return
    for explanation in found:
        out.print(explanation_tree(explanation))


def explanation_tree(explanation: Explanation) -> Tree:
    """Return what every stage made of a sentence, in their order, as a tree."""
    start, end = explanation.span
    tree = Tree(_text(explanation.text.strip(), "bold") + _text(f"  {start}-{end}", "dim"))
    tree.add(_text("tokens  ", "bold cyan") + _pairs(explanation.tokens))
    _remarks(tree, "hidden", explanation.hidden)
    _remarks(tree, "rejected", explanation.rejected)
    _remarks(tree, "times", explanation.times)
    _remarks(tree, "status cues", explanation.cues)
    if explanation.behind:
        tree.add(_text("period behind the sentence  ", "bold cyan") + _text(explanation.behind))
    if explanation.clauses:
        branch = tree.add(_text("clauses", "bold cyan"))
        for clause in explanation.clauses:
            branch.add(_text(f"{clause.joint}: ", "dim") + _pairs(clause.words))
    for record in explanation.records:
        _record(tree, record)
    return tree


def _record(tree: Tree, view: RecordView) -> None:
    row = view.record
    branch = tree.add(_text(str(row["text"]), "bold green"))
    branch.add(_text("  ".join(f"{name}={row[name]}" for name in _SHOWN if row[name] != "")))
    for field in view.fields:
        told = " + ".join(field.words) or "given from outside"
        branch.add(_text(f"{field.field} ", "cyan") + _text(field.value) + _text(f"  {field.source}: {told}", "dim"))
    _candidates(branch, "candidates for the object", view.candidates, _MOST_CANDIDATES)
    _candidates(branch, "phrases of the clause", view.own, _MOST_OWN)
    _candidates(branch, "candidates for the predicate", view.predicates, _MOST_OWN)
    _candidates(branch, "candidates for the kind", view.kinds, _MOST_OWN)
    _candidates(branch, "candidates for the base", view.bases, _MOST_OWN)


def _candidates(tree: Tree, name: str, views: Sequence[CandidateView], most: int) -> None:
    """Add a table of the best candidates: their words, how they are made, score, and the features that weigh most."""
    if not views:
        return
    left_out = f"  {len(views) - most} more with --json" if len(views) > most else ""
    table = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "left", "right", "left"):
        table.add_column(justify=justify, overflow="fold")
    for place, view in enumerate(views[:most]):
        made = ".".join(part for part in (view.way, view.source) if part)
        features = ", ".join(f"{one.weight:+.2f} {one.feature}" for one in view.features)
        table.add_row(
            _text(view.text or "–", "" if place else "bold"),
            _text(made, "cyan"),
            _text(f"{view.score:.2f}"),
            _text(features, "dim"),
        )
    tree.add(_text(name, "cyan") + _text(left_out, "dim")).add(table)


def _remarks(tree: Tree, name: str, remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        tree.add(
            _text(f"{name}  ", "bold cyan") + _text(f"{remark.text} → {remark.says}") + _text(f"  {remark.rule}", "dim")
        )


def _pairs(words: Iterable[tuple[str, str]]) -> Text:
    joined = Text()
    for word, label in words:
        joined += _text(word) + _text(f"·{label} ", "dim")
    return joined


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style)
