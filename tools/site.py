"""A hook of MkDocs: what the pages say to readers of the repository, said to those of the site."""

from __future__ import annotations

import re
from typing import Any

_OUTSIDE = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)#\s]+)(#[^)\s]*)?\)")
_MARK = re.compile(r"<!-- (?:made: [\w-]+|end) -->\n?")
_BREAK = re.compile(r"^(>.*)\\$", re.MULTILINE)
_FILE = re.compile(r"^```(\w+) (\S+)$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with links out of `docs/` as names of files, and files to make with their names as titles.

    A backslash at the end of a quoted line becomes the two blanks that break a line there.
    """
    text = _OUTSIDE.sub(lambda match: f"{match[1]} (`{match[2].removeprefix('../')}` in the repository)", markdown)
    text = _FILE.sub(r'```\1 title="\2"', text)
    text = _BREAK.sub(r"\1  ", text)
    return _MARK.sub("", text)
