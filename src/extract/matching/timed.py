"""Stops patterns of a user's rules that go back and forth in a text for ever, and names their rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import regex

from extract.errors import InputError

PATIENCE: Final = 5.0
"""Seconds that one search may take; an honest pattern takes thousandths."""
_SHOWN: Final = 40
_watched: dict[str, tuple[str, str]] = {}


class TimedPattern:
    """A compiled pattern of the rule `rule` in the file `source`, each search of which ends in time.

    Raises InputError where one does not.
    """

    def __init__(self, pattern: Any, source: str, rule: str) -> None:
        self._pattern = pattern
        self._source = source
        self._rule = rule
        self.pattern: str = pattern.pattern
        self.groups: int = pattern.groups
        self.groupindex: Mapping[str, int] = pattern.groupindex

    def search(self, text: str, *place: int) -> Any:
        """As of a pattern; so are the others."""
        return self._in_time(self._pattern.search, text, text, *place)

    def match(self, text: str, *place: int) -> Any:
        return self._in_time(self._pattern.match, text, text, *place)

    def fullmatch(self, text: str, *place: int) -> Any:
        return self._in_time(self._pattern.fullmatch, text, text, *place)

    def findall(self, text: str, *place: int) -> list[Any]:
        return list(self._in_time(self._pattern.findall, text, text, *place))

    def finditer(self, text: str, *place: int) -> Iterator[Any]:
        return iter(
            self._in_time(
                lambda *given, timeout: [*self._pattern.finditer(*given, timeout=timeout)], text, text, *place
            )
        )

    def sub(self, instead: Any, text: str, *count: int) -> str:
        return str(self._in_time(self._pattern.sub, text, instead, text, *count))

    def split(self, text: str, *most: int) -> list[Any]:
        return list(self._in_time(self._pattern.split, text, text, *most))

    def _in_time(self, work: Callable[..., Any], text: str, *given: Any) -> Any:
        try:
            return work(*given, timeout=PATIENCE)
        except TimeoutError as error:
            shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
            problem = f"its pattern takes more than {PATIENCE:g} s in {shown!r}"
            hint = "let no part of it that is repeated match one text in two ways; extract rules check tells more"
            raise InputError(self._source, problem, f"rule {self._rule}", hint) from error


@contextmanager
def watching(pieces: Mapping[str, tuple[str, str]]) -> Iterator[None]:
    """Have each pattern that is compiled meanwhile and holds one of `pieces` stopped in time.

    Each piece is of the pattern of a rule, and has the file and the name of that.
    """
    _watched.update(pieces)
    try:
        yield
    finally:
        _watched.clear()


def timed(pattern: regex.Pattern[str]) -> Any:
    """Return `pattern`, so that it is stopped in time if it is a user's."""
    piece = max((piece for piece in _watched if piece in pattern.pattern), key=len, default="")
    return TimedPattern(pattern, *_watched[piece]) if piece else pattern
