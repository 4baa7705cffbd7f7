"""What the words right beside a figure say of its kind: 增速超过5%, 5%的增长, 占…5%, 高于去年的5%, 超汛限5米."""

from __future__ import annotations

from typing import Final

import regex

from extract.matching.literals import closing_chars
from extract.matching.patterns import compiled
from extract.model.quantity import Quantity
from extract.rulebook.schema import WordRules

_NEAR: Final = 32
"""So many characters before a quantity tell its kind."""


class Beside:
    """What stands beside one figure.

    `says` is "up" or "down" for a change, "change" for one told behind, "share", or "" for nothing; `is_compared`
    whether it is what something else is compared with; `is_reached` whether it is where a fall begins or ends, or a
    rise in a fall (降至5%, 5%的涨幅), and so no fall itself.
    """

    __slots__ = ("is_compared", "is_reached", "says")

    def __init__(self, says: str, is_compared: bool, is_reached: bool) -> None:
        self.says = says
        self.is_compared = is_compared
        self.is_reached = is_reached


class BesideReader:
    """Reads the words beside figures by the patterns of `rules/words.yaml`."""

    def __init__(self, words: WordRules) -> None:
        self._change_before = _Behind(words.change_before)
        self._change_after = compiled(words.change_after)
        self._share_after = compiled(words.share_after)
        self._share_before = _Behind(words.share_before)
        self._compared_with = _Behind(words.compared_with)
        self._above_mark = _Behind(words.above_mark)
        self._advanced = _Behind(words.advanced)
        self._reached = _Behind(words.reached)
        self._left = compiled(words.left)

    def read(self, quantity: Quantity, text: str) -> Beside:
        """What stands beside a quantity of the sentence `text`."""
        is_percent = quantity.form == "percent"
        if is_percent:
            match = self._change_before.match(text, quantity)
        else:
            match = self._above_mark.match(text, quantity) if quantity.dimension == "length" else None
            match = match or self._advanced.match(text, quantity)
        says = ("down" if match["down"] else "up") if match else ""
        if not says and is_percent:
            if self._change_after.match(text, quantity.outer_end):
                says = "change"
            elif self._share_before.match(text, quantity) or self._share_after.match(text, quantity.outer_end):
                says = "share"
        is_reached = bool(self._reached.match(text, quantity) or self._left.match(text, quantity.outer_end))
        return Beside(says, self._compared_with.match(text, quantity) is not None, is_reached)


class _Behind:
    """A pattern that ends where a quantity begins."""

    def __init__(self, pattern: str) -> None:
        self._pattern = compiled(pattern)
        self._closing = closing_chars(pattern)

    def match(self, text: str, quantity: Quantity) -> regex.Match[str] | None:
        """The match right before a quantity of the sentence `text`."""
        start = quantity.start
        if not start or (self._closing is not None and text[start - 1] not in self._closing):
            return None
        return self._pattern.search(text, max(0, start - _NEAR), start)
