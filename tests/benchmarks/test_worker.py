"""The process of a contestant."""

import io
import json
from pathlib import Path

import pytest

from benchmarks.worker import measure, pieces, serve

TEXT = "标题\n\n完成60个。惠及3万户；增长5%！\n尾行"


def test_pieces_are_documents_lines_or_sentences() -> None:
    assert pieces(TEXT, "document") == [TEXT]
    assert pieces(TEXT, "line") == ["标题", "完成60个。惠及3万户；增长5%！", "尾行"]
    assert pieces(TEXT, "sentence") == ["标题", "完成60个。", "惠及3万户；", "增长5%！", "尾行"]


def test_results_and_failed_calls_are_counted() -> None:
    told = measure(lambda text: 6 // len(text), ["一", "一二", ""])
    assert (told["count"], told["failed"]) == (9, 1)
    assert told["seconds"] > 0 and told["peak"] > 1_000_000


def answers(name: str, orders: str) -> list[dict[str, object]]:
    out = io.StringIO()
    serve(name, io.StringIO(orders), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_worker_loads_once_and_answers_each_order(tmp_path: Path) -> None:
    path = tmp_path / "texts.json"
    path.write_text(json.dumps(["完成改造", "增长"]), "utf-8")
    loaded, *passes = answers("jieba.lcut", f"{path}\n{path}\n")
    assert loaded["version"]
    assert [one["count"] for one in passes] == [3, 3]


@pytest.mark.parametrize(("name", "orders"), [("jieba.lcut", "no-such-file.json\n"), ("nobody", "")])
def test_what_goes_wrong_is_told(name: str, orders: str) -> None:
    assert "error" in answers(name, orders)[-1]
