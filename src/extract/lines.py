"""Puts the lines of a plain text together to paragraphs: rejoins what line breaks tore apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

import regex

from extract.document import Repair
from extract.normalise import View
from extract.paragraph import Paragraph
from extract.rulebook.schema import LayoutRules
from extract.segment import Segmenter

_QUOTES = (("“", "”"), ("（", "）"), ("《", "》"))
_INDENT = r"\u3000| {4}|\t"
_BLANKS = " \t\r\n\u3000\ufeff\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class LineJoiner:
    """Joins lines by the rules of `rules/layout.yaml`."""

    def __init__(self, rules: LayoutRules, segmenter: Segmenter) -> None:
        self._rules = rules
        self._segmenter = segmenter
        self._terminal = regex.compile(rules.terminal)
        self._prose = regex.compile(rules.prose)
        self._continues = regex.compile(rules.continues)
        self._opening = regex.compile(rules.opening)
        self._item = regex.compile(rules.item)
        self._open = regex.compile(rules.open_end)
        self._byline = regex.compile(rules.byline)
        self._furniture = regex.compile(rules.furniture)

    def paragraphs(self, text: str, view: View) -> tuple[list[Paragraph], list[Repair]]:
        """Return the paragraphs of `text` in order, and each line break that was repaired."""
        paragraphs: list[Paragraph] = []
        repairs: list[Repair] = []
        lines = list(self._lines(text, view))
        if all(line.is_indented for line in lines):
            for line in lines:
                line.is_indented = False
        pending = deque(lines)
        started = False
        while pending:
            line = pending.popleft()
            if pending and self._is_subhead(line, paragraphs[-1] if paragraphs else None, pending[0]):
                line.is_prose = False
                paragraphs.append(line)
                continue
            while self._is_broken(line, pending) and (started or self._goes_on(line, pending[0])):
                caption = pending.popleft() if self._caption_at(line, pending) else None
                after = pending.popleft()
                repairs.append(Repair("joined line", line.offsets[-1] + 1, after.offsets[0]))
                line.append(after)
                line.is_prose = True
                if caption is not None:
                    caption.role = "caption"
                    paragraphs.append(caption)
            started = started or (line.is_prose and bool(self._terminal.search(line.text)))
            paragraphs.append(line)
        return paragraphs, repairs

    def _lines(self, text: str, view: View) -> Iterator[Paragraph]:
        block, position = 0, 0
        blank = False
        for line in text.splitlines(keepends=True):
            stripped = line.strip(_BLANKS)
            start = position + line.index(stripped)
            content, offsets = view.read(stripped, range(start, start + len(stripped)))
            if content:
                block += blank
                blank = False
                yield Paragraph(
                    content, offsets, block, bool(self._prose.search(content)), bool(regex.match(_INDENT, line))
                )
            else:
                blank = True
            position += len(line)

    def _goes_on(self, line: Paragraph, after: Paragraph) -> bool:
        """Tell a first sentence that is broken from a headline: it ends open, or the next line is no new paragraph."""
        if self._open.search(line.text) or self._continues.search(after.text):
            return True
        return not (after.is_indented or after.block > line.block or self._opening.search(after.text))

    def _is_subhead(self, line: Paragraph, before: Paragraph | None, after: Paragraph) -> bool:
        """Tell whether a short line with a comma in it stands between blank lines as a heading does."""
        is_short = line.is_prose and len(line.text) <= self._rules.subhead_length
        is_apart = before is not None and before.block < line.block < after.block
        if not (is_short and is_apart) or self._terminal.search(line.text) or self._continues.search(after.text):
            return False
        return not (self._open.search(line.text) or _is_open(line.text) or self._bridges(line.text, after.text))

    def _is_broken(self, line: Paragraph, following: Sequence[Paragraph]) -> bool:
        if not following or self._terminal.search(line.text) or self._byline.search(line.text):
            return False
        if not line.is_prose and self._furniture.search(line.text):
            return False
        after = following[1] if self._caption_at(line, following) else following[0]
        if self._continues.search(after.text):
            return True
        if after.is_indented or self._item.search(after.text):
            ends_open = self._open.search(line.text) or line.text[-1].isdigit() or _is_open(line.text)
            return bool(ends_open) or self._tears(line.text, after.text)
        if not after.is_prose and not self._terminal.search(after.text):
            return False
        return line.is_prose or _is_open(line.text) or self._bridges(line.text, after.text)

    def _caption_at(self, line: Paragraph, following: Sequence[Paragraph]) -> bool:
        if len(following) < 2 or not following[1].is_prose:
            return False
        caption = following[0]
        is_short = len(caption.text) <= self._rules.caption_length and bool(self._terminal.search(caption.text))
        if not is_short or _is_open(line.text):
            return False
        torn = self._tears(line.text, following[1].text) and not self._tears(line.text, caption.text)
        return torn or not self._bridges(line.text, caption.text)

    def _tears(self, before: str, after: str) -> bool:
        """Tell whether the join of two lines parts a word whose rest is none: 城|市格调, but not 城|市南区."""
        first = next(iter(self._segmenter.segment(after[:4])))
        return len(first.text) == 1 and self._bridges(before, after)

    def _bridges(self, before: str, after: str) -> bool:
        """Tell whether a word of the dictionary lies across the join of two lines."""
        left, right = before[-4:], after[:4]
        return any(
            token.start < len(left) < token.end and token.tag != "x" for token in self._segmenter.segment(left + right)
        )


def _is_open(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in _QUOTES)
