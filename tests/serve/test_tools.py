"""The server of the Model Context Protocol, asked by the protocol's own client."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from extract.pipeline.pipeline import Pipeline
from extract.serve.tools import tool_server

SRC = Path(__file__).parents[2] / "src"
TEXT = """海门区前三季度建成停车位1500个
（2025年10月20日）

今年前三季度，海门区建成停车位1500个，改造老旧小区32个，惠及居民3.2万户。计划四季度新建公厕8座。
"""


def run(call: Callable[[], Awaitable[Any]]) -> Any:
    """Return what `call` gives, run in a thread of its own: the browser of other tests keeps the loop of this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, call).result()


def ask(pipeline: Pipeline, tool: str, **arguments: Any) -> dict[str, Any]:
    """Return what a tool answers, or {"error": …}."""

    async def call() -> dict[str, Any]:
        async with Client(tool_server(pipeline, "1")) as client:
            result = await client.call_tool(tool, arguments)
        if result.is_error:
            return {"error": result.content[0].text}
        assert json.loads(result.content[0].text) == result.structured_content
        return dict(result.structured_content or {})

    return dict(run(call))


def test_tools_tell_what_they_take(pipeline: Pipeline) -> None:
    async def tools() -> dict[str, Any]:
        async with Client(tool_server(pipeline, "1")) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    found = run(tools)
    assert set(found) == {"extract_metrics", "explain", "check_claims"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in found.values())
    assert found["check_claims"].input_schema["required"] == ["text", "claims"]


def test_metrics_are_records_with_their_places(pipeline: Pipeline) -> None:
    found = ask(pipeline, "extract_metrics", text=TEXT)["metrics"]
    assert {one["text"]: one["value"] for one in found}["3.2万户"] == 32000
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in found)


def test_undated_text_is_told_to_need_a_date(pipeline: Pipeline) -> None:
    text = "今年海门区建成停车位1500个。"
    assert ask(pipeline, "extract_metrics", text=text)["hints"] == ["published"]
    answer = ask(pipeline, "extract_metrics", text=text, published="2025-10-20")
    assert (answer["hints"], answer["metrics"][0]["period"]) == ([], "2025")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"text": " "}, "text: is empty"),
        ({"text": TEXT, "published": "soon"}, "published: 'soon' is no date; write it as 2025-11-20"),
    ],
    ids=["blank", "date"],
)
def test_wrong_argument_is_told(pipeline: Pipeline, arguments: dict[str, str], told: str) -> None:
    assert told in ask(pipeline, "extract_metrics", **arguments)["error"]


def test_explanation_is_of_the_sentence_of_the_figure(pipeline: Pipeline) -> None:
    (sentence,) = ask(pipeline, "explain", text=TEXT, figure="8座")["sentences"]
    assert "新建公厕8座" in sentence["text"]
    assert sentence["records"]


def test_figure_that_is_no_record_is_told(pipeline: Pipeline) -> None:
    assert "no record has the figure '9座'" in ask(pipeline, "explain", text=TEXT, figure="9座")["error"]


def test_claims_are_held_against_the_text(pipeline: Pipeline) -> None:
    claims = ["今年前三季度海门区改造老旧小区32个。", "海门区改造老旧小区35个。", "海门区很美。"]
    found = ask(pipeline, "check_claims", text=TEXT, claims=claims)["claims"]
    assert [one["verdict"] for one in found] == ["stated", "contradicted", "no figure"]
    where = found[0]["figures"][0]["where"]
    assert TEXT[where["start"] : where["end"]] == "32个"


def test_too_many_claims_are_refused(pipeline: Pipeline) -> None:
    assert "too many" in ask(pipeline, "check_claims", text=TEXT, claims=["8座"] * 101)["error"]


def test_command_serves_on_standard_input_and_output() -> None:
    server = StdioServerParameters(command=sys.executable, args=["-m", "extract", "mcp"], env={"PYTHONPATH": str(SRC)})

    async def call() -> Any:
        async with Client(stdio_client(server)) as client:
            return await client.call_tool("extract_metrics", {"text": TEXT})

    assert len(run(call).structured_content["metrics"]) == 5
