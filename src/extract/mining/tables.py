"""All counters together, and the tables that they make."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import astuple, fields
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from extract.mining.attributes import AttributeCounter
from extract.mining.counted import CountedCounter
from extract.mining.formation import dictionary, formation
from extract.mining.rows import Row
from extract.mining.usage import UsageCounter
from extract.rulebook.files import read_yaml, validate
from extract.rulebook.folders import shipped_rules
from extract.rulebook.lexical import Attribute, Counted, Ending, Formation, MiningRules, Usage
from extract.rulebook.schema import Schema

_LONGEST: Final = 2500
"""Rows of a table: what is seen less often than these is left out."""


def mining_rules() -> MiningRules:
    """Return how the counts are made. Raises InputError with the line of a fault."""
    path = shipped_rules() / "mining.yaml"
    rules: MiningRules = validate([path], read_yaml(path), MiningRules)
    return rules


class Counters:
    """Counts rows for every table."""

    def __init__(self, rules: MiningRules, units: Collection[str]) -> None:
        """Take what words are `units`, which nothing counts."""
        self.usage = UsageCounter(rules)
        self.counted = CountedCounter(rules, units)
        self.attributes = AttributeCounter(rules, units)
        self._seen: set[Row] = set()

    def add(self, row: Row) -> None:
        """Count one row, unless the same was counted: what is written by a template tells no more each time."""
        if row in self._seen:
            return
        self._seen.add(row)
        self.usage.add(row)
        self.counted.add(row)
        self.attributes.add(row)

    def forget(self) -> None:
        """Let rows that were counted count again."""
        self._seen.clear()

    def merge(self, other: Counters) -> None:
        """Add the counts of `other`."""
        self.usage.merge(other.usage)
        self.counted.merge(other.counted)
        self.attributes.merge(other.attributes)

    def write(self, folder: Path) -> None:
        """Write the tables into `folder`, the rows of each in the order of their words."""
        is_verb = self.usage.is_verb
        _write(folder / "usage.csv", Usage, self.usage.rows(), attrgetter("word"))
        _write(folder / "counted.csv", Counted, self.counted.rows(is_verb), attrgetter("unit", "noun"))
        _write(folder / "attributes.csv", Attribute, self.attributes.rows(is_verb), attrgetter("word"))
        _write(folder / "endings.csv", Ending, self.counted.endings(is_verb), attrgetter("ending"))
        _write(folder / "formation.csv", Formation, formation(dictionary()), attrgetter("char"))


def _write(path: Path, shape: type[Schema], rows: Sequence[Any], order: Any) -> None:
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow([field.name for field in fields(shape)])
    table.writerows(astuple(row) for row in sorted(rows[:_LONGEST], key=order))
    path.write_bytes(buffer.getvalue().encode())
