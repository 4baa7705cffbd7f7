"""Reads Markdown: its parts, each character with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import regex

from extract.document import Block, BlockKind, Cell, Page, Table
from extract.read.content import Content

if TYPE_CHECKING:
    from markdown_it.token import Token

_front = regex.compile(r"\A---[ \t]*\r?\n(?P<matter>(?s:.*?))(?:\r?\n)?---[ \t]*(?:\r?\n|\Z)")
_date = regex.compile(r"(?P<y>(?:19|20)\d{2})[-年./](?P<m>\d{1,2})[-月./](?P<d>\d{1,2})")
_FURNITURE = ("fence", "html_block")


def read_markdown(text: str) -> Content:
    """Return the parts of a Markdown text: headings, paragraphs, items, tables, without their marks.

    The decoded text is the source itself, into which all offsets point. The front matter may tell title, date,
    source and author.
    """
    from markdown_it import MarkdownIt

    front = _front.match(text)
    start = front.end() if front else 0
    matter = _matter(front["matter"]) if front else {}
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code").parse(text[start:])
    reader = _Reader(text, start)
    parts = [*_matter_block(text, start), *reader.parts(tokens)]
    title = _said(matter, "title", "标题") or next(
        (part.text for part in parts if isinstance(part, Block) and part.kind == "title"), ""
    )
    authors = matter.get("authors") or matter.get("author") or matter.get("作者") or ()
    names = authors if isinstance(authors, list) else [authors] if authors else []
    published = _date.search(_said(matter, "date", "published", "日期", "发布日期"))
    return Content(
        text,
        page=Page(
            tuple(parts),
            title,
            f"{published['y']}-{int(published['m']):02d}-{int(published['d']):02d}" if published else "",
            _said(matter, "source", "来源"),
            tuple(str(name) for name in names),
        ),
    )


def _matter(text: str) -> Mapping[str, Any]:
    import yaml

    try:
        matter = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return matter if isinstance(matter, dict) else {}


def _matter_block(text: str, end: int) -> Iterator[Block]:
    kept = [offset for offset in range(end) if text[offset] not in "\r\n"]
    if kept:
        yield Block("furniture", "".join(text[offset] for offset in kept), tuple(kept))


def _said(matter: Mapping[str, Any], *names: str) -> str:
    return next((str(matter[name]) for name in names if matter.get(name)), "")


class _Reader:
    """Turns the tokens of a Markdown text into parts; `start` is where the parsed text begins in `text`."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._lines = [start]
        for line in text[start:].split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._cursor = start
        self._end = len(text)

    def parts(self, tokens: Sequence[Token]) -> Iterator[Block | Table]:
        kind: BlockKind = "paragraph"
        has_title = False
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        for number, token in enumerate(tokens):
            if (token.map and token.level == 0) or (token.map and token.type in ("inline", "tr_open")):
                self._cursor = max(self._cursor, self._lines[token.map[0]])
                self._end = min(self._lines[token.map[1]], len(self._text))
            if token.type == "heading_open":
                kind = "heading" if has_title or token.tag != "h1" else "title"
                has_title = has_title or kind == "title"
            elif token.type == "heading_close":
                kind = "paragraph"
            elif token.type == "tr_open":
                row = []
            elif token.type == "tr_close":
                rows.append(tuple(row))
            elif token.type == "table_close":
                yield Table(tuple(rows))
                rows = []
            elif token.type in _FURNITURE:
                yield from self._furniture()
            elif token.type == "inline":
                cell = tokens[number - 1].type
                text, offsets, captions = self._inline(token.children or ())
                if cell in ("th_open", "td_open"):
                    row.append(Cell(text, offsets, cell == "th_open"))
                elif text:
                    yield Block(kind, text, offsets)
                yield from captions

    def _furniture(self) -> Iterator[Block]:
        kept = [offset for offset in range(self._cursor, self._end) if self._text[offset] not in "\r\n"]
        if kept:
            yield Block("furniture", "".join(self._text[offset] for offset in kept), tuple(kept))
        self._cursor = self._end

    def _inline(self, children: Sequence[Token]) -> tuple[str, tuple[int, ...], list[Block]]:
        """Return the characters of a run of text with their places, and the captions of the pictures in it."""
        places: list[int] = []
        chars: list[str] = []
        captions: list[Block] = []
        for child in children:
            if child.type == "image":
                text, offsets, _ = self._inline(child.children or ())
                if text:
                    captions.append(Block("caption", text, offsets))
            elif child.type == "text_special":
                place = self._text.find(child.markup, self._cursor, self._end)
                if place >= 0:
                    self._cursor = place + len(child.markup)
                    inside = place + child.markup.find(child.content) if child.content in child.markup else -1
                    if inside >= 0:
                        chars.append(child.content)
                        places += range(inside, inside + len(child.content))
            elif child.type in ("text", "code_inline"):
                for char, place in self._align(child.content):
                    chars.append(char)
                    places.append(place)
        return "".join(chars), tuple(places), captions

    def _align(self, content: str) -> Iterator[tuple[str, int]]:
        """Yield the characters of `content` with their places behind the last ones; what is not there is left out."""
        place = self._text.find(content, self._cursor, self._end)
        if place >= 0:
            self._cursor = place + len(content)
            yield from zip(content, range(place, place + len(content)), strict=True)
            return
        for char in content:
            place = self._text.find(char, self._cursor, self._end)
            if place >= 0:
                self._cursor = place + 1
                yield char, place
