"""Reads Markdown: its parts, each character with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import regex

from extract.model.document import Block, BlockKind, Cell, Page, Table
from extract.read.content import Content

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_front = regex.compile(r"\A---[ \t]*(?:\r\n?|\n)(?P<matter>(?s:.{0,20000}?))(?<=[\r\n])---[ \t]*(?:\r\n?|\n|\Z)")
_date = regex.compile(r"(?P<y>(?:19|20)\d{2})[-年./](?P<m>\d{1,2})[-月./](?P<d>\d{1,2})")
_break = regex.compile(r"\r\n?|\n")
_mark = regex.compile(r"[\s>*+\-]*")
_word = regex.compile(r"\p{Han}")
_sentence = regex.compile(r"[。！？；]\s*$")
_rest = regex.compile(r"\s*\|[\s|]*(?P<cells>[^\r\n]*[\p{L}\p{N}][^\r\n]*?)[\s|]*$")
_FURNITURE = ("fence", "html_block")
_MOST_LINKS = 20_000
"""markdown-it takes minutes for a text of brackets alone; of a text with more of them they are no links."""
_SKIPPED = 3
"""Between two characters of a run of text there are no more than so many of its marks."""


def read_markdown(text: str) -> Content:
    """Return the parts of a Markdown text: headings, paragraphs, items, tables, without their marks.

    The decoded text is the source itself, into which all offsets point. The front matter may tell title, date,
    source and author. Lines that Markdown does not show, though they hold Chinese, are paragraphs as they stand.
    """
    from markdown_it import MarkdownIt

    start, matter = _front_matter(text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.disable(["code", "text_join", *(("link", "image") if text.count("[") > _MOST_LINKS else ())])
    found = [*_line_block("furniture", text, 0, start), *_Reader(text, start, parser).parts()]
    parts = [*found, *_unread(text, found)]
    parts.sort(key=_first_place)
    title = _said(matter, "title", "标题") or next(
        (part.text for part in parts if isinstance(part, Block) and part.kind == "title"), ""
    )
    page = Page(
        tuple(parts),
        title,
        _iso(_said(matter, "date", "published", "日期", "发布日期")),
        _said(matter, "source", "来源"),
        _names(matter.get("authors") or matter.get("author") or matter.get("作者")),
    )
    return Content(text, page=page)


def _front_matter(text: str) -> tuple[int, Mapping[str, Any]]:
    """Return where the front matter ends and what it says: 0 and nothing where there is none."""
    import yaml

    front = _front.match(text)
    if not front:
        return 0, {}
    try:
        matter = yaml.load(front["matter"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return 0, {}
    return (front.end(), matter) if isinstance(matter, dict) else (0, {})


def _said(matter: Mapping[str, Any], *names: str) -> str:
    values = (matter.get(name) for name in names)
    return next((" ".join(value.split()) for value in values if isinstance(value, str) and value.strip()), "")


def _names(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    said = (name for name in values if isinstance(name, str))
    return tuple(name.strip() for line in said for name in regex.split("[,，、;；]", line) if name.strip())


def _iso(value: str) -> str:
    match = _date.search(value)
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat() if match else ""
    except ValueError:
        return ""


def _line_block(kind: BlockKind, text: str, start: int, end: int) -> Iterator[Block]:
    """Yield what stands between two places as one block, line breaks left out; nothing where it is blank."""
    kept = [offset for offset in range(start, end) if text[offset] not in "\r\n"]
    if kept and not text[start:end].isspace():
        yield Block(kind, "".join(text[offset] for offset in kept), tuple(kept))


def _first_place(part: Block | Table) -> int:
    if isinstance(part, Block):
        return part.offsets[0]
    return next((cell.offsets[0] for row in part.rows for cell in row if cell.offsets), 0)


def _unread(text: str, parts: Sequence[Block | Table]) -> Iterator[Block]:
    """Yield the lines with Chinese that no part holds: definitions of links, what is nested more than 20 deep."""
    read = bytearray(len(text))
    for part in parts:
        runs = [part] if isinstance(part, Block) else [cell for row in part.rows for cell in row]
        for run in runs:
            for offset in run.offsets:
                read[offset] = 1
    start = 0
    for end in (*(match.start() for match in _break.finditer(text)), len(text)):
        if not any(read[start:end]) and _word.search(text, start, end):
            match = _mark.match(text, start, end)
            yield from _line_block("paragraph", text, match.end() if match else start, end)
        start = end


class _Reader:
    """Turns a Markdown text from `start` on into parts."""

    def __init__(self, text: str, start: int, parser: MarkdownIt) -> None:
        self._text = text
        self._shown = text.replace("\0", "\ufffd")
        self._start = start
        self._parser = parser
        self._lines: list[int] = [start, *(match.end() for match in _break.finditer(text, start)), len(text)]
        self._cursor = start
        self._end = len(text)
        self._has_title = False

    def parts(self) -> Iterator[Block | Table]:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        beside: list[Block] = []
        tokens = self._parser.parse(self._text[self._start :])
        for before, token in zip([None, *tokens], tokens, strict=False):
            if token.map and (token.level == 0 or token.type in ("inline", "tr_open", *_FURNITURE)):
                self._cursor = max(self._cursor, self._line(token.map[0]))
                self._end = self._line(token.map[1])
            if token.type == "tr_open":
                row = []
            elif token.type == "tr_close":
                rows.append(tuple(row))
                beside += self._beside()
            elif token.type == "table_close":
                yield Table(tuple(rows))
                yield from beside
                rows, beside = [], []
            elif token.type in _FURNITURE:
                yield from _line_block("furniture", self._text, self._cursor, self._end)
                self._cursor = self._end
            elif token.type == "inline" and before and before.type in ("th_open", "td_open"):
                text, offsets, captions = self._inline(token.children or ())
                row.append(Cell(text, offsets, before.type == "th_open"))
                beside += captions
            elif token.type == "inline" and before:
                yield from self._block(before, token)

    def _block(self, opening: Token, token: Token) -> Iterator[Block]:
        """Yield a heading or paragraph and the captions in it; a sentence with a rule right below is no heading."""
        is_marked = opening.markup.startswith("#")
        if is_marked:
            self._pass(opening.markup)
        else:
            self._enter(token.content)
        text, offsets, captions = self._inline(token.children or ())
        kind: BlockKind = "paragraph"
        if opening.type == "heading_open" and text and (is_marked or not _sentence.search(text)):
            kind = "title" if opening.tag == "h1" and not self._has_title else "heading"
            self._has_title = self._has_title or kind == "title"
        if text:
            yield Block(kind, text, offsets)
        yield from captions

    def _line(self, number: int) -> int:
        """Return where the line `number` of what was parsed begins, or the end of the text."""
        return self._lines[min(number, len(self._lines) - 1)]

    def _enter(self, content: str) -> None:
        """Go to where the inline content of a block begins in its first line, behind the mark of a list or quote."""
        first = content.split("\n", 1)[0]
        match = _break.search(self._text, self._cursor, self._end)
        place = self._shown.rfind(first, self._cursor, match.start() if match else self._end)
        self._cursor = max(self._cursor, place)

    def _beside(self) -> Iterator[Block]:
        """Yield what stands in a row behind the last column of its table."""
        if match := _rest.match(self._text, self._cursor, self._end):
            yield from _line_block("paragraph", self._text, *match.span("cells"))
        self._cursor = self._end

    def _inline(self, children: Sequence[Token]) -> tuple[str, tuple[int, ...], list[Block]]:
        """Return the characters of a run of text with their places, and the captions of the pictures in it."""
        places: list[int] = []
        captions: list[Block] = []
        for child in children:
            if child.type == "image":
                text, offsets, _ = self._inline(child.children or ())
                self._leave_link()
                if text:
                    captions.append(Block("caption", text, offsets))
            elif child.type == "link_close" and child.markup != "autolink":
                self._leave_link()
            elif child.type == "text_special":
                places += self._special(child)
            elif child.type == "html_inline":
                self._pass(child.content)
            elif child.type in ("text", "code_inline"):
                places += self._align(child.content)
        return "".join(self._text[place] for place in places), tuple(places), captions

    def _pass(self, markup: str) -> int:
        """Go behind the next `markup` and return where it begins, -1 where it does not come."""
        place = self._shown.find(markup, self._cursor, self._end)
        if place >= 0:
            self._cursor = place + len(markup)
        return place

    def _special(self, token: Token) -> Iterator[int]:
        """Yield the places of a character that is escaped; of one that is written by its name there are none."""
        place = self._pass(token.markup)
        inside = token.markup.find(token.content)
        if place >= 0 and inside >= 0:
            yield from range(place + inside, place + inside + len(token.content))

    def _leave_link(self) -> None:
        """Go behind the address and title of a link, or the label of its definition."""
        helpers = self._parser.helpers
        close = self._shown.find("]", self._cursor, self._end)
        if close < 0:
            return
        self._cursor = close + 1
        opening = self._shown[close + 1 : min(close + 2, self._end)]
        if opening == "(":
            place = self._blank(close + 2)
            target = helpers.parseLinkDestination(self._shown, place, self._end)
            place = self._blank(target.pos if target.ok else place)
            title = helpers.parseLinkTitle(self._shown, place, self._end)
            place = self._blank(title.pos if title.ok else place)
            if self._shown[place : min(place + 1, self._end)] == ")":
                self._cursor = place + 1
        elif opening == "[" and (end := self._shown.find("]", close + 2, self._end)) >= 0:
            self._cursor = end + 1

    def _blank(self, place: int) -> int:
        while place < self._end and self._shown[place].isspace():
            place += 1
        return place

    def _align(self, content: str) -> Iterator[int]:
        """Yield the places of the characters of `content` behind the last ones; what is not there is left out."""
        place = self._pass(content)
        if place >= 0:
            yield from range(place, place + len(content))
            return
        for char in content:
            place = self._shown.find(char, self._cursor, min(self._cursor + _SKIPPED, self._end))
            if place >= 0 and char not in "\r\n":
                self._cursor = place + 1
                yield place
