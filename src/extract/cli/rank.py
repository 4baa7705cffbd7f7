"""`extract rank`: the weights of the ranking learned from gold, and how the ranking fares on documents left out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extract.errors import InputError
from extract.evaluation.collection import read_collected_gold
from extract.evaluation.gold import GoldDocument, read_gold_folder
from extract.evaluation.ranking import (
    Article,
    Priors,
    Ranked,
    Settings,
    learn,
    leave_out,
    measure,
    read_articles,
    read_examples,
)
from extract.pipeline.pipeline import Pipeline
from extract.relations.relator import STAGES, Relator
from extract.rulebook.files import read_yaml
from extract.write.csv import write_text

_FIELDS = ("object", "predicate", "kind", "base")


@dataclass(frozen=True)
class Sources:
    """What the weights are learned from: articles by the name of their set, the settings and the priors."""

    articles: dict[str, list[Article]]
    examples: list[Article]
    settings: Settings
    priors: Priors


def rank(path: Path, parts: int, target: Path | None, out: Console) -> None:
    """Learn the weights from what the file `path` names, print how the ranking fares, and write them to `target`.

    With `parts`, each document is ranked by weights learned without its part of the documents, else by those learned
    from all. Raises InputError where the file or the gold is wrong.
    """
    pipeline = Pipeline()
    sources = _read(path, pipeline)
    articles = [article for found in sources.articles.values() for article in found]
    if parts:
        ranked = leave_out(articles, pipeline.relator, sources.settings, sources.priors, parts, sources.examples)
        out.print(_table(f"Left out, {parts} parts", sources, ranked))
    if target is None and parts:
        return
    learn([*articles, *sources.examples], pipeline.relator, sources.settings, sources.priors)
    out.print(_table("Learned from all", sources, measure(articles, pipeline.relator)))
    if target is not None:
        write_text(_csv(pipeline.relator), target)


def _read(path: Path, pipeline: Pipeline) -> Sources:
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), f"not TOML: {error}") from error
    articles: dict[str, list[Article]] = {}
    try:
        for one in data["set"]:
            texts = path.parent / one["texts"] if "texts" in one else None
            for folder in (path.parent / name for name in one["folders"]):
                if folder.is_dir() and (texts is None or texts.exists()):
                    documents = _documents(folder, texts)
                    articles[folder.name] = read_articles(documents, pipeline)
        settings, priors = Settings(**data["settings"]), data["priors"]
        examples = [example for name in data["examples"] for example in _examples(path.parent / name)]
    except (KeyError, TypeError) as error:
        raise InputError(str(path), f"{error} is missing or wrong") from error
    return Sources(articles, read_examples(examples, pipeline), settings, priors)


def _documents(folder: Path, texts: Path | None) -> list[GoldDocument]:
    documents, faults = read_collected_gold(folder, texts) if texts else read_gold_folder(folder)
    if faults:
        raise faults[0]
    return documents


def _examples(folder: Path) -> Iterable[dict[str, Any]]:
    for path in sorted(folder.glob("*.yaml")):
        yield from read_yaml(path) or ()


def _table(title: str, sources: Sources, ranked: Sequence[Ranked]) -> Table:
    set_of = {article.document: name for name, found in sources.articles.items() for article in found}
    table = Table("set", "figures", *_FIELDS, "object among the candidates", title=title)
    for column in table.columns[1:]:
        column.justify = "right"
    for name in sources.articles:
        of_set = [one for one in ranked if set_of[one.document] == name]
        rights = [sum(one.is_right[field] for one in of_set) for field in _FIELDS]
        shares = [*rights, sum(one.is_reachable for one in of_set)]
        table.add_row(name, str(len(of_set)), *(f"{share / max(len(of_set), 1):.3f}" for share in shares))
    return table


def _csv(relator: Relator) -> str:
    weights = relator.weights
    rows = [(stage, name, round(value, 2)) for stage in STAGES for name, value in sorted(weights[stage].items())]
    return "stage,feature,weight\n" + "".join(f"{stage},{name},{value:.2f}\n" for stage, name, value in rows if value)
