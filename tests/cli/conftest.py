"""The command in this process, for the tests of what it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing

from extract import Pipeline
from extract.cli import app
from extract.cli.app import out
from extract.coding.coder import CodingPipeline

Command = Callable[..., typer.testing.Result]


@pytest.fixture
def command(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the command in this process, the shipped rules loaded once for all tests."""

    def pipeline_of(rules: Path | None = None) -> Pipeline:
        return pipeline if rules is None else Pipeline(rules)

    def coding_pipeline_of(rules: Path | None = None) -> CodingPipeline:
        return CodingPipeline(rules, pipeline_of(rules))

    monkeypatch.setattr("extract.cli.run.CodingPipeline", coding_pipeline_of)
    for module in ("show", "evaluate"):
        monkeypatch.setattr(f"extract.cli.{module}.Pipeline", pipeline_of)
    monkeypatch.setattr(out, "width", 200)

    def invoke(*arguments: str | Path, stdin: bytes = b"") -> typer.testing.Result:
        result = typer.testing.CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke
