"""Splits a document into articles and sentences, and rejoins what line breaks tore apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.document import Article, Document, Sentence
from extract.numerals import NumeralGrammar
from extract.rulebook.schema import LayoutRules
from extract.segment import Segmenter

_QUOTES = (("“", "”"), ("（", "）"), ("《", "》"))


@dataclass(slots=True)
class _Paragraph:
    """Text with the raw offset of each of its characters, and whether it is prose or a heading."""

    text: str
    offsets: list[int]
    block: int
    is_prose: bool
    is_indented: bool

    def append(self, other: _Paragraph) -> None:
        self.text += other.text
        self.offsets += other.offsets


class Layout:
    """Finds articles, headings and sentences by the rules of `rules/layout.yaml`."""

    def __init__(self, rules: LayoutRules, grammar: NumeralGrammar, segmenter: Segmenter) -> None:
        self._rules = rules
        self._grammar = grammar
        self._segmenter = segmenter
        self._terminal = regex.compile(rules.terminal)
        self._prose = regex.compile(rules.prose)
        self._continues = regex.compile(rules.continues)
        self._opening = regex.compile(rules.opening)
        self._open = regex.compile(rules.open_end)
        self._byline = regex.compile(rules.byline)
        self._sentence_end = regex.compile(rules.sentence_end)
        self._furniture = regex.compile(rules.furniture)
        self._numbered = regex.compile(rules.numbered_heading)

    def articles(self, document: Document) -> list[Article]:
        """Return the articles of `document` in order, each with its title, date and sentences."""
        groups = self._split_articles(self._join(self._lines(document.text)))
        dates = PublicationDates(self._rules, self._grammar, document.text)
        return [self._article(number, group, document, dates) for number, group in enumerate(groups, 1)]

    def _article(
        self, number: int, group: Sequence[_Paragraph], document: Document, dates: PublicationDates
    ) -> Article:
        published, place = (document.published, None) if document.published else dates.find([p.text for p in group])
        offsets = group[place.line].offsets if place else []
        return Article(
            number=number,
            title=next((p.text for p in group if self._is_heading(p)), ""),
            published=published,
            sentences=tuple(self._sentences(group)),
            published_at=((offsets[place.start], offsets[place.end - 1] + 1),) if place else (),
        )

    def _lines(self, text: str) -> Iterator[_Paragraph]:
        block, position = 0, 0
        blank = False
        for line in text.splitlines(keepends=True):
            content = line.strip(" \t\r\n\u3000\ufeff\x0b\x0c\x85\u2028\u2029")
            if content:
                start = position + line.index(content)
                block += blank
                blank = False
                yield _Paragraph(
                    content,
                    list(range(start, start + len(content))),
                    block,
                    is_prose=bool(self._prose.search(content)),
                    is_indented=not line.startswith(content),
                )
            else:
                blank = True
            position += len(line)

    def _join(self, lines: Iterator[_Paragraph]) -> list[_Paragraph]:
        paragraphs: list[_Paragraph] = []
        pending = deque(lines)
        started = False
        while pending:
            line = pending.popleft()
            while self._is_broken(line, pending) and (started or self._goes_on(line, pending[0])):
                caption = self._pop_caption(line, pending)
                line.append(pending.popleft())
                line.is_prose = True
                if caption is not None:
                    paragraphs.append(caption)
            started = started or (line.is_prose and bool(self._terminal.search(line.text)))
            paragraphs.append(line)
        return paragraphs

    def _goes_on(self, line: _Paragraph, after: _Paragraph) -> bool:
        """Tell a first sentence that is broken from a headline: it ends open, or the next line is no new paragraph."""
        if self._open.search(line.text) or self._continues.search(after.text):
            return True
        return not (after.is_indented or after.block > line.block or self._opening.search(after.text))

    def _is_broken(self, line: _Paragraph, following: Sequence[_Paragraph]) -> bool:
        if not following or self._terminal.search(line.text) or self._byline.search(line.text):
            return False
        if not line.is_prose and self._furniture.search(line.text):
            return False
        after = following[1] if self._caption_at(line, following) else following[0]
        if self._continues.search(after.text):
            return True
        if not after.is_prose and not self._terminal.search(after.text):
            return False
        return line.is_prose or _is_open(line.text) or self._bridges(line.text, after.text)

    def _caption_at(self, line: _Paragraph, following: Sequence[_Paragraph]) -> bool:
        if len(following) < 2 or not following[1].is_prose:
            return False
        caption = following[0]
        short = len(caption.text) <= self._rules.caption_length and bool(self._terminal.search(caption.text))
        return short and not _is_open(line.text) and not self._bridges(line.text, caption.text)

    def _pop_caption(self, line: _Paragraph, pending: deque[_Paragraph]) -> _Paragraph | None:
        return pending.popleft() if self._caption_at(line, pending) else None

    def _bridges(self, before: str, after: str) -> bool:
        """Tell whether a word of the dictionary lies across the join of two lines."""
        left, right = before[-4:], after[:4]
        return any(
            token.start < len(left) < token.end and token.tag != "x" for token in self._segmenter.segment(left + right)
        )

    def _split_articles(self, paragraphs: Sequence[_Paragraph]) -> list[list[_Paragraph]]:
        groups: list[list[_Paragraph]] = [[]]
        for before, paragraph in zip([None, *paragraphs], paragraphs, strict=False):
            ended = before is not None and before.is_prose and bool(self._byline.search(before.text))
            if ended and not paragraph.is_prose:
                groups.append([])
            groups[-1].append(paragraph)
        return [group for group in groups if group]

    def _is_heading(self, paragraph: _Paragraph) -> bool:
        return not paragraph.is_prose and not self._furniture.search(paragraph.text)

    def _sentences(self, paragraphs: Sequence[_Paragraph]) -> Iterator[Sentence]:
        section = ""
        for number, paragraph in enumerate(paragraphs):
            if number and self._is_heading(paragraph):
                section = paragraph.text
            if heading := self._numbered.match(paragraph.text):
                section = heading["heading"]
            start = 0
            cuts = [m.end() for m in self._sentence_end.finditer(paragraph.text) if m.end()]
            for end in sorted({*cuts, len(paragraph.text)}):
                if paragraph.text[start:end].strip():
                    yield Sentence(
                        paragraph.text[start:end],
                        tuple(paragraph.offsets[start:end]),
                        number,
                        paragraph.block,
                        section,
                        not paragraph.is_prose,
                    )
                start = end


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a date stands: the number of the line from 0, offsets in its text, end exclusive."""

    line: int
    start: int
    end: int


class PublicationDates:
    """Finds when an article came out, from its own lines and, for the year, from the whole document."""

    def __init__(self, rules: LayoutRules, grammar: NumeralGrammar, text: str) -> None:
        self._grammar = grammar
        self._full = regex.compile(rules.full_date)
        self._chinese = regex.compile(rules.chinese_date)
        self._month_day = regex.compile(rules.month_day)
        self._years = _plain_years(rules, text)
        self._looks_back = bool(regex.search(rules.looks_back, text))

    def find(self, lines: Sequence[str]) -> tuple[str, DatePlace | None]:
        """Return the ISO date that `lines` of an article give and its place in them, '' and None if none."""
        head = list(enumerate(lines[:20]))
        for pattern, read in ((self._full, self._read_full), (self._chinese, self._read_chinese)):
            for number, line in head:
                if match := pattern.search(line):
                    return read(match), DatePlace(number, *match.span())
        for number, line in head:
            if (match := self._month_day.search(line)) and self._years:
                month, year = int(match["month"]), self._years[0]
                reviews = self._looks_back and month <= 6 and year - 1 not in self._years
                return _iso(year + reviews, month, int(match["day"])), DatePlace(number, *match.span())
        return "", None

    @staticmethod
    def _read_full(match: regex.Match[str]) -> str:
        return _iso(int(match["year"]), int(match["month"]), int(match["day"]))

    def _read_chinese(self, match: regex.Match[str]) -> str:
        year, month, day = (int(self._grammar.value(match[name])[0]) for name in ("year", "month", "day"))
        return _iso(year, month, day)


def _plain_years(rules: LayoutRules, text: str) -> list[int]:
    """Return the years that a text names, in order; where it names bases of comparison only, the year after them."""
    years = list(regex.finditer(rules.year, text))
    plain = [
        int(match["year"])
        for match in years
        if not regex.search(rules.base_year, text[: match.start()])
        or regex.search(rules.reported_year, text[match.end() :])
    ]
    return plain or [int(match["year"]) + 1 for match in years[-1:]]


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _is_open(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in _QUOTES)
