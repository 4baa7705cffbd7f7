"""Puts the lines of a plain text together to paragraphs: rejoins what line breaks tore apart."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise
from typing import Final

import regex

from extract.layout.characters import View
from extract.layout.paragraph import Paragraph, is_open
from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.model.document import Repair
from extract.rulebook.schema import LayoutRules
from extract.words.segmenter import Segmenter

_INDENT: Final = regex.compile(r"[ \t]*\u3000| {4}|\t")
_BLANKS: Final = " \t\r\n\u3000\ufeff\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_CLOSING: Final = tuple("”」』）)》")
_MIN_WIDTH: Final = 12
_SLACK: Final = 2.5
_WRAPPED: Final = 0.35
_LEAST: Final = 4
_ASIDES: Final = 3
_LONG: Final = 45
"""A line of prose that is longer and ends without a full stop goes on, even if the next line is indented."""


class Page:
    """How the lines of one text are set: how wide, and what marks a new paragraph."""

    def __init__(self, lines: list[Paragraph]) -> None:
        self.width = _width([line.last_width for line in lines])
        apart = sum(after.block > line.block for line, after in pairwise(lines))
        self.is_spaced = apart > 0.9 * (len(lines) - 1)
        """Whether all its lines have blank ones between them, so that these tell nothing."""
        self.has_indents = any(line.is_indented for line in lines)

    def is_full(self, line: Paragraph) -> bool:
        """Tell whether a line reaches the edge of a text whose lines are all as wide."""
        return bool(self.width) and abs(line.last_width - self.width) < _SLACK

    def is_marked(self, line: Paragraph, after: Paragraph) -> bool:
        """Tell whether `after` is set apart as a new paragraph."""
        return after.is_indented or (after.block > line.block and not self.is_spaced)


class LineJoiner:
    """Joins lines by the rules of `rules/layout.yaml`."""

    def __init__(self, rules: LayoutRules, segmenter: Segmenter) -> None:
        self._rules = rules
        self._segmenter = segmenter
        self._terminal = compiled(rules.terminal)
        self._stop = compiled(rules.full_stop)
        self._prose = compiled(rules.prose)
        self._continues = compiled(rules.continues)
        self._opening = compiled(rules.opening)
        self._item = compiled(rules.item)
        self._caption = GuardedPattern(rules.caption)
        self._inside = compiled(rules.inside)
        self._open = compiled(rules.open_end)
        self._byline = GuardedPattern(rules.byline)
        self._furniture = GuardedPattern(rules.furniture)
        self._end_matter = compiled(rules.end_matter)

    def paragraphs(self, text: str, view: View) -> tuple[list[Paragraph], list[Repair]]:
        """Return the paragraphs of `text` in order, and each line break that was repaired."""
        lines = self._lines(text, view)
        if all(line.is_indented for line in lines):
            for line in lines:
                line.is_indented = False
        page = Page(lines)
        paragraphs: list[Paragraph] = []
        repairs: list[Repair] = []
        started = False
        place = 0
        while place < len(lines):
            line = lines[place]
            place += 1
            if self._is_caption(line):
                line.role = "caption"
                paragraphs.append(line)
                continue
            if self._is_subhead(line, lines, place):
                line.is_prose = False
                paragraphs.append(line)
                continue
            while (count := self._asides(line, lines, place, page)) is not None:
                after = lines[place + count]
                if not (started or self._has_begun(line) or self._goes_on(line, after, page)):
                    break
                repairs.append(Repair("joined line", line.offsets[-1] + 1, after.offsets[0]))
                line.append(after)
                line.is_prose = line.is_prose or after.is_prose
                paragraphs += lines[place : place + count]
                place += count + 1
            started = started or (line.is_prose and bool(self._terminal.search(line.end)))
            paragraphs.append(line)
        return paragraphs, repairs

    def _lines(self, text: str, view: View) -> list[Paragraph]:
        lines: list[Paragraph] = []
        block, position = 0, 0
        blank = False
        for line in text.splitlines(keepends=True):
            stripped = line.strip(_BLANKS)
            start = position + line.index(stripped)
            content, offsets = view.read_line(stripped, start)
            if content:
                block += blank
                blank = False
                paragraph = Paragraph(content, offsets, block, bool(self._prose.search(content)))
                paragraph.is_indented = start > position and bool(_INDENT.match(line))
                paragraph.last_width = text_width(content)
                lines.append(paragraph)
            else:
                blank = True
            position += len(line)
        return lines

    def _asides(self, line: Paragraph, lines: list[Paragraph], place: int, page: Page) -> int | None:
        """Return how many lines stand between `line` and the one it goes on with, None if it ends.

        Those are captions and lines of the page; they get their role. `place` is that of the next line.
        """
        if place == len(lines) or self._ends(line, lines[place], page):
            return None
        count = 0
        while count < _ASIDES and place + count + 1 < len(lines) and self._is_page_line(lines[place + count].text):
            count += 1
        is_figure = line.end[-1].isdigit() and lines[place].text.isdigit()
        if (
            count
            and line.is_prose
            and not is_figure
            and self._is_broken(line, lines[place + count], page, is_parted=True)
        ):
            for aside in lines[place : place + count]:
                aside.role = "furniture"
            return count
        if self._caption_at(line, lines, place, page) and self._is_broken(line, lines[place + 1], page):
            lines[place].role = "caption"
            return 1
        return 0 if self._is_broken(line, lines[place], page) else None

    def _is_page_line(self, text: str) -> bool:
        """Tell whether a line is a page number or the like."""
        return not self._prose.search(text) and bool(self._end_matter.search(text) or self._furniture.search(text))

    def _ends(self, line: Paragraph, after: Paragraph, page: Page) -> bool:
        """Tell whether a paragraph ends with `line`, by itself."""
        if (
            self._is_caption(line)
            or self._is_byline(line)
            or (not line.is_prose and any(self._is_page_line(text) for text in line.ends))
        ):
            return True
        if self._stop.search(line.end):
            is_marking = page.has_indents or not page.is_spaced
            return not (page.is_full(line) and is_marking and not page.is_marked(line, after))
        is_quote = line.is_prose and line.end.endswith(_CLOSING) and not page.is_marked(line, after)
        return bool(self._terminal.search(line.end)) and not page.is_full(line) and not is_quote

    def _is_byline(self, line: Paragraph) -> bool:
        return self._byline.search(line.tail) is not None and not line.is_open

    def _has_begun(self, line: Paragraph) -> bool:
        """Tell a line of the text from a headline: it holds a sentence, or is too long for one."""
        return line.is_prose and (line.has_stop or line.length > self._rules.title_length)

    def _goes_on(self, line: Paragraph, after: Paragraph, page: Page) -> bool:
        """Tell a first sentence that is broken from a headline: it ends open, or the next line is no new paragraph."""
        if self._open.search(line.end) or self._continues.search(after.text):
            return True
        if line.is_prose and (self._opening.search(line.head) or page.is_full(line)):
            return True
        return not (after.is_indented or after.block > line.block or self._opening.search(after.text))

    def _is_subhead(self, line: Paragraph, lines: list[Paragraph], place: int) -> bool:
        """Tell whether a short line with a comma in it stands between blank lines as a heading does."""
        if not line.is_prose or line.length > self._rules.subhead_length or line.has_stop:
            return False
        if place < 2 or place == len(lines) or self._terminal.search(line.end):
            return False
        before, after = lines[place - 2], lines[place]
        if not before.block < line.block < after.block or self._continues.search(after.text):
            return False
        following = [other.text for other in lines[place : place + 2]]
        if any(self._inside.search(text) or self._tears(line.end, text) for text in following):
            return False
        return not (self._open.search(line.end) or is_open(line.tail) or self._bridges(line.end, after.text))

    def _is_broken(self, line: Paragraph, after: Paragraph, page: Page, is_parted: bool = False) -> bool:
        """Tell whether `line` goes on with `after`; `is_parted` tells that a page ends between them."""
        if self._continues.search(after.text):
            return True
        ends_open = bool(self._open.search(line.end) or is_open(line.tail))
        ends_open = ends_open or (line.is_prose and bool(self._inside.search(after.text)))
        if page.is_full(line) and (not self._is_headed(after) or ends_open):
            return (line.is_prose and not self._begins(line, after, page)) or not page.is_marked(line, after)
        if (after.is_indented and not is_parted) or self._item.search(after.text):
            is_long = line.length > _LONG or line.has_stop or bool(self._opening.search(line.head))
            is_torn = line.is_prose and is_long and not self._is_headed(after)
            return ends_open or is_torn or self._tears(line.end, after.text)
        if not after.is_prose and not self._terminal.search(after.text):
            return self._tears(line.end, after.text) or (ends_open and line.is_prose and not self._is_headed(after))
        return line.is_prose or is_open(line.tail) or self._bridges(line.end, after.text)

    def _begins(self, line: Paragraph, after: Paragraph, page: Page) -> bool:
        """Tell whether a full line without a stop ends all the same: the next, set apart, says where or when from."""
        return page.is_marked(line, after) and bool(self._opening.search(after.text)) and not line.has_stop

    def _is_headed(self, line: Paragraph) -> bool:
        """Tell whether a line can only begin something: an item, a byline, a line of the page."""
        return bool(self._item.search(line.text)) or self._is_page_line(line.text) or self._is_byline(line)

    def _caption_at(self, line: Paragraph, lines: list[Paragraph], place: int, page: Page) -> bool:
        """Tell whether the line at `place` is a picture's caption, which stands apart in the middle of a sentence."""
        if place + 1 >= len(lines) or not lines[place + 1].is_prose:
            return False
        caption, after = lines[place], lines[place + 1]
        is_told = self._is_caption(caption)
        is_apart = line.block < caption.block < after.block
        is_sentence = bool(self._terminal.search(caption.text))
        is_short = len(caption.text) <= self._rules.caption_length
        if not is_told and not (is_short and is_sentence and is_apart):
            return False
        if is_open(line.tail):
            return is_told
        if self._tears(line.end, after.text) and not self._tears(line.end, caption.text):
            return True
        if is_told:
            return True
        if page.is_full(line) or (page.width and page.is_spaced) or after.is_indented:
            return False
        if self._is_headed(after) or self._opening.search(after.text):
            return False
        return not self._bridges(line.end, caption.text)

    def _is_caption(self, line: Paragraph) -> bool:
        """Tell whether a line says itself that it is a picture's caption: 图为……, ……张三 摄."""
        return line.length <= 2 * self._rules.caption_length and bool(self._caption.search(line.text))

    def _tears(self, before: str, after: str) -> bool:
        """Tell whether the join of two lines parts a word whose rest is none: 城|市格调, but not 城|市南区."""
        first = next(iter(self._segmenter.known(after[:4])))
        return len(first.text) == 1 and self._bridges(before, after)

    def _bridges(self, before: str, after: str) -> bool:
        """Tell whether a word of the dictionary lies across the join of two lines."""
        left, right = before[-4:], after[:4]
        return any(
            token.start < len(left) < token.end and token.tag != "x" for token in self._segmenter.known(left + right)
        )


def text_width(text: str) -> float:
    """Return the width of a text in Chinese characters: letters and digits take half of one."""
    narrow = len(text.encode("ascii", "ignore"))
    if len(text.encode("gbk", "ignore")) == 2 * len(text) - narrow:  # all others are in GBK, where all are wide
        return len(text) - narrow / 2
    return sum([1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text])


def _width(widths: list[float]) -> float:
    """Return the width that many lines of a text have and hardly any goes beyond, 0 where its lines are not wrapped."""
    if len(widths) < _LEAST:
        return 0.0
    counts = Counter(round(width) for width in widths)
    near = {width: sum(counts[width + shift] for shift in (-2, -1, 0)) for width in counts}
    best = max(near, key=lambda width: (near[width], width))
    beyond = sum(count for width, count in counts.items() if width > best + 1)
    is_wrapped = best >= _MIN_WIDTH and near[best] >= max(_LEAST - 1, _WRAPPED * len(widths))
    return float(best) if is_wrapped and beyond <= 0.1 * len(widths) else 0.0
