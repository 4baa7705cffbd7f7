"""`extract probe`: sentences made of nouns, verbs and frames, and which frames and words the pipeline gets wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.evaluation.probe import Probed, make
from extract.evaluation.score import Evaluation, Pair, evaluate
from extract.evaluation.tables import print_errors
from extract.pipeline.pipeline import Pipeline

_WORDS_SHOWN = 20
_FIELDS = ("kind", "object_exact", "predicate_exact")


def probe(folder: Path, seed: int, sentences: int, show_errors: bool, out: Console) -> None:
    """Print how the sentences fare that `make` makes. Raises InputError where a file of `folder` is wrong."""
    made = make(folder, seed, sentences)
    pipeline = Pipeline()
    evaluation = evaluate((one.gold.name, one.gold.records, pipeline.metrics(one.gold.document)) for one in made)
    if show_errors:
        print_errors(evaluation, {one.gold.name: one.gold.document.text for one in made}, out)
    out.print(_by_frame(made, evaluation))
    out.print(_by_word(made, evaluation))


def _by_frame(made: Sequence[Probed], evaluation: Evaluation) -> Table:
    """Return how many records are right by frame, and how often each field is where the quantity is right."""
    table = Table("frame", "records", "quantity F1", *_FIELDS, "all exact", title="By frame", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    frames = {one.gold.name: one.frame for one in made}
    parts: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in evaluation.pairs:
        parts[frames[pair.doc]].append(pair)
    for name, part in [*((name, Evaluation(tuple(pairs), ())) for name, pairs in parts.items()), ("all", evaluation)]:
        fields = (f"{part.accuracy(field):.3f}" for field in _FIELDS)
        gold = str(part.quantity.gold)
        table.add_row(Text(name), gold, f"{part.quantity.f1:.3f}", *fields, f"{part.exact.f1:.3f}")
    return table


def _by_word(made: Sequence[Probed], evaluation: Evaluation) -> Table:
    """Return the words with the most sentences in which something is wrong."""
    table = Table("word", "sentences", "with errors", title="The worst words", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    wrong = _wrong_sentences(evaluation.by_document())
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in made:
        for word in one.words:
            counts[word][0] += 1
            counts[word][1] += one.gold.name in wrong
    worst = sorted(counts, key=lambda word: (-counts[word][1], word))
    for word in worst[:_WORDS_SHOWN]:
        table.add_row(Text(word), *map(str, counts[word]))
    return table


def _wrong_sentences(parts: Mapping[str, Evaluation]) -> set[str]:
    return {name for name, part in parts.items() if part.exact.f1 < 1}
