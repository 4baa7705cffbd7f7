"""The coder over the shipped rules, loaded once."""

from __future__ import annotations

import pytest

from extract.coding.coder import Coder
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.coding import CodingRules, load_coding_rules


@pytest.fixture(scope="session")
def coder(pipeline: Pipeline) -> Coder:
    """Return a coder over the shipped rules."""
    return Coder(pipeline.segmenter)


@pytest.fixture(scope="session")
def coding() -> CodingRules:
    """Return the shipped tables by which records are coded."""
    return load_coding_rules()
