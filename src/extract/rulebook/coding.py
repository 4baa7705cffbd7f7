"""What the files of `rules/` hold that code records: indicators and their topics, and codes of units."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Annotated, Any, Literal

from extract.errors import InputError
from extract.matching.cache import user_cache
from extract.rulebook.folders import rule_folders, rules_digest
from extract.rulebook.schema import Check, Schema, Word, Words


def _check_factor(factor: str) -> str:
    try:
        positive = Fraction(factor) > 0
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("a factor is a number or a fraction such as 2000/3") from error
    if not positive:
        raise ValueError("a factor is larger than 0")
    return factor


@dataclass(frozen=True, kw_only=True)
class UnitCode(Schema):
    """A row of `unit-codes.csv`: the code of a unit, and how many of the base unit one is.

    The code is of UCUM, of ISO 4217, or our `own`; factors of UCUM are made by `extract.mining.units`.
    """

    unit: Word
    code: Word
    base: Word
    source: Literal["ucum", "iso4217", "own"]
    factor: Annotated[str, Check(_check_factor)]


@dataclass(frozen=True, kw_only=True)
class Topic(Schema):
    """A row of `topics.csv`: a topic, the one that it is part of, and its name in English."""

    topic: Word
    parent: str = ""
    name: Word


@dataclass(frozen=True, kw_only=True)
class Indicator(Schema):
    """A row of `indicators.csv`: what releases report on, and by which words it is told. Lists are parted by `|`.

    The object ends with one of `heads`; it or the predicate has one of the words of `with_any`, and none of `without`;
    the predicate is one of `predicates`, if there are any. `units` are dimensions of `units.csv` or units, `none` for
    no unit.
    With the scope `whole` nothing else may stand in the object that narrows it; with `kinds` it counts kinds as well.
    """

    indicator: Word
    topic: Word
    measure: Literal["stock", "flow", "rate", "price", "index"]
    units: Word
    heads: Word
    with_any: str = ""
    without: str = ""
    scope: Literal["whole", "kinds"]
    predicates: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The indicator and its heads: what the row is found by; an indicator may be told in several ways."""
        return self.indicator, self.heads


@dataclass(frozen=True, kw_only=True)
class IndicatorWords(Schema):
    """`indicators.yaml`: words of objects that say nothing about which indicator it is."""

    tails: Words
    growths: Words
    leads: Words
    lead_ends: Words
    neutral: Words
    per: Words
    paces: Words
    shares: Words
    share_verbs: Words
    self_counting: Words
    joints: Words


@dataclass(frozen=True, kw_only=True)
class CheckRules(Schema):
    """`checks.yaml`: by which words records are checked against each other."""

    among: Words
    among_ends: Words
    wholes: Words
    counting: Words
    several: Words
    any_thing: Words
    real_growth: Words
    year_before: Words
    growing: Words
    mores: Words
    plain_verbs: Words
    froms: Words
    tos: Words
    totals: Words
    dones: Words
    reach: int
    sums: Words
    sum_reach: int
    times: Words
    means: Words


@dataclass(frozen=True)
class CodingRules:
    """The validated tables by which records are coded."""

    unit_codes: dict[str, UnitCode]
    topics: dict[str, Topic]
    indicators: dict[tuple[str, str], Indicator]
    indicator_words: IndicatorWords
    checks: CheckRules


def recalled_coding_rules(folder: Path | None = None) -> CodingRules:
    """Return the shipped tables with those of `folder` laid on top, from an earlier run if the files were the same.

    Raises InputError naming file, line and row of the first fault.
    """
    return user_cache().recall("coding", rules_digest(folder), CodingRules, lambda: load_coding_rules(folder))


def load_coding_rules(folder: Path | None = None) -> CodingRules:
    """Do as `recalled_coding_rules`, but read the files in any case."""
    folders = rule_folders(folder)
    rules = CodingRules(
        _table(folders, "unit-codes.csv", UnitCode, "unit"),
        _table(folders, "topics.csv", Topic, "topic"),
        _table(folders, "indicators.csv", Indicator, "pair"),
        _mapping(folders, "indicators.yaml", IndicatorWords),
        _mapping(folders, "checks.yaml", CheckRules),
    )
    for topic in rules.topics.values():
        if topic.parent and topic.parent not in rules.topics:
            raise InputError("topics.csv", f"{topic.parent!r} is no topic", where=f"row {topic.topic}")
    for indicator in rules.indicators.values():
        if indicator.topic not in rules.topics:
            raise InputError("indicators.csv", f"{indicator.topic!r} is no topic", where=f"row {indicator.indicator}")
    return rules


def _mapping(folders: list[Path], name: str, model: Any) -> Any:
    from extract.rulebook.files import merge, read_yaml, validate

    paths = [path for one in folders if (path := one / name).exists()]
    return validate(paths, reduce(merge, map(read_yaml, paths)), model)


def _table(folders: list[Path], name: str, model: Any, key: str) -> dict[Any, Any]:
    from extract.rulebook.files import read_table

    paths = [path for one in folders if (path := one / name).exists()]
    return {word: row for path in paths for word, row in read_table(path, model, key).items()}
