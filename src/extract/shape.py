"""Compiles the shapes of `rules/relations.yaml`: regular expressions over the labels of a clause's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_letters
from typing import TYPE_CHECKING, Final

import regex

from extract.patterns import compiled

if TYPE_CHECKING:
    from extract.nodes import Nodes
    from extract.quantity import Quantity

_TARGETS: Final = {
    "plain_target": "①",
    "rank_target": "②",
    "multiple_target": "③",
    "percent_target": "④",
    "point_target": "⑤",
}
_LABELS: Final = [
    "up",
    "down",
    "differ",
    "differ_down",
    "level",
    "share",
    "rank",
    "among",
    "adverb",
    "manner",
    "respective",
    "prep",
    "from",
    "for",
    "conj",
    "of",
    "place",
    "topic",
    "light",
    "cause",
    "fresh",
    "intransitive",
    "act",
    "verbal",
    "nominal",
    "noun",
    "measure",
    "proportion",
    "per",
    "generic",
    "area",
    "time",
    "basis",
    "comma",
    "stop",
    "quantity",
    "pronoun",
    "agent",
]
_CODES: Final = dict(zip(_LABELS, ascii_letters, strict=False))
_TARGET_OF: Final = {name.removesuffix("_target"): code for name, code in _TARGETS.items()}
"""What stands for the quantity in question, by its form, for others as for `plain`."""


def compile_shape(pattern: str, macros: Mapping[str, str]) -> regex.Pattern[str]:
    """Return a pattern over label codes for a shape over label names.

    `<name>` stands for a label, `<macro>` for a macro, which may hold labels and macros defined before it.
    Raises ValueError for a name that is neither.
    """
    expansions = _CODES | _TARGETS | {"target": "[" + "".join(_TARGETS.values()) + "]"}
    expansions["adverb"] = f"[{_CODES['adverb']}{_CODES['manner']}]"
    for name, macro in macros.items():
        expansions[name] = f"(?:{_expand(macro, expansions)})"
    return compiled(_expand(pattern, expansions))


def _expand(pattern: str, expansions: Mapping[str, str]) -> str:
    def replace_name(match: regex.Match[str]) -> str:
        if match[1] not in expansions:
            raise ValueError(f"no label or macro is called {match[1]!r}")
        return expansions[match[1]]

    return str(regex.sub(r"(?<!\(\?P)<([a-z_]+)>", replace_name, pattern))


def encode(nodes: Nodes, target: int, quantities: list[Quantity]) -> str:
    """Return one character for each node's label, with the node at `target` marked as the quantity in question."""
    code_of = _CODES
    codes = [code_of[node.label] for node in nodes]
    codes[target] = _TARGET_OF.get(quantities[nodes[target].quantity].form, _TARGET_OF["plain"])
    return "".join(codes)


@dataclass(frozen=True, slots=True)
class Repair:
    """A single change to a clause that would make a shape fit.

    One of `labels` in place of the word number `position`, or before it where `inserted`.
    """

    position: int
    inserted: bool
    labels: tuple[str, ...]


def repair(pattern: regex.Pattern[str], codes: str, target: int) -> Repair | None:
    """Return the change nearest to the node at `target` that makes the shape fit `codes`, None if none alone does."""
    if forms := _fitting(pattern, codes[:target], codes[target + 1 :], _TARGETS):
        return Repair(target, False, forms)
    for position in sorted(range(len(codes) + 1), key=lambda place: abs(place - target)):
        before, after = codes[:position], codes[position:]
        if position < len(codes) and position != target and (labels := _fitting(pattern, before, after[1:], _CODES)):
            return Repair(position, False, labels)
        if labels := _fitting(pattern, before, after, _CODES):
            return Repair(position, True, labels)
    return None


def _fitting(pattern: regex.Pattern[str], before: str, after: str, codes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(label for label, code in codes.items() if pattern.search(before + code + after))
