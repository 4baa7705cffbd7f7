"""Learns from gold how much each feature speaks for a candidate, and measures the ranking on documents left out.

A candidate's probability is the exponential of the sum of its weights, divided by that of all candidates of the figure.
The weights are those that make gold's objects most probable, drawn towards 0 (or a prior), so that few are large.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
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
from extract.pipeline.pipeline import Parsed, Pipeline
from extract.relations.antecedents import Memory
from extract.relations.composites import Figure
from extract.relations.ranker import Ranker, Tableau, figures

_PUBLISHED = "2025-11-20"
"""When an example counts as published that does not say."""
_NEAR = 0.3
"""How much a right candidate counts that is not the one most like gold."""
_STRETCH = 0.25
_ROUNDS = 3

Example = tuple[list[list[str]], list[float], str]
"""The features of each candidate of a figure, how right each is, and the document."""


@dataclass(frozen=True)
class Settings:
    """How the weights are learned.

    `l2_own` and `l2_object` draw them towards their priors; a feature must be seen in `documents` documents; weights
    nearer to 0 than `least` are left out, the others learned anew without them.
    """

    l2_own: float = 1.5
    l2_object: float = 2.0
    documents: int = 8
    least: float = 0.0
    iterations: int = 90


@dataclass(frozen=True)
class Article:
    """The sentences of a gold article, with the gold record of each figure by sentence and index."""

    document: str
    sentences: list[Parsed]
    gold: dict[tuple[int, int], Metric]
    is_hinted: bool


@dataclass(frozen=True)
class Ranked:
    """How one figure fared: whether its object is right, whether a candidate was, and whether the shapes were."""

    document: str
    is_right: bool
    is_reachable: bool
    is_shape_right: bool
    tableau: Tableau
    gold: Metric


def read_articles(documents: Iterable[GoldDocument], pipeline: Pipeline, hinted: frozenset[str]) -> list[Article]:
    """The articles of gold documents; what the shapes say counts only for the documents `hinted`.

    The others are those that the shapes were written on: there they are right far more often than on unseen text.
    """
    articles: list[Article] = []
    for document in documents:
        predicted = pipeline.metrics(document.document)
        pairs = match(document.name, document.records, predicted)
        gold = {pair.predicted.start: pair.gold for pair in pairs if pair.gold and pair.predicted}
        for sentences in pipeline.parsed(document.document):
            found: dict[tuple[int, int], Metric] = {}
            for number, one in enumerate(sentences):
                for index, quantity in enumerate(one.quantities):
                    low, high = one.sentence.within_figure(quantity.start, quantity.end)
                    start, _ = one.sentence.raw_span(low, high)
                    if start in gold and one.is_ranked:
                        found[number, index] = gold[start]
            articles.append(Article(document.name, sentences, found, document.name in hinted))
    return articles


def read_examples(examples: Iterable[Mapping[str, Any]], pipeline: Pipeline) -> list[Article]:
    """The articles of example sentences: each has a `text`, perhaps `published`, and `records` with text and object.

    A record is that of the first figure with its text behind those of the records before it.
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
                    gold.append(with_object(found, record["object"]))
        documents.append(GoldDocument(document, tuple(gold)))
    return read_articles(documents, pipeline, frozenset())


def with_object(metric: Metric, text: str) -> Metric:
    """The record with another object."""
    values = {field.name: getattr(metric, field.name) for field in fields(metric)}
    return Metric(**values | {"object": text})


def learn(articles: Sequence[Article], ranker: Ranker, settings: Settings, priors: Priors) -> None:
    """Give `ranker` the weights learned from `articles`: of the candidates of a clause, then of composed ones."""
    examples = [example for article in articles for example in _own_examples(article, ranker)]
    ranker.own_weights = fit(examples, settings.l2_own, settings, priors["own"])
    ranker.weights = dict(priors["object"])
    for _ in range(_ROUNDS):
        composed: list[Example] = []
        for article in articles:
            for tableau, gold in replay(article, ranker, teaches=True):
                rights = _rights([one.phrase.text for one in tableau.composites], gold, _NEAR)
                if rights:
                    composed.append(([one.features for one in tableau.composites], rights, article.document))
        ranker.weights = fit(composed, settings.l2_object, settings, priors["object"])


Priors = Mapping[str, Mapping[str, float]]
"""The weights that features of a stage have before anything is learned."""


def replay(article: Article, ranker: Ranker, teaches: bool) -> list[tuple[Tableau, Metric]]:
    """The tableau and the gold record of each figure of an article.

    Where it `teaches`, gold's object is remembered instead of a wrong one, and what the shapes say counts only for
    articles that they were not written on.
    """
    memory = Memory()
    memory.recurring = ranker.recurring([(one.clauses, one.quantities) for one in article.sentences if one.is_ranked])
    found: list[tuple[Tableau, Metric]] = []
    for number, one in enumerate(article.sentences):
        if not one.is_ranked:
            if one.sentence.role != "cell":
                ranker.take_up(one.sentence, one.clauses, memory)
            continue
        told: dict[int, Relation] = one.relations if article.is_hinted or not teaches else {}
        taught = {index: gold for (place, index), gold in article.gold.items() if place == number}
        remembered = partial(_taught, taught) if teaches else None
        tableaus = ranker.rank(one.sentence, one.clauses, one.quantities, told, memory, remembered)
        found += [(tableaus[index], gold) for index, gold in taught.items() if index in tableaus]
    return found


def measure(articles: Sequence[Article], ranker: Ranker) -> list[Ranked]:
    """How each figure of `articles` fares."""
    ranked: list[Ranked] = []
    for article in articles:
        shaped = {
            (one.sentence, clause.nodes[place].start): one.relations[node.quantity].object.text
            for one in article.sentences
            if one.is_ranked
            for clause in one.clauses
            for place, node in enumerate(clause.nodes)
            if node.quantity >= 0
        }
        for tableau, gold in replay(article, ranker, teaches=False):
            node = tableau.figure.clause.nodes[tableau.figure.position]
            reachable = any(_is_right(one.phrase.text, gold) for one in tableau.composites)
            ranked.append(
                Ranked(
                    article.document,
                    _is_right(tableau.composites[0].phrase.text, gold),
                    reachable,
                    _is_right(shaped[node.sentence, node.start], gold),
                    tableau,
                    gold,
                )
            )
    return ranked


def leave_out(
    articles: Sequence[Article],
    ranker: Ranker,
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
        learn([*[one for one in articles if part_of[one.document] != part], *examples], ranker, settings, priors)
        ranked += measure([one for one in articles if part_of[one.document] == part], ranker)
    return ranked


def fit(examples: Sequence[Example], l2: float, settings: Settings, prior: Mapping[str, float]) -> dict[str, float]:
    """The weights under which the right candidates of the examples are most probable."""
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


def _taught(taught: Mapping[int, Metric], index: int, tableau: Tableau) -> Phrase:
    """The chosen object where it is right or nothing is known of it, else gold's."""
    chosen = tableau.composites[0].phrase
    gold = taught.get(index)
    if gold is None or _is_right(chosen.text, gold):
        return chosen
    text = answers(gold, "object")[0]
    return Phrase((Piece(text, gold.start, gold.end),)) if text else NOTHING


def _is_right(text: str, gold: Metric) -> bool:
    return any(likeness(text, answer) >= RELAXED_THRESHOLD for answer in answers(gold, "object"))


def _rights(texts: Sequence[str], gold: Metric, near: float) -> list[float]:
    """How right each text is: 1 for the one most like gold, `near` for others alike, empty where none is."""
    told = [answer for answer in answers(gold, "object") if answer]
    alike = [max((likeness(text, answer) for answer in told), default=0.0) for text in texts]
    best = max(alike)
    if best < RELAXED_THRESHOLD:
        return []
    return [1.0 if value >= best - 1e-9 else near if value >= RELAXED_THRESHOLD else 0.0 for value in alike]


def _own_examples(article: Article, ranker: Ranker) -> list[Example]:
    examples: list[Example] = []
    for number, one in enumerate(article.sentences):
        if one.is_ranked:
            for figure in figures(one.clauses, one.quantities):
                gold = article.gold.get((number, figure.clause.nodes[figure.position].quantity))
                if gold is not None:
                    examples.append(_own_example(figure, gold, ranker, article.document))
    return examples


def _own_example(figure: Figure, gold: Metric, ranker: Ranker, document: str) -> Example:
    """The candidates of a figure's clause and how right each is.

    Right is the one like gold, else the longest that gold's object begins or ends with, else none.
    """
    owns = ranker.owns(figure)
    told = [answer for answer in answers(gold, "object") if answer]
    nodes = [trim(figure.clause.nodes[own.first : own.last]) if own.site != "none" else () for own in owns]
    texts = [ranker.composer.spoken(words).text for words in nodes]
    alike = [max((likeness(text, answer) for answer in told), default=0.0) if text else 0.0 for text in texts]
    if figure.run.size > 1:
        for place, words in enumerate(nodes):
            item = ranker.composer.item(words, figure.run).text if words else ""
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
