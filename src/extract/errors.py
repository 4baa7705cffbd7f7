"""The one error that a user's input can cause."""

from __future__ import annotations


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
