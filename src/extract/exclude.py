"""Hides and rejects what looks like a quantity and is none: dates, ordinals, names, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.patterns import compiled
from extract.prefilter import Index, Prefilter, alternatives
from extract.rulebook.schema import Exclusions, Mask, Veto

if TYPE_CHECKING:
    from extract.quantity import Quantity

HIDDEN = "\ue000"
"""The character of the private use area that stands for a hidden one."""


class Excluder:
    """Applies the masks and vetoes of `rules/exclusions.yaml`."""

    def __init__(self, rules: Exclusions, index: Index | None = None) -> None:
        self._masks = Prefilter(
            ((part, _CompiledMask(mask, part)) for mask in rules.masks for part in alternatives(mask.pattern)), index
        )
        self._vetoes = Prefilter(
            ((veto.text or veto.before or veto.after, CompiledVeto(veto)) for veto in rules.vetoes), index
        )
        self._reasons = {veto.id: veto.why for veto in rules.vetoes}

    def mask(self, text: str, keep: Sequence[tuple[int, int]] = ()) -> str:
        """Return `text` with what the masks match, and the spans `keep`, hidden; its length stays the same."""
        spans = [*keep, *(span for _, span in self.masked(text))]
        if not spans:
            return text
        chars = list(text)
        for start, end in spans:
            chars[start:end] = HIDDEN * (end - start)
        return "".join(chars)

    def masked(self, text: str) -> list[tuple[Mask, tuple[int, int]]]:
        """Return each mask that matches in `text` with the span that it hides."""
        return [
            (mask.rule, match.span(mask.group))
            for mask in self._masks.select(text)
            for match in mask.pattern.finditer(text)
        ]

    def vetoes(self, text: str) -> Sequence[CompiledVeto]:
        """Return the vetoes that may reject quantities of the sentence `text`."""
        return self._vetoes.select(text)

    @staticmethod
    def veto(vetoes: Sequence[CompiledVeto], text: str, quantity: Quantity) -> str:
        """Return the id of the one of `vetoes` that rejects `quantity` of the sentence `text`, '' if none does."""
        for veto in vetoes:
            if veto.rejects(text, quantity):
                return veto.rule.id
        return ""

    def why(self, veto: str) -> str:
        """Return the reason of the veto of this id."""
        return self._reasons[veto]


class _CompiledMask:
    """One of the alternatives of a mask."""

    def __init__(self, rule: Mask, pattern: str) -> None:
        self.rule = rule
        self.pattern = compiled(pattern)
        self.group = "mask" if "mask" in self.pattern.groupindex else 0


class CompiledVeto:
    """A veto with its patterns."""

    def __init__(self, rule: Veto) -> None:
        self.rule = rule
        self._text, self._before, self._after, self._unless_before, self._unless_after = (
            compiled(pattern) if pattern else None
            for pattern in (rule.text, rule.before, rule.after, rule.unless_before, rule.unless_after)
        )

    def rejects(self, text: str, quantity: Quantity) -> bool:
        """Tell whether the veto rejects `quantity` of the sentence `text`."""
        if self.rule.dimensions and quantity.dimension not in self.rule.dimensions:
            return False
        before, after = text[: quantity.start], text[quantity.end :]
        if self._text and not self._text.search(quantity.text):
            return False
        if self._before and not self._before.search(before):
            return False
        if self._after and not self._after.search(after):
            return False
        if self._unless_before and self._unless_before.search(before):
            return False
        return not (self._unless_after and self._unless_after.search(after))
