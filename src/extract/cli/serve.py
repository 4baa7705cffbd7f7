"""`extract serve` and `extract mcp`: the program for others to ask."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from extract.errors import require
from extract.pipeline.pipeline import Pipeline


def serve_page(port: int, rules: Path | None, out: Console) -> None:
    """Serve the page and the JSON on `port` of 127.0.0.1, any free one for 0, until the user interrupts it.

    Raises InputError where the rules are wrong, the port is taken, or what it needs is not installed.
    """
    require("serve", "serve", "starlette", "uvicorn")
    from extract import __version__
    from extract.serve.app import serve_app
    from extract.web.guard import Keys
    from extract.web.listen import listening, serve

    pipeline = Pipeline(rules)
    with listening(port) as listener:
        keys = Keys(listener.getsockname()[1], "serve")
        out.print(f"page: {keys.address}", soft_wrap=True)
        out.print(
            f"JSON: POST http://127.0.0.1:{keys.port}/extract, Authorization: Bearer {keys.token}", soft_wrap=True
        )
        out.print("end with Ctrl+C; nothing is stored")
        serve(serve_app(pipeline, keys, __version__), listener)
        out.print("ended")


def serve_tools(rules: Path | None) -> None:
    """Serve the tools of the Model Context Protocol on standard input and output, until they are closed.

    Raises InputError where the rules are wrong or what it needs is not installed.
    """
    require("mcp", "mcp", "mcp")
    from extract import __version__
    from extract.serve.tools import tool_server

    tool_server(Pipeline(rules), __version__).run("stdio")
