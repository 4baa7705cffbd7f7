"""The one error that a user's input can cause, also where it needs what is not installed."""

from __future__ import annotations

from importlib.util import find_spec


class InputError(Exception):
    """Something the user gave is wrong: a file, a folder, a rule, a gold record.

    `source` names the file or folder, `problem` says what is wrong, `where` the place in it (a line or byte,
    may be empty) and `hint` what to do (may be empty). As a string it is one line.
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
        return f"{place}: {self.problem}{advice}".replace("\n", " ")


def require(source: str, extra: str, *modules: str) -> None:
    """Raise InputError if one of `modules` is not there, which `source` needs and `extra` of this package installs."""
    for module in modules:
        if find_spec(module) is None:
            hint = f"pip install 'press-metrics-extract[{extra}]'"
            raise InputError(source, f"needs {module}, which is not installed", hint=hint)
