"""Fills in `rules/unit-codes.csv` how many base units a unit of UCUM is: `python -m extract.mining.units FILE`.

A row whose factor is given keeps it: money, counts, and what UCUM does not define as we need it (its mu is no 亩).
"""

from __future__ import annotations

import csv
import re
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

COLUMNS = ("unit", "code", "base", "source", "factor")


def factor(code: str, base: str) -> Fraction:
    """Return how many `base` one `code` is, both of UCUM; pint does not know what annotations stand for."""
    given, wanted = (_registry().from_ucum(_BARE.sub("", one)) for one in (code, base))
    return Fraction(f"{(1 * given).to(wanted).magnitude:.12g}")


@cache
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()


_BARE = re.compile(r"\{[^}]*\}")


def main(path: Path) -> None:
    """Write the factors of all rows of the file `path` whose source is ucum."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["source"] == "ucum":
            row["factor"] = str(factor(row["code"], row["base"]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
