"""The library: extract.metrics, extract.to_frame, extract.Pipeline, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import extract

TEXT = "青岛市今年新增养老床位1200张。"


def run_python(code: str) -> str:
    """Return what a fresh Python prints for `code`."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def test_metrics_gives_the_records_of_a_text() -> None:
    (found,) = extract.metrics(TEXT)
    assert isinstance(found, extract.Metric)
    assert (found.text, found.value, found.unit, found.object) == ("1200张", Decimal(1200), "张", "养老床位")


def test_span_of_a_record_is_its_text() -> None:
    (found,) = extract.metrics("　　" + TEXT)
    assert ("　　" + TEXT)[found.start : found.end] == found.text


def test_metrics_are_in_text_order() -> None:
    starts = [found.start for found in extract.metrics("新增床位60张，服务老人3.2万人次，占全市的80%。")]
    assert len(starts) == 3
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["", "\n", "没有数字的一句话。"])
def test_text_without_quantities_has_no_metrics(text: str) -> None:
    assert extract.metrics(text) == []


def test_doc_names_the_document_in_the_records() -> None:
    assert [found.doc for found in extract.metrics(TEXT, doc="通稿")] == ["通稿"]


def test_document_has_no_name_unless_given() -> None:
    assert [found.doc for found in extract.metrics(TEXT)] == [""]


def test_published_resolves_this_year() -> None:
    assert [found.period for found in extract.metrics(TEXT, published="2023-05-01")] == ["2023"]


def test_this_year_without_a_date_is_not_guessed() -> None:
    assert [found.period for found in extract.metrics(TEXT)] == [""]


def test_same_text_gives_the_same_metrics_again() -> None:
    assert extract.metrics(TEXT) == extract.metrics(TEXT)


def test_to_frame_has_a_row_for_each_metric() -> None:
    assert list(extract.to_frame(extract.metrics(TEXT))["object"]) == ["养老床位"]


def test_pipeline_gives_what_metrics_gives(pipeline: extract.Pipeline) -> None:
    assert pipeline.metrics(extract.Document("", TEXT)) == extract.metrics(TEXT)


def test_pipeline_with_a_broken_rule_file_raises_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "status.yaml").write_text("- id: [\n", encoding="utf-8")
    with pytest.raises(extract.InputError, match=r"status\.yaml"):
        extract.Pipeline(tmp_path)


@pytest.mark.parametrize("name", extract.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert getattr(extract, name)


@pytest.mark.parametrize("module", ["pandas", "numpy"])
def test_importing_extract_does_not_import(module: str) -> None:
    assert run_python(f"import extract, sys; print('{module}' in sys.modules)") == "False"


def test_extracting_does_not_import_pandas() -> None:
    code = f"import extract, sys; print(len(extract.metrics({TEXT!r})), 'pandas' in sys.modules)"
    assert run_python(code) == "1 False"


def test_importing_extract_prints_nothing() -> None:
    assert run_python("import extract") == ""


def test_importing_extract_loads_no_dictionary() -> None:
    assert run_python("import extract, sys; print('rjieba' in sys.modules, 'jieba' in sys.modules)") == "False False"


def test_dir_has_the_public_names_and_nothing_else() -> None:
    assert [name for name in dir(extract) if not name.startswith("_")] == [
        name for name in extract.__all__ if not name.startswith("_")
    ]


def test_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="module 'extract' has no attribute 'metric'"):
        extract.metric  # noqa: B018


def test_module_can_be_run_as_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "extract", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("extract ")
