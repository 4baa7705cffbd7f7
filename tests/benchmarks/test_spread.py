"""The statistics of repeated measurements."""

import pytest

from benchmarks.spread import Spread


def test_spread_is_median_lowest_and_highest() -> None:
    assert Spread.of([5.0, 1.0, 9.0]) == Spread(5.0, 1.0, 9.0)
    assert Spread.of([4.0, 1.0, 9.0, 6.0]) == Spread(5.0, 1.0, 9.0)


def test_a_ratio_is_of_medians() -> None:
    assert Spread.of([2.0, 6.0, 100.0]).over(Spread.of([3.0])) == 2.0


def test_nothing_has_no_spread() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Spread.of([])
