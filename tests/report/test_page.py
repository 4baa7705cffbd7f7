"""The page of a report, as text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from extract.errors import InputError
from extract.model.document import Document
from extract.model.record import COLUMNS, to_row
from extract.pipeline.pipeline import Pipeline
from extract.report import Report, page

HOSTILE = '全区<script>alert(1)</script>完成改造60个，“</script><!--”惠及居民3.2万户，"onmouseover="alert(2)" x="。'


def page_of(pipeline: Pipeline, *texts: str) -> str:
    report = Report()
    for number, text in enumerate(texts):
        report.add(pipeline.extract(Document(f"稿{number}", text, "2025-11-20")))
    return report.html()


def data_of(html: str) -> dict[str, Any]:
    """Return the data of a page, its cells as rows of words."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    columns = [[data["strings"][cell] for cell in column] for column in data["cells"]]
    return data | {"rows": [list(row) for row in zip(*columns, strict=True)]}


def test_rows_are_those_of_the_csv(pipeline: Pipeline) -> None:
    text = "全区完成改造60个，惠及居民3.2万户。"
    rows = [[str(value) for value in to_row(m).values()] for m in pipeline.metrics(Document("稿0", text, "2025-11-20"))]
    data = data_of(page_of(pipeline, text))
    assert (data["columns"], data["rows"]) == (list(COLUMNS), rows)


def test_markup_of_a_document_is_text(pipeline: Pipeline) -> None:
    html = page_of(pipeline, HOSTILE)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert html.count("</script>") == 2
    assert '"onmouseover="' not in html


def test_policy_allows_only_the_pages_own_style_and_script(pipeline: Pipeline) -> None:
    html = page_of(pipeline, "完成改造60个。")
    policy = re.search('Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src &#39;none&#39;" in policy[1]
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert content
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy[1]


def test_nothing_is_loaded_from_elsewhere(pipeline: Pipeline) -> None:
    html = page_of(pipeline, "完成改造60个。").partition("<script>")[0]
    assert not re.search(r"""(?:src|href)="(?!#)|url\(|@import|https?://""", html)


def test_texts_beyond_the_limit_are_left_out_but_not_their_records(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "LIMIT", 3)
    html = page_of(pipeline, *["完成改造60个，惠及居民3.2万户。"] * 5)
    data = data_of(html)
    sentence = data["columns"].index("sentence")
    assert len(data["rows"]) == 10
    assert [bool(row[sentence]) for row in data["rows"]] == [True] * 4 + [False] * 6
    assert html.count("<article") == 2
    assert "<b>3</b>" in html
    assert "metrics.csv" in html


def test_documents_beyond_the_most_records_are_counted(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ROWS", 3)
    html = page_of(pipeline, *["完成改造60个，惠及居民3.2万户。"] * 5)
    assert len(data_of(html)["rows"]) == 4
    assert "<b>3</b>" in html


def test_page_has_a_title_of_its_own_and_its_dates(pipeline: Pipeline) -> None:
    report = Report("海门区<民生>")
    for day in ("2025-11-20", "2024-01-08", ""):
        report.add(pipeline.extract(Document(day, "完成改造60个。", day)))
    html = report.html()
    assert "<title>海门区&lt;民生&gt;</title>" in html
    assert "2024-01-08 – 2025-11-20" in html


def test_each_article_is_a_source(pipeline: Pipeline) -> None:
    html = page_of(pipeline, "完成改造60个。", "惠及居民3.2万户。")
    assert html.partition('id="sources"')[2].count("<li>") == 2


def test_page_of_documents_without_records_is_made(pipeline: Pipeline) -> None:
    assert data_of(page_of(pipeline, "今天天气好。"))["rows"] == []


def test_unwritable_page_is_an_error(pipeline: Pipeline, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be written"):
        Report().write(tmp_path / "file" / "report.html")
