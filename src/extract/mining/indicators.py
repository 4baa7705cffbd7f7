"""How often the indicator of a record is right: `python -m extract.mining.indicators FILE...`.

A file has records labelled by hand, without their texts: the fields by which an indicator is found, and the right one,
empty if there is none, `?` where nobody has judged. `found` is the object as the program had read it, where that was
wrong.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.coding.coder import Coder
from extract.pipeline.pipeline import Pipeline

UNJUDGED = "?"


@dataclass(slots=True)
class Measure:
    """How many records there are, how many have an indicator, and how many of those that are judged have the right one.

    `as_found` counts those with the right one where the object is taken as the program had read it.
    """

    records: int = 0
    told: int = 0
    judged: int = 0
    right: int = 0
    as_found: int = 0

    @property
    def precision(self) -> float:
        """The share of the judged ones that are right."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def coverage(self) -> float:
        """The share of records that have an indicator."""
        return self.told / self.records if self.records else 0.0


def measure(rows: Sequence[Mapping[str, str]], coder: Coder) -> tuple[Measure, list[str]]:
    """Return the figures for labelled `rows`, and a line for each that is wrong."""
    total, wrong = Measure(), []
    for row in rows:
        told = coder.indicator(row["object"], row["predicate"], row["unit"], row["kind"])[0]
        found = coder.indicator(row["found"] or row["object"], row["predicate"], row["unit"], row["kind"])[0]
        total.records += 1
        total.told += bool(told)
        if told and row["indicator"] != UNJUDGED:
            total.judged += 1
            total.right += told == row["indicator"]
            total.as_found += found == row["indicator"]
            if told != row["indicator"]:
                wrong.append(f"{row['object']} {row['predicate']} {row['unit']}: {told}, not {row['indicator'] or '–'}")
    return total, wrong


def main(paths: Sequence[Path]) -> None:
    """Print the figures for each of `paths`, and what is wrong."""
    coder = Coder(Pipeline().segmenter)
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            total, wrong = measure(list(csv.DictReader(file)), coder)
        as_found = total.as_found / total.judged if total.judged else 0.0
        print(
            f"{path.name}: {total.records} records, coverage {total.coverage:.3f}, precision {total.precision:.3f} "
            f"of {total.judged} judged ({as_found:.3f} with objects as they were found)"
        )
        for line in wrong:
            print(f"  {line}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
