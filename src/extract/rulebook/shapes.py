"""The language of the patterns in `rules/relations.yaml`: regular expressions over the labels of words."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_letters
from typing import Final

import regex

from extract.matching.patterns import compiled

TARGETS: Final = {
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
CODES: Final = dict(zip(_LABELS, ascii_letters, strict=False))
TARGET_OF: Final = {name.removesuffix("_target"): code for name, code in TARGETS.items()}
"""What stands for the quantity in question, by its form, for others as for `plain`."""


def compile_shape(pattern: str, macros: Mapping[str, str]) -> regex.Pattern[str]:
    """Return a pattern over label codes for a shape over label names.

    `<name>` stands for a label, `<macro>` for a macro, which may hold labels and macros defined before it.
    Raises ValueError for a name that is neither.
    """
    expansions = CODES | TARGETS | {"target": "[" + "".join(TARGETS.values()) + "]"}
    expansions["adverb"] = f"[{CODES['adverb']}{CODES['manner']}]"
    for name, macro in macros.items():
        expansions[name] = f"(?:{_expand(macro, expansions)})"
    return compiled(_expand(pattern, expansions))


def _expand(pattern: str, expansions: Mapping[str, str]) -> str:
    def replace_name(match: regex.Match[str]) -> str:
        if match[1] not in expansions:
            raise ValueError(f"no label or macro is called {match[1]!r}")
        return expansions[match[1]]

    return str(regex.sub(r"(?<!\(\?P)<([a-z_]+)>", replace_name, pattern))
