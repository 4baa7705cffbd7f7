"""`extract eval` and `extract gate`: the pipeline against gold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from extract.errors import InputError
from extract.evaluation.collection import read_collected_gold
from extract.evaluation.gate import GoldSet, measured, misses, read_floors, set_digest
from extract.evaluation.gold import GoldDocument, read_gold_folder, read_predictions
from extract.evaluation.probe import make
from extract.evaluation.score import Evaluation, evaluate
from extract.evaluation.tables import print_errors, tables, to_json
from extract.pipeline.pipeline import Pipeline


def evaluate_folders(
    folders: Sequence[Path], texts_from: Path | None, against: Path | None, rules: Path | None
) -> tuple[Evaluation, dict[str, str], list[InputError]]:
    """Return the evaluation of all gold in `folders` together, the raw texts by document, and faults of the gold.

    The texts lie beside the gold, or are taken by their ids from the collection `texts_from`. The predictions are
    those of a new run, or the records of the CSV file `against`. Raises InputError for a wrong CSV file or
    collection, broken rules and a folder without gold.
    """
    documents, faults = _read(folders, texts_from)
    texts = {document.name: document.document.text for document in documents}
    if against is None:
        return _evaluate(documents, Pipeline(rules)), texts, faults
    predicted = read_predictions(against, texts)
    triples = ((d.name, d.records, predicted[d.name]) for d in documents)
    return evaluate(triples, owned=_owned(documents)), texts, faults


def _read(folders: Sequence[Path], texts_from: Path | None) -> tuple[list[GoldDocument], list[InputError]]:
    documents: dict[str, GoldDocument] = {}
    faults: list[InputError] = []
    for folder in folders:
        found, wrong = read_collected_gold(folder, texts_from) if texts_from else read_gold_folder(folder)
        faults += wrong
        for document in found:
            if document.name in documents:
                faults.append(InputError(str(folder), f"{document.name} is in another gold folder too"))
            documents.setdefault(document.name, document)
    return list(documents.values()), faults


def _evaluate(documents: Sequence[GoldDocument], pipeline: Pipeline) -> Evaluation:
    triples = ((d.name, d.records, pipeline.metrics(d.document)) for d in documents)
    return evaluate(triples, owned=_owned(documents))


def _owned(documents: Sequence[GoldDocument]) -> list[str]:
    return [document.name for document in documents if document.has_owners]


def print_evaluation(
    evaluation: Evaluation, texts: Mapping[str, str], show_errors: bool, as_json: bool, out: Console
) -> None:
    """Print an evaluation as JSON or as tables, the errors one by one if asked for."""
    if as_json:
        out.print_json(json.dumps(to_json(evaluation), ensure_ascii=False))
        return
    if show_errors:
        print_errors(evaluation, texts, out)
    out.print(tables(evaluation))


def gate(path: Path, out: Console) -> list[str]:
    """Evaluate every set of the floors file `path`, print the scores, and return a line for each miss.

    A set whose gold is not the pinned one is a miss too. Raises InputError where the file or gold is wrong.
    """
    pipeline = Pipeline()
    missed: list[str] = []
    for gold_set in read_floors(path):
        folders = [path.parent / folder for folder in gold_set.folders]
        texts_from = path.parent / gold_set.texts if gold_set.texts else None
        needed = [*folders, texts_from] if texts_from else folders
        if gold_set.optional and not all(one.exists() for one in needed):
            out.print(f"{gold_set.name}: left out, not on this machine")
            continue
        documents, faults = _gold_of(gold_set, folders, texts_from)
        evaluation = _evaluate(documents, pipeline)
        found = [*map(str, faults), *misses(evaluation, gold_set)]
        if gold_set.digest and (digest := set_digest(gold_set, folders)) != gold_set.digest:
            found.append(f"{gold_set.name}: the gold has changed; its digest is now {digest}")
        out.print(_line(gold_set, evaluation), soft_wrap=True)
        missed += found
    return missed


def _gold_of(
    gold_set: GoldSet, folders: Sequence[Path], texts_from: Path | None
) -> tuple[list[GoldDocument], list[InputError]]:
    if gold_set.made is None:
        return _read(folders, texts_from)
    return [one.gold for one in make(folders[0], gold_set.made.seed, gold_set.made.sentences)], []


def _line(gold_set: GoldSet, evaluation: Evaluation) -> str:
    scores = (f"{name} {measured(evaluation, name):.3f} (floor {floor:.3f})" for name, floor in gold_set.floors.items())
    return f"{gold_set.name}: {evaluation.quantity.gold} gold records, {', '.join(scores)}"
