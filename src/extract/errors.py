"""The one error that a user's input can cause, also where it needs what is not installed."""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec

_STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of characters that nobody sees, and that may steer a terminal or turn the order of a line around."""


def visible(text: str) -> str:
    r"""Return `text` with characters that nobody sees written as \x1b or \u202e."""
    if text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _STEERING else char for char in text
    )


class InputError(Exception):
    """Something the user gave is wrong: a file, a folder, a rule, a gold record.

    `source` names the file or folder, `problem` says what is wrong, `where` the place in it (a line or byte,
    may be empty) and `hint` what to do (may be empty). As a string it is one line that steers no terminal.
    """

    def __init__(self, source: str, problem: str, where: str = "", hint: str = "") -> None:
        super().__init__(source, problem, where, hint)
        self.source = source
        self.problem = problem
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.source}, {self.where}" if self.where else self.source
        advice = f"; {self.hint}" if self.hint else ""
        return visible(f"{place}: {self.problem}{advice}".replace("\n", " "))


def require(source: str, extra: str, *modules: str) -> None:
    """Raise InputError if one of `modules` is not there, which `source` needs and `extra` of this package installs."""
    for module in modules:
        if find_spec(module) is None:
            hint = f"pip install 'press-metrics-extract[{extra}]'"
            raise InputError(source, f"needs {module}, which is not installed", hint=hint)
