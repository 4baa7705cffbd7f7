"""Splits a document into articles and sentences: by the parts that its format tells, or by the lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from extract.layout.asides import AsideFinder
from extract.layout.characters import Normaliser, View
from extract.layout.lines import LineJoiner
from extract.layout.masthead import Masthead
from extract.layout.paragraph import Paragraph
from extract.layout.publication import PublicationDates
from extract.layout.tables import TableReader
from extract.matching.guarded import GuardedPattern
from extract.matching.literals import opening_chars
from extract.matching.patterns import compiled
from extract.model.document import Article, Block, BlockKind, Document, Page, Repair
from extract.model.sentence import Role, Sentence
from extract.rulebook.schema import LayoutRules
from extract.words.numerals import NumeralGrammar
from extract.words.segmenter import Segmenter

_ROLES: dict[BlockKind, Role] = {
    "title": "heading",
    "heading": "heading",
    "paragraph": "text",
    "caption": "caption",
    "furniture": "furniture",
}
_BYLINE: Final = 60
"""A byline is no longer than this."""
_stop: Final = regex.compile("[，,。；]")
_LONGEST: Final = 1000
"""A sentence longer than this is cut, so that no text without full stops takes more than linear time."""


@dataclass(frozen=True)
class Laid:
    """A document laid out: its articles, and all that was put right or set apart on the way, in text order."""

    articles: list[Article]
    repairs: list[Repair]
    view: View
    """How its characters were read."""


class Layout:
    """Finds articles, headings and sentences by the rules of `rules/layout.yaml`."""

    def __init__(
        self,
        rules: LayoutRules,
        grammar: NumeralGrammar,
        segmenter: Segmenter,
        normaliser: Normaliser,
        tables: TableReader,
    ) -> None:
        self._rules = rules
        self._normaliser = normaliser
        self._tables = tables
        self._lines = LineJoiner(rules, segmenter)
        self._masthead = Masthead(rules)
        self._dates = PublicationDates(rules, grammar)
        self._full_stop = compiled(f"。|{rules.terminal}")
        self._byline = GuardedPattern(rules.byline)
        self._asides = AsideFinder(rules.asides)
        self._sentence_end = compiled(rules.sentence_end)
        self._furniture = GuardedPattern(rules.furniture)
        self._end_matter = compiled(rules.end_matter)
        self._related = GuardedPattern(rules.related)
        self._opening = compiled(rules.opening)
        self._deck = compiled(rules.deck)
        self._dateline = GuardedPattern(rules.dateline)
        self._numbered = compiled(rules.numbered_heading)
        self._numbers = opening_chars(rules.numbered_heading)

    def articles(self, document: Document) -> list[Article]:
        """Return the articles of `document` in order, each with its title, date and sentences."""
        return self.lay_out(document).articles

    def lay_out(self, document: Document) -> Laid:
        """Return the articles of `document` in order, and each repair of its text."""
        view = self._normaliser.view(document.text)
        if document.page is None:
            paragraphs, joined = self._plain_parts(document.text, view)
        else:
            paragraphs, joined = list(self._parts(document.page, view)), []
        repairs = [*document.repairs, *view.repairs, *joined]
        articles: list[Article] = []
        whole = "\n".join([paragraph.text for paragraph in paragraphs if paragraph.role != "furniture"])
        for number, group in enumerate(self._split_articles(paragraphs), 1):
            self._give_roles(group, is_first=number == 1)
            article = self._article(number, group, document, whole, view)
            repairs += _set_apart(article)
            articles.append(article)
        once = {(repair.start, repair.end): repair for repair in reversed(repairs)}
        return Laid(articles, [once[span] for span in sorted(once)], view)

    def _plain_parts(self, text: str, view: View) -> tuple[list[Paragraph], list[Repair]]:
        """Return the paragraphs of a plain text, its tables as what they read out as, and what was repaired."""
        tables = self._tables.plain.find(text)
        if not tables:
            return self._lines.paragraphs(text, view)
        lines, repairs = self._lines.paragraphs(self._tables.plain.without(text, tables), view)
        paragraphs: list[Paragraph] = []
        place = 0
        for found in tables:
            while place < len(lines) and lines[place].offsets[0] < found.start:
                paragraphs.append(lines[place])
                place += 1
            if found.table is None:
                repairs.append(Repair("table set apart", found.start, found.end))
            else:
                block = paragraphs[-1].block if paragraphs else 0
                paragraphs += self._tables.readings(found.table, view, paragraphs[-2:], block)
        return [*paragraphs, *lines[place:]], repairs

    def _parts(self, page: Page, view: View) -> Iterator[Paragraph]:
        """Yield the parts of a page as paragraphs, each a block of its own; a table as what it reads out as."""
        before: list[Paragraph] = []
        for number, part in enumerate(page.parts):
            if isinstance(part, Block):
                text, offsets = view.read(part.text, part.offsets)
                if text.strip():
                    before.append(Paragraph(text, offsets, number, part.kind == "paragraph", role=_ROLES[part.kind]))
                    yield before[-1]
            else:
                yield from self._tables.readings(part, view, before[-2:], number)
                before.clear()

    def _article(self, number: int, group: list[Paragraph], document: Document, whole: str, view: View) -> Article:
        page = document.page if number == 1 else None
        aside = ("cell",) if document.page is None else ("cell", "furniture")
        told = [paragraph for paragraph in group if paragraph.role not in aside]
        lines = [paragraph.text for paragraph in told]
        given = document.published or (page.published if page else "")
        published, place = (given, None) if given else self._dates.find(lines, whole, document.stamp)
        published = published or self._dates.in_name(document.name)
        offsets = told[place.line].offsets if place else ()
        headline = self._headline(group)
        return Article(
            number=number,
            title=view.written(headline.text, headline.offsets) if headline else "",
            published=published,
            sentences=self._sentences(group, headline, view),
            published_at=((offsets[place.start], offsets[place.end - 1] + 1),) if place else (),
            headline=headline.text if headline else "",
            source=(page.source if page else "") or self._masthead.source(lines),
            authors=(page.authors if page else ()) or self._masthead.authors(lines),
        )

    def _headline(self, group: list[Paragraph]) -> Paragraph | None:
        """Return the first heading of an article, but for a short kicker over the headline."""
        headings: list[Paragraph] = []
        for line in group:
            if line.role == "text" or len(headings) == 2:
                break
            if line.role == "heading":
                headings.append(line)
        if len(headings) < 2 or len(headings[0].text) > self._rules.kicker_length:
            return headings[0] if headings else None
        first, after = headings
        is_headline = len(after.text) >= self._rules.kicker_length and not self._deck.match(after.text)
        return after if is_headline and not self._heading_in(after) else first

    def _split_articles(self, paragraphs: list[Paragraph]) -> list[list[Paragraph]]:
        groups: list[list[Paragraph]] = [[]]
        signed = told = False
        for index, paragraph in enumerate(paragraphs):
            if told and self._is_headline(paragraph) and (signed or self._has_dateline(paragraphs[index : index + 4])):
                groups.append([])
                signed = told = False
            groups[-1].append(paragraph)
            told = told or (paragraph.is_prose and bool(self._full_stop.search(paragraph.text)))
            signed = told and (signed or bool(self._byline.search(paragraph.text)))
        return [group for group in groups if group]

    def _has_dateline(self, lines: list[Paragraph]) -> bool:
        """Tell whether an article begins with the first of `lines`: soon after it a line says where or when from."""
        return any(self._dateline.search(line.text) for line in lines[1:]) and all(
            self._is_headline(line) or self._dateline.search(line.text) for line in lines[1:2]
        )

    def _is_headline(self, paragraph: Paragraph) -> bool:
        """Tell whether a paragraph may be a headline: short, no sentence, no line of a page."""
        text = paragraph.text
        if paragraph.role not in (None, "heading") or len(text) > self._rules.title_length:
            return False
        if not paragraph.is_prose:
            return not self._is_furniture(text)
        return not (self._full_stop.search(text) or self._opening.search(text))

    def _is_furniture(self, text: str) -> bool:
        """Tell whether a line without a sentence in it is a byline, a page number or the like."""
        return bool(self._furniture.search(text) or self._end_matter.search(text) or self._byline.search(text))

    def _give_roles(self, group: list[Paragraph], is_first: bool) -> None:
        """Tell what each paragraph of an article, the first or another, is where its format does not."""
        begun = is_related = False
        for index, paragraph in enumerate(group):
            is_related = (begun or not is_first) and self._is_related(paragraph, is_related)
            if is_related and paragraph.role in (None, "heading"):
                paragraph.role = "furniture"
            if paragraph.role is None:
                may_lead = not begun and index + 1 < len(group)
                if self._is_headline(paragraph) and (may_lead or not paragraph.is_prose):
                    paragraph.role = "heading"
                elif not paragraph.is_prose and self._is_furniture(paragraph.text):
                    paragraph.role = "furniture"
                else:
                    paragraph.role = "text"
            begun = begun or paragraph.role == "text"

    def _is_related(self, paragraph: Paragraph, is_related: bool) -> bool:
        """Whether a line leads to other news, or follows one that does and is no sentence: 相关阅读, then headlines."""
        if paragraph.is_prose and self._full_stop.search(paragraph.text):
            return False
        return is_related or self._related.search(paragraph.text) is not None

    def _heading_in(self, paragraph: Paragraph) -> tuple[int, int] | None:
        """Return where the words of a numbered heading stand that a paragraph begins with."""
        if self._numbers is not None and paragraph.text[0] not in self._numbers:
            return None
        heading = self._numbered.match(paragraph.text)
        return heading.span("heading") if heading else None

    def _sentences(self, paragraphs: list[Paragraph], headline: Paragraph | None, view: View) -> tuple[Sentence, ...]:
        sentences: list[Sentence] = []
        section = ""
        title = headline or next((line for line in paragraphs if line.role == "heading"), None)
        for number, paragraph in enumerate(paragraphs):
            if paragraph.role == "text":
                paragraph.read_as(*view.prose(paragraph.text, paragraph.offsets))
            if paragraph.role == "heading" and paragraph is not title:
                section = view.written(paragraph.text, paragraph.offsets)
            if place := self._heading_in(paragraph):
                start, end = place
                section = view.written(paragraph.text[start:end], paragraph.offsets[start:end])
            for start, end, role in self._pieces(paragraph):
                sentence = Sentence(
                    paragraph.text[start:end],
                    paragraph.offsets[start:end],
                    number,
                    paragraph.block,
                    "" if role == "caption" else section,
                    role,
                    paragraph.figure,
                )
                sentences.append(sentence)
        return tuple(sentences)

    def _pieces(self, paragraph: Paragraph) -> Iterator[tuple[int, int, Role]]:
        """Yield where the sentences of a paragraph stand, those apart that are of the page and not of the text."""
        asides = self._asides.find(paragraph.text) if paragraph.role in ("text", "heading") else []
        passed = 0
        for start, end in self._cuts(paragraph):
            position = start
            while passed < len(asides) and asides[passed][1] <= start:
                passed += 1
            place = passed
            while place < len(asides) and asides[place][0] < end:
                first, last, role = asides[place]
                place += 1
                low, high = max(first, position), min(last, end)
                if low < high:
                    if paragraph.text[position:low].strip():
                        yield position, low, self._role(paragraph, position, low)
                    yield low, high, role
                    position = high
            if paragraph.text[position:end].strip():
                yield position, end, self._role(paragraph, position, end)

    def _cuts(self, paragraph: Paragraph) -> list[tuple[int, int]]:
        """Return where the sentences of a paragraph stand in its text."""
        text = paragraph.text
        if paragraph.role == "cell":
            return [(0, len(text))]
        cuts: list[tuple[int, int]] = []
        start = 0
        ends = [match.end() for match in self._sentence_end.finditer(text)]
        for end in [*ends, len(text)]:
            while end - start > _LONGEST:
                cut = max(text.rfind(mark, start, start + _LONGEST) for mark in "，,；;") + 1
                cut = cut if cut > start else start + _LONGEST
                cuts.append((start, cut))
                start = cut
            if text[start:end].strip():
                cuts.append((start, end))
            start = end
        return cuts

    def _role(self, paragraph: Paragraph, start: int, end: int) -> Role:
        """Return the role of a sentence: its paragraph's, but for a byline behind the last full stop."""
        if start > 0 and end == len(paragraph.text) and end - start <= _BYLINE:
            last = paragraph.text[start:end]
            if self._byline.search(last) and not _stop.search(last):
                return "furniture"
        return paragraph.role or "text"


def _set_apart(article: Article) -> Iterator[Repair]:
    for sentence in article.sentences:
        if sentence.role in ("caption", "furniture"):
            kind = "caption set apart" if sentence.role == "caption" else "page furniture"
            yield Repair(kind, *sentence.raw_span(0, len(sentence.text)))
