"""Counts the steps of a piece of work: the calls of functions, Python's and those written in C."""

from __future__ import annotations

import cProfile
import math
import pstats
from collections.abc import Callable, Sequence


def steps(work: Callable[[], object]) -> int:
    """Return how many functions `work` calls; the same for the same work wherever it is done."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def growth(sizes: Sequence[int], counts: Sequence[float]) -> float:
    """Return the exponent by which `counts` grow with `sizes` between the last two."""
    return math.log(counts[-1] / counts[-2]) / math.log(sizes[-1] / sizes[-2])
