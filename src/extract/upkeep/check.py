"""Tells what is wrong with a folder of rules, beyond what keeps them from being read."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import regex

from extract.errors import InputError
from extract.mentions.times import Reference
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.quantities.exclusions import Excluder
from extract.rulebook.book import Rulebook, recalled_rules
from extract.rulebook.files import read_rule_text, read_yaml
from extract.rulebook.folders import shipped_rules, strange_files
from extract.rulebook.own import strings_of
from extract.upkeep.endless import endless
from extract.words.numerals import NumeralGrammar

_PUBLISHED = "2025-11-20"
_REFERENCE = Reference(published=2025, month=11, year=2025, day=20)
"""When the examples of rules count as published."""
_repeat = regex.compile(r"[*+}]")


def check_rules(folder: Path | None) -> list[InputError]:
    """Return what is wrong with the rules in `folder`, with the shipped ones for None, in the order of the files.

    That is: files that nothing reads, rules that cannot be read, entries that say what the shipped ones say, words and
    units that are never read since others stand before them or since no rule knows their dimension, patterns that do
    not end on some text, and examples that do not come to what they say.
    """
    own = folder or shipped_rules()
    faults = list(strange_files(own))
    try:
        book = recalled_rules(folder)
        pipeline = Pipeline(folder)
    except InputError as fault:
        return faults if str(fault) in map(str, faults) else [*faults, fault]
    faults += _endless(own)
    if folder:
        faults += _idle(folder)
    ids = {name for path in sorted(own.glob("*.yaml")) for name, _ in strings_of(path)}
    faults += _unread(own, book, pipeline)
    faults += (InputError(str(own), problem, f"rule {name}") for name, problem in _examples(book, pipeline, ids))
    return faults


def _endless(folder: Path) -> Iterator[InputError]:
    hint = "let no part of it that is repeated match one text in two ways"
    for path in sorted(folder.glob("*.yaml")):
        for name, text in strings_of(path):
            if not _repeat.search(text):
                continue
            try:
                found = endless(text)
            except regex.error:  # an example, or a part of a pattern
                continue
            if found:
                yield InputError(str(path), f"a pattern goes back and forth on {found!r}", f"rule {name}", hint)


def _idle(folder: Path) -> Iterator[InputError]:
    """Yield the entries that say what the shipped ones say."""
    problem, hint = "says what the shipped rules say", "leave it out"
    for path in sorted(folder.glob("*")):
        shipped = shipped_rules() / path.name
        if not shipped.is_file():
            continue
        if path.suffix == ".csv":
            known = set(_table(shipped))
            for number, row in enumerate(_table(path), 2):
                if row in known:
                    yield InputError(str(path), problem, f"line {number}", hint)
        elif path.suffix == ".yaml":
            for name in _same(read_yaml(path), read_yaml(shipped), ""):
                yield InputError(str(path), problem, name, hint)


def _table(path: Path) -> list[tuple[tuple[str, str], ...]]:
    reader = csv.DictReader(io.StringIO(read_rule_text(path), newline=""))
    return [tuple(sorted((name, value) for name, value in row.items() if value)) for row in reader]


def _same(own: Any, shipped: Any, name: str) -> Iterator[str]:
    """Yield the names of what is the same in two files: rules by their id, else keys."""
    if isinstance(own, dict) and isinstance(shipped, dict) and "id" not in own:
        for key, value in own.items():
            if key in shipped:
                yield from _same(value, shipped[key], f"{name}.{key}".lstrip("."))
    elif isinstance(own, list) and isinstance(shipped, list) and all(isinstance(one, dict) for one in own):
        known = {one.get("id"): one for one in shipped if isinstance(one, dict)}
        yield from (f"rule {one.get('id')}" for one in own if known.get(one.get("id")) == one)
    elif own == shipped:
        yield name


def _unread(folder: Path, book: Rulebook, pipeline: Pipeline) -> Iterator[InputError]:
    """Yield words of the lexicon that are cut into others, and units that are read as others."""
    for name, problem in (("lexicon.csv", _uncut_problem), ("units.csv", _unit_problem)):
        path = folder / name
        for number, row in enumerate(_table(path) if path.is_file() else (), 2):
            values = dict(row)
            told = problem(values.get("word") or values.get("surface", ""), book, pipeline)
            if told:
                yield InputError(str(path), told, f"line {number}")


def _uncut_problem(word: str, _: Rulebook, pipeline: Pipeline) -> str:
    cut = [token.text for token in pipeline.segmenter.segment(word)]
    return "" if cut == [word] else f"{word!r} is never read: it is cut into {' '.join(cut)}"


def _unit_problem(surface: str, book: Rulebook, pipeline: Pipeline) -> str:
    unit = book.units[surface]
    dimensions = _shipped_dimensions()
    if near := difflib.get_close_matches(unit.dimension, dimensions, 1):
        if near[0] != unit.dimension:
            return f"no rule asks for the dimension {unit.dimension!r}; is it {near[0]}?"
    elif unit.dimension:
        return f"no rule asks for the dimension {unit.dimension!r}; those known are {', '.join(sorted(dimensions))}"
    found = pipeline.quantities.find(unit.example or f"5{surface}", pipeline.segmenter.known)
    if unit.unit in [quantity.unit for quantity in found]:
        return ""
    read = ", ".join(quantity.unit or "nothing" for quantity in found) or "no figure"
    return f"{surface!r} is never read: {unit.example or f'5{surface}'} is {read}"


@cache
def _shipped_dimensions() -> frozenset[str]:
    return frozenset(unit.dimension for unit in recalled_rules(None).units.values())


def _examples(book: Rulebook, pipeline: Pipeline, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the rules of `ids` whose examples or counter-examples do not come to what they say, and how that is."""
    wanted = frozenset(ids)
    for check in (_of_exclusions, _of_quantities, _of_times, _of_status):
        yield from ((name, problem) for name, problem in check(book, pipeline) if name in wanted)


def _of_exclusions(book: Rulebook, _: Pipeline) -> Iterator[tuple[str, str]]:
    excluder = Excluder(book.exclusions, NumeralGrammar(book.numerals, tuple(book.units)))
    for mask in book.exclusions.masks:
        yield from _told(mask.id, mask.examples, lambda text: {one.id for one, _ in excluder.masked(text)}, True)
        yield from _told(
            mask.id, mask.counter_examples, lambda text: {one.id for one, _ in excluder.masked(text)}, False
        )


def _of_quantities(book: Rulebook, pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    def rules(text: str) -> set[str]:
        return {name for one in pipeline.quantities.find(text, pipeline.segmenter.known) for name in one.rules}

    for bound in book.bounds:
        for example in (*bound.examples, *bound.counter_examples):
            found = tuple(one.bound for one in pipeline.quantities.find(example.text, pipeline.segmenter.known))
            if found != example.bounds:
                yield bound.id, f"its example {example.text!r} gives {found}, not {example.bounds}"
    for rank in book.ranks.rules:
        yield from _told(rank.id, rank.examples, rules, True)
        yield from _told(rank.id, rank.counter_examples, rules, False)


def _of_times(book: Rulebook, pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    for rule in book.times.rules:
        for text, period in rule.examples:
            found = [(mention.rule.id, mention.period) for mention in pipeline.times.find(text, _REFERENCE)]
            if found != [(rule.id, period)]:
                yield rule.id, f"its example {text!r} gives {found}, not {period}"
        yield from _told(
            rule.id,
            rule.counter_examples,
            lambda text: {mention.rule.id for mention in pipeline.times.find(text, _REFERENCE)},
            False,
        )


def _of_status(book: Rulebook, pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    for rule in book.status:
        for example in (*rule.examples, *rule.counter_examples):
            found = tuple(one.status for one in pipeline.metrics(Document("example", example.text, _PUBLISHED)))
            if found != example.status:
                yield rule.id, f"its example {example.text!r} gives {found}, not {example.status}"


def _told(
    name: str, texts: Iterable[str], found: Callable[[str], set[str]], is_wanted: bool
) -> Iterator[tuple[str, str]]:
    """Yield the texts for which `found` has the rule `name`, or has it not, against what is wanted."""
    for text in texts:
        if (name in found(text)) != is_wanted:
            kind, fault = ("example", "is not found") if is_wanted else ("counter-example", "is found")
            yield name, f"its {kind} {text!r} {fault} by it"
