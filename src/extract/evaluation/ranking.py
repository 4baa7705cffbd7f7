"""Learns from gold how much each feature speaks for a candidate, and measures the ranking on documents left out.

A candidate's probability is the exponential of the sum of its weights, divided by that of all candidates of the figure.
The weights are those that make gold's fields most probable, drawn towards 0 (or a prior), so that few are large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from extract.evaluation.answers import answers
from extract.evaluation.gold import GoldDocument
from extract.evaluation.score import RELAXED_THRESHOLD, likeness, match
from extract.grammar.phrases import trim
from extract.model.document import Document
from extract.model.phrase import NOTHING, Phrase, Piece
from extract.model.record import Metric
from extract.model.relation import Relation
from extract.pipeline.analysis import Parsed
from extract.pipeline.pipeline import Pipeline
from extract.relations.antecedents import Memory
from extract.relations.figures import Figure, figures
from extract.relations.relator import STAGES, Relator, Tableau

_PUBLISHED = "2025-11-20"
"""When an example counts as published that does not say."""
_NEAR = 0.3
"""How much a right candidate counts that is not the one most like gold."""
_STRETCH = 0.25
_ROUNDS = 3

Example = tuple[list[list[str]], list[float], str]
"""The features of each candidate of a figure, how right each is, and the document."""
Priors = Mapping[str, Mapping[str, float]]
"""The weights that features of a stage have before anything is learned."""


@dataclass(frozen=True)
class Settings:
    """How the weights are learned.

    `l2` draws those of a stage towards their priors; a feature must be seen in `documents` documents; weights nearer to
    0 than `least` are left out, the others learned anew without them.
    """

    l2: Mapping[str, float]
    documents: int = 8
    least: float = 0.0
    iterations: int = 90


@dataclass(frozen=True)
class Article:
    """The sentences of a gold article, with the gold record of each figure by sentence and index."""

    document: str
    sentences: list[Parsed]
    gold: dict[tuple[int, int], Metric]


@dataclass(frozen=True)
class Ranked:
    """How one figure fared: whether each field is right, and whether a candidate for its object was."""

    document: str
    is_right: Mapping[str, bool]
    is_reachable: bool
    tableau: Tableau
    gold: Metric


@dataclass(frozen=True)
class Replayed:
    """A figure as it was related, and the gold record of it."""

    tableau: Tableau
    relation: Relation
    gold: Metric


def read_articles(documents: Iterable[GoldDocument], pipeline: Pipeline) -> list[Article]:
    """The articles of gold documents."""
    articles: list[Article] = []
    for document in documents:
        predicted = pipeline.metrics(document.document)
        pairs = match(
            document.name, [_unsigned(one) for one in document.records], [_unsigned(one) for one in predicted]
        )
        gold = {pair.predicted.start: pair.gold for pair in pairs if pair.gold and pair.predicted}
        for sentences in pipeline.parsed(document.document):
            found: dict[tuple[int, int], Metric] = {}
            for number, one in enumerate(sentences):
                for index, quantity in enumerate(one.quantities):
                    low, high = one.sentence.within_figure(quantity.start, quantity.end)
                    start, _ = one.sentence.raw_span(low, high)
                    if start in gold:
                        found[number, index] = gold[start]
            articles.append(Article(document.name, sentences, found))
    return articles


def _unsigned(metric: Metric) -> Metric:
    """The record without the sign of its value, which follows from what is learned."""
    low, high = metric.value, metric.value_high
    ends = sorted((abs(low), abs(high))) if high is not None else [abs(low), None]
    return with_fields(metric, {"value": ends[0], "value_high": ends[1]})


def read_examples(examples: Iterable[Mapping[str, Any]], pipeline: Pipeline) -> list[Article]:
    """The articles of example sentences: each has a `text`, perhaps `published`, and `records` with text and fields.

    A record is that of the first figure with its text behind those of the records before it; what it does not say of a
    figure is not learned from.
    """
    documents: list[GoldDocument] = []
    for number, example in enumerate(examples):
        document = Document(f"example {number}", example["text"], example.get("published") or _PUBLISHED)
        metrics = pipeline.metrics(document)
        gold: list[Metric] = []
        for record in example["records"]:
            found = next((one for one in metrics if one.text == record["text"]), None)
            if found is not None:
                metrics = metrics[metrics.index(found) + 1 :]
                if record.get("object"):
                    told = {name: record[name] for name in ("object", "predicate", "kind", "base") if name in record}
                    gold.append(with_fields(found, {"predicate": UNTOLD, "base": UNTOLD, "kind": UNTOLD} | told))
        documents.append(GoldDocument(document, tuple(gold)))
    return read_articles(documents, pipeline)


UNTOLD = "?"
"""Stands in an example for a field that it does not give."""


def with_fields(metric: Metric, told: Mapping[str, Any]) -> Metric:
    """The record with other fields."""
    values = {field.name: getattr(metric, field.name) for field in fields(metric)}
    return Metric(**values | dict(told))


def learn(articles: Sequence[Article], relator: Relator, settings: Settings, priors: Priors) -> None:
    """Give `relator` the weights learned from `articles`, one stage behind the other."""
    weights: dict[str, Mapping[str, float]] = {stage: priors.get(stage, {}) for stage in STAGES}
    owns = [example for article in articles for example in _own_examples(article, relator)]
    weights["own"] = fit(owns, "own", settings, priors)
    relator.use(weights)
    for stage in ("object",) * _ROUNDS + ("predicate", "kind", "base"):
        examples = [
            example
            for article in articles
            for one in replay(article, relator, teaches=True)
            if (example := _EXAMPLES[stage](one, article.document))
        ]
        weights[stage] = fit(examples, stage, settings, priors)
        relator.use(weights)


def replay(article: Article, relator: Relator, teaches: bool) -> list[Replayed]:
    """What each figure of an article is related to, with its gold record.

    Where it `teaches`, gold's fields are remembered instead of wrong ones.
    """
    memory = Memory()
    objects = relator.objects
    sentences = [(one, figures(one.clauses, one.quantities) if one.quantities else []) for one in article.sentences]
    memory.recurring = objects.recurring([each for one, found in sentences if one.is_prose for each in found])
    replayed: list[Replayed] = []
    for number, (one, found) in enumerate(sentences):
        if not one.is_prose and one.sentence.role != "cell":
            objects.take_up(one.sentence, one.clauses, memory)
            continue
        if not one.quantities:
            continue
        golds = {index: gold for (place, index), gold in article.gold.items() if place == number}
        known = memory if one.is_prose else Memory()
        teacher = _Teacher(golds) if teaches else None
        relations, tableaus = relator.relate(one.sentence, one.clauses, found, known, teacher)
        replayed += [
            Replayed(tableaus[index], relations[index], gold) for index, gold in golds.items() if index in tableaus
        ]
    return replayed


class _Teacher:
    """Says that gold's fields are remembered where what was chosen is wrong."""

    def __init__(self, golds: Mapping[int, Metric]) -> None:
        self._golds = golds

    def taught(self, index: int, relation: Relation) -> Relation:
        gold = self._golds.get(index)
        if gold is None:
            return relation
        object_, predicate, base = (
            _taught(phrase, gold, name)
            for name, phrase in (
                ("object", relation.object),
                ("predicate", relation.predicate),
                ("base", relation.base),
            )
        )
        kind = relation.kind if str(gold.kind) == UNTOLD else gold.kind
        return Relation(object_, predicate, base, kind, relation.rules, relation.is_before_value, relation.is_down)


def _taught(phrase: Phrase, gold: Metric, name: str) -> Phrase:
    if _is_right(phrase.text, gold, name):
        return phrase
    text = answers(gold, name)[0]
    return Phrase((Piece(text, gold.start, gold.end),)) if text else NOTHING


def measure(articles: Sequence[Article], relator: Relator) -> list[Ranked]:
    """How each figure of `articles` fares."""
    return [
        Ranked(
            article.document,
            {
                "object": _is_right(one.relation.object.text, one.gold, "object"),
                "predicate": _is_right(one.relation.predicate.text, one.gold, "predicate"),
                "kind": one.relation.kind == one.gold.kind,
                "base": _is_right(one.relation.base.text, one.gold, "base"),
            },
            any(_is_right(each.phrase.text, one.gold, "object") for each in one.tableau.composites),
            one.tableau,
            one.gold,
        )
        for article in articles
        for one in replay(article, relator, teaches=False)
    ]


def leave_out(
    articles: Sequence[Article],
    relator: Relator,
    settings: Settings,
    priors: Priors,
    parts: int,
    examples: Sequence[Article],
) -> list[Ranked]:
    """How the figures of each document fare with weights learned without it, in `parts` parts of the documents.

    The `examples` are learned from each time.
    """
    names = sorted({article.document for article in articles})
    part_of = {name: place % parts for place, name in enumerate(names)}
    ranked: list[Ranked] = []
    for part in range(parts):
        learn([*[one for one in articles if part_of[one.document] != part], *examples], relator, settings, priors)
        ranked += measure([one for one in articles if part_of[one.document] == part], relator)
    return ranked


def fit(examples: Sequence[Example], stage: str, settings: Settings, priors: Priors) -> dict[str, float]:
    """The weights under which the right candidates of the examples are most probable, the priors without any."""
    prior = priors.get(stage, {})
    if not examples:
        return dict(prior)
    l2 = settings.l2[stage]
    seen: dict[str, set[str]] = {}
    for candidates, _, document in examples:
        if len(candidates) > 1:
            for features in candidates:
                for name in features:
                    seen.setdefault(name, set()).add(document)
    kept = {name for name, documents in seen.items() if len(documents) >= settings.documents or name in prior}
    weights = _descend(examples, l2, settings.iterations, prior, kept)
    if settings.least:
        kept = {name for name, weight in weights.items() if abs(weight) >= settings.least or name in prior}
        weights = _descend(examples, l2, settings.iterations, prior, kept)
    return {**prior, **weights}


def _descend(
    examples: Sequence[Example], l2: float, iterations: int, prior: Mapping[str, float], kept: set[str]
) -> dict[str, float]:
    import scipy.sparse
    from scipy.optimize import minimize

    names = {name: place for place, name in enumerate(sorted(kept))}
    rows: list[int] = []
    columns: list[int] = []
    row = 0
    for candidates, _, _ in examples:
        for features in candidates:
            known = {names[name] for name in features if name in names}
            rows += [row] * len(known)
            columns += sorted(known)
            row += 1
    matrix = scipy.sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(row, len(names)))
    sizes = [len(candidates) for candidates, _, _ in examples]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    example_of = np.repeat(np.arange(len(sizes)), sizes)
    rights = np.concatenate([np.array(right) for _, right, _ in examples])
    log_rights = np.log(np.maximum(rights, 1e-12))
    transposed = matrix.T.tocsr()
    origin = np.array([prior.get(name, 0.0) for name in names])

    def probabilities(scores: Any) -> tuple[Any, Any]:
        highest = np.maximum.reduceat(scores, starts)
        powers = np.exp(scores - highest[example_of])
        sums = np.add.reduceat(powers, starts)
        return powers / sums[example_of], highest + np.log(sums)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        all_of, total = probabilities(scores)
        right_of, right = probabilities(np.where(rights > 0, scores + log_rights, -1e9))
        apart = weights - origin
        gradient = transposed @ (all_of - right_of) + l2 * apart
        return float((total - right).sum() + 0.5 * l2 * (apart @ apart)), gradient

    found = minimize(loss, origin.copy(), jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return {name: float(found.x[place]) for name, place in names.items()}


def _is_right(text: str, gold: Metric, name: str) -> bool:
    return any(answer == UNTOLD or likeness(text, answer) >= RELAXED_THRESHOLD for answer in answers(gold, name))


def _object_example(one: Replayed, document: str) -> Example | None:
    told = [answer for answer in answers(one.gold, "object") if answer]
    composites = one.tableau.composites
    rights = _rights([each.phrase.text for each in composites], told)
    return ([each.features for each in composites], rights, document) if rights else None


def _predicate_example(one: Replayed, document: str) -> Example | None:
    told = list(answers(one.gold, "predicate"))
    verbs = one.tableau.verbs
    rights = _rights([each.phrase.text for each in verbs], told) if UNTOLD not in told else []
    return ([each.features for each in verbs], rights, document) if rights else None


def _kind_example(one: Replayed, document: str) -> Example | None:
    kinds = one.tableau.kinds
    rights = [float(each.kind == one.gold.kind) for each in kinds]
    return ([each.features for each in kinds], rights, document) if len(kinds) > 1 and any(rights) else None


def _base_example(one: Replayed, document: str) -> Example | None:
    told = list(answers(one.gold, "base"))
    bases = one.tableau.bases
    rights = _rights([each.phrase.text for each in bases], told) if len(bases) > 1 and UNTOLD not in told else []
    return ([each.features for each in bases], rights, document) if rights else None


_EXAMPLES: Mapping[str, Callable[[Replayed, str], Example | None]] = {
    "object": _object_example,
    "predicate": _predicate_example,
    "kind": _kind_example,
    "base": _base_example,
}


def _rights(texts: Sequence[str], told: Sequence[str]) -> list[float]:
    """How right each text is: 1 for the one most like gold, less for others alike, empty where none is."""
    alike = [max((likeness(text, answer) for answer in told), default=0.0) for text in texts]
    best = max(alike, default=0.0)
    if best < RELAXED_THRESHOLD:
        return []
    return [1.0 if value >= best - 1e-9 else _NEAR if value >= RELAXED_THRESHOLD else 0.0 for value in alike]


def _own_examples(article: Article, relator: Relator) -> list[Example]:
    examples: list[Example] = []
    for number, one in enumerate(article.sentences):
        if one.quantities:
            for figure in figures(one.clauses, one.quantities):
                gold = article.gold.get((number, figure.index))
                if gold is not None:
                    examples.append(_own_example(figure, gold, relator, article.document))
    return examples


def _own_example(figure: Figure, gold: Metric, relator: Relator, document: str) -> Example:
    """The candidates of a figure's clause and how right each is.

    Right is the one like gold, else the longest that gold's object begins or ends with, else none.
    """
    owns = relator.objects.owns(figure)
    told = [answer for answer in answers(gold, "object") if answer]
    nodes = [trim(figure.clause.nodes[own.first : own.last]) if own.site != "none" else () for own in owns]
    texts = [relator.objects.composer.spoken(words).text for words in nodes]
    alike = [max((likeness(text, answer) for answer in told), default=0.0) if text else 0.0 for text in texts]
    if figure.run.size > 1:
        for place, words in enumerate(nodes):
            item = relator.objects.composer.item(words, figure.run).text if words else ""
            if item:
                alike[place] = max(alike[place], *(likeness(item, answer) + 0.02 for answer in told), 0.0)
    features = [own.features for own in owns]
    best = max(alike)
    if best >= RELAXED_THRESHOLD:
        rights = [1.0 if v >= best - 1e-9 else _STRETCH if v >= 0.8 else 0.0 for v in alike]
        return features, rights, document
    lengths = [
        len(text) if len(text) > 1 and any(answer.startswith(text) or answer.endswith(text) for answer in told) else 0
        for text in texts
    ]
    if longest := max(lengths):
        return features, [float(length == longest) for length in lengths], document
    return features, [float(own.site == "none") for own in owns], document
