"""A server of the Model Context Protocol: figures of Chinese press releases for other programs to ask for."""

from __future__ import annotations

from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from extract.errors import InputError
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric
from extract.pipeline.pipeline import Pipeline
from extract.serve.answers import articles, explained, given_document, hints
from extract.serve.claims import check, to_json

_INSTRUCTIONS = """\
Reads the figures of Chinese press releases and government news by rules, without a model: what was counted, how much, \
where, when, and whether it is done or planned. The same text always gives the same records. What a text does not tell \
is empty, never guessed. Numbers and units are reliable; check object, area and period against `sentence`."""
_MOST_SENTENCES = 10
_MOST_CLAIMS = 100
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Text = Annotated[str, Field(description="The Chinese text, with its title and date lines if there are any.")]
Published = Annotated[
    str, Field(description="The day the text came out, 2025-11-20, if it does not say so; 今年 and 上半年 need it.")
]
Area = Annotated[str, Field(description="Full name of the area the text is about (海州区), if it does not say so.")]
Claims = Annotated[
    list[str], Field(description="Chinese statements with figures, one each, such as 全区前三季度新增停车位1500个。")
]
Figure = Annotated[
    str, Field(description="A figure as the text writes it, such as 3.2万户; empty for the first sentences.")
]


def tool_server(pipeline: Pipeline, version: str) -> MCPServer[Any]:
    """Return the server with its tools, which work by `pipeline`."""
    server: MCPServer[Any] = MCPServer(
        "press-metrics-extract", instructions=_INSTRUCTIONS, version=version, log_level="WARNING"
    )

    @server.tool(annotations=_READS)
    def extract_metrics(text: Text, published: Published = "", area: Area = "") -> dict[str, Any]:
        """Return every figure that a Chinese text reports, as records, and its articles.

        value has 十百千万亿 applied; kind is level, share, change or rank; status actual or planned; period ISO 8601;
        start and end count characters of the text from 0. `hints` names what to give when periods or areas are empty.
        """
        extraction = pipeline.extract(_document(text, published, area))
        return {
            "metrics": [_brief(metric) for metric in extraction.metrics],
            "articles": articles(extraction),
            "hints": list(hints(extraction)),
        }

    @server.tool(annotations=_READS)
    def explain(text: Text, figure: Figure = "", published: Published = "", area: Area = "") -> dict[str, Any]:
        """Tell why the records of a figure's sentence are what they are: words, clauses, rules, candidates, evidence.

        Where the figure stands several times, each of its sentences is explained, up to ten.
        """
        document = _document(text, published, area)
        found = [one for one in pipeline.metrics(document) if not figure or figure in one.text]
        if figure and not found:
            raise ToolError(f"no record has the figure {figure!r}: it is not in the text, or the rules hide it")
        sentences: dict[tuple[int, int], dict[str, Any]] = {}
        for metric in found:
            if len(sentences) < _MOST_SENTENCES:
                sentences |= {tuple(one["span"]): one for one in explained(pipeline, document, metric.start)}
        return {"sentences": list(sentences.values())}

    @server.tool(annotations=_READS)
    def check_claims(text: Text, claims: Claims, published: Published = "", area: Area = "") -> dict[str, Any]:
        """Tell for each claimed figure whether the text says so, and where.

        Verdicts: stated; differs (that number, but another object, area, period, status or bound: see differences);
        contradicted (another number for that very thing); absent; no figure (the claim has none). A verdict on a claim
        is the worst on its figures. Claims are read as of the date and area of the text.
        """
        if len(claims) > _MOST_CLAIMS:
            raise ToolError(f"{len(claims)} claims are too many: give up to {_MOST_CLAIMS} at a time")
        extraction = pipeline.extract(_document(text, published, area))
        return {"claims": [to_json(claim, check(pipeline, extraction, claim)) for claim in claims]}

    return server


def _document(text: str, published: str, area: str) -> Document:
    try:
        return given_document(text, "", published, area)
    except InputError as fault:
        raise ToolError(str(fault)) from fault


def _brief(metric: Metric) -> dict[str, Any]:
    """Return a metric as plain values, without what `explain` is for."""
    plain = metric.to_dict()
    return {name: plain[name] for name in (*GOLD_COLUMNS, "article", "section", "sentence", "id")}
