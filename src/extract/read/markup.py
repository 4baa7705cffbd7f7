"""Writes the elements of a web page as blocks and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from extract.model.document import BlockKind
from extract.read.builder import Draft, PageBuilder, one_line

_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "iframe", "object", "embed", "select", "button", "input", "textarea",
     "svg", "canvas", "audio", "video", "nav", "footer", "aside", "head")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl",
     "dt", "dd", "blockquote", "pre", "center", "address", "figure", "figcaption", "hr", "body", "html", "form",
     "fieldset", "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "table", "details", "summary")
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_aside = regex.compile(
    r"(?i)(?<![a-z])(?:nav|menu|crumbs?|breadcrumb|footer|foot|copyright|share|bdshare|social|related|relative|recommend|"
    r"sidebar|pager?|pagination|prevnext|prev|next|print|qrcode|ewm|comments?|toolbar|fontsize|advert|ads?|login|"
    r"search|xgxw|xgwz|xglj|fenxiang|dqwz)(?![a-z])"
)
_HIDDEN = regex.compile(r"(?i)display\s*:\s*none")
_LINKED = 0.6
_MIN_LINKS = 2
_MAX_SPAN = 200
_MAX_CELLS = 300_000
_MAX_SPANNED = 50_000
_LONG_CELL = 120
_terminal = regex.compile(r"[。！？!?；;：:”」）)]\s*$")
_WRAPPED = 20
_BR = "\x00"
_INDENT = "\u3000\u3000"


def is_aside(element: Any) -> bool:
    """Tell whether an element is no part of the text by its tag or name, or stands in one that is none."""
    return any(_is_aside(holder) for holder in (element, *element.iterancestors()))


def _is_aside(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    if element.tag in ("body", "html"):
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_aside.search(names)) or bool(_HIDDEN.search(element.get("style") or ""))


def text_of(element: Any) -> str:
    """Return all text in an element, as written."""
    return "".join(map(str, element.itertext()))


class MarkupWriter:
    """Hands the text of elements to a builder; `title` is the article's, which is written once, in front."""

    def __init__(self, builder: PageBuilder, title: str) -> None:
        self._builder = builder
        self._title = title
        self._spans = _Spans()
        self._inline: list[str] = []
        self.has_text = False
        if title:
            builder.add_block("title", title)

    def write(self, container: Any) -> None:
        """Add all text and tables of `container` in order."""
        self._children(container)
        self._flush("paragraph")

    def _children(self, element: Any) -> None:
        self._inline.append(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and not _is_aside(child):
                self._element(child)
            self._inline.append(child.tail or "")

    def _element(self, element: Any) -> None:
        if element.tag == "br":
            self._inline.append(_BR)
        elif element.tag == "table" and not _is_frame(element):
            self._flush("paragraph")
            caption = element.find("caption")
            self._builder.add_table(self._spans.grid(element), "" if caption is None else text_of(caption))
            self.has_text = True
        elif element.tag in _BLOCKS:
            self._flush("paragraph")
            if not _is_links(element):
                self._children(element)
                self._flush(_kind(element))
        else:
            self._children(element)

    def _flush(self, kind: BlockKind) -> None:
        raw, self._inline = "".join(self._inline), []
        for line in _lines(raw):
            text = one_line(_squeezed(line))
            if not text or (self._title and text == self._title):
                continue
            self._builder.add_block(kind, text)
            self.has_text = self.has_text or bool(regex.search(r"\p{Han}", text))


def _kind(element: Any) -> BlockKind:
    if element.tag in _HEADINGS:
        return "heading"
    return "caption" if element.tag == "figcaption" else "paragraph"


def _lines(raw: str) -> list[str]:
    """Return the lines that breaks part, those joined that a break parted in mid-sentence."""
    lines: list[list[str]] = []
    length, last = 0, ""
    for line in raw.split(_BR):
        wrapped = last in ("，", "、", ",") or (length > _WRAPPED and not _terminal.search(last))
        if last and wrapped and line.strip() and not line.lstrip("\r\n\t ").startswith((_INDENT, "\u00a0\u00a0")):
            lines[-1].append(line)
        else:
            lines.append([line])
            length = 0
        length += len(line.strip())
        last = line.strip()[-1:]
    return ["\n".join(pieces) for pieces in lines]


def _squeezed(text: str) -> str:
    """Return `text` without the line breaks and indents of the page's source."""
    return str(regex.sub(r"[ \t\u00a0]*[\r\n][ \t\r\n\u00a0]*", "\n", text)).strip()


def _is_links(element: Any) -> bool:
    """Tell whether a block is a list of links."""
    links = [text_of(link) for link in element.iter("a")]
    return len(links) >= _MIN_LINKS and sum(map(len, links)) > _LINKED * len(regex.sub(r"\s", "", text_of(element)))


def _is_frame(table: Any) -> bool:
    """Tell whether a table only places text on the page: it holds another one, one cell, or long text.

    One whose full grid would be too large counts as such, too.
    """
    rows = [list(_cells(row)) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    if len(cells) <= 1 or next(table.iterdescendants("table"), None) is not None:
        return True
    if len(rows) * max(map(len, rows)) > _MAX_CELLS:
        return True
    return any(len(text_of(cell).strip()) > _LONG_CELL and len(cells) < len(text_of(cell)) / 10 for cell in cells)


def _rows(table: Any) -> list[Any]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th"))


class _Spans:
    """How many places cells of one page may still take beyond one each; real tables take few of them."""

    def __init__(self) -> None:
        self._left = _MAX_SPANNED

    def grid(self, table: Any) -> Sequence[Sequence[Draft]]:
        """Return a table as a full grid: a cell that spans rows or columns stands in each place.

        Where the cells of a page span more than any made by people, they stand in their first places alone.
        """
        rows = _rows(table)
        count = sum(1 for row in rows for _ in _cells(row))
        places = _places(rows, count + self._left, is_spanned=True)
        width = max((column for _, column in places), default=-1) + 1
        if len(places) > count + self._left or len(rows) * width > _MAX_CELLS:
            places = _places(rows, count, is_spanned=False)
            width = max((column for _, column in places), default=-1) + 1
        self._left -= len(places) - count
        return [[places.get((number, column)) or Draft("") for column in range(width)] for number in range(len(rows))]


def _places(rows: Sequence[Any], most: int, is_spanned: bool) -> dict[tuple[int, int], Draft]:
    """Return what stands in each place of a table, given up once these are more than `most`."""
    places: dict[tuple[int, int], Draft] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while (number, column) in places:
                column += 1
            draft = Draft(_squeezed(text_of(cell)), cell.tag == "th" or row.getparent().tag == "thead")
            down, right = (_span(cell, "rowspan"), _span(cell, "colspan")) if is_spanned else (1, 1)
            for below in range(number, min(number + down, len(rows))):
                for beside in range(column, column + right):
                    places.setdefault((below, beside), draft)
            if len(places) > most:
                return places
            column += right
    return places


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() and len(value) < 6 else 1
