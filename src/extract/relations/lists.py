"""Completes the items of a list by what the list shares: 电池产量 and 机器人产量 of 电池、机器人产量."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from extract.grammar.phrases import has_measure, measure_tail, phrase_of
from extract.model.clause import Nodes
from extract.model.phrase import NOTHING, Phrase, Piece

_MODIFIERS: Final = ("act", "verbal", "nominal", "adverb", "manner", "up", "down")
"""Labels of words that modify the measure behind them: 参保 of 参保人数."""
_MEASURING: Final = frozenset((*_MODIFIERS, "measure"))


def complete_items(items: list[Nodes]) -> list[Phrase]:
    """Return the items of a list, each with what the list shares: 电池产量 and 机器人产量 of 电池、机器人产量."""
    if len(items) == 1:
        return [phrase_of(items[0])]
    last = len(items) - 1
    whole = [_shared_head(items, place) + phrase_of(item) for place, item in enumerate(items)]
    return [item + _shared_tail(items, place) if place < last else item for place, item in enumerate(whole)]


def _shared_head(items: list[Nodes], place: int) -> Phrase:
    """Return what only the first item of a list says and the others share: 农村快件 of 农村快件揽收量、投递量."""
    first, item = items[0], items[place]
    is_bare = item[-1].label == "measure" and all(node.label in _MEASURING for node in item)
    if place and first[0].label == "per" and item[0].label != "per":
        return phrase_of(first[:1])
    if not place or not is_bare or not measure_tail(first) or first[-1].text[-1] != item[-1].text[-1]:
        return NOTHING
    return phrase_of(first[: _tail_start(first)])


def _shared_tail(items: list[Nodes], place: int) -> Phrase:
    """Return what a later item of a list says and this one shares: 产量 of 电池、机器人产量."""
    others, last = items[:-1], items[-1]
    if any(item[-1].label == "measure" for item in others):
        measured = next((item for item in items[place:] if item[-1].label == "measure"), items[place])
        return NOTHING if measured is items[place] else phrase_of(measured[max(1, _tail_start(measured)) :])
    if any(node.label == "conj" for node in last):
        return NOTHING
    item = phrase_of(items[place])
    whole = phrase_of(last)
    sizes = accumulate(len(node.text) for node in last[:-1])
    if len(item.text) in sizes:
        return whole.cut(len(item.text), len(whole.text))
    start = _tail_start(last) if has_measure(last[-1:]) else min(len(item) for item in others)
    if tail := phrase_of(last[max(1, start) :]):
        return tail.cut(_overlap(item.text, tail.text), len(tail.text))
    lengths = {len(phrase_of(item).text) for item in others}
    is_parallel = len(last) == 1 and len(lengths) == 1 and not (_is_thing(items[place]) and _is_thing(last))
    return whole.cut(lengths.pop(), len(whole.text)) if is_parallel else NOTHING


def _is_thing(item: Nodes) -> bool:
    """Whether an item is one noun of two characters or more, which lacks nothing: 井盖 of 井盖和对讲机."""
    return len(item) == 1 and item[0].label == "noun" and item[0].tag[:1] == "n" and len(item[0].text) > 1


def _overlap(head: str, tail: str) -> int:
    """Return how many characters `head` ends with that `tail` begins with, 0 if fewer than two."""
    for size in range(min(len(head), len(tail)), 1, -1):
        if head.endswith(tail[:size]):
            return size
    return 0


def put(phrase: Phrase, word: str, part: str) -> Phrase:
    """Return `phrase` with `part` in place of `word`, read from where that stands."""
    start = phrase.text.index(word)
    spans = phrase.cut(start, start + len(word)).spans
    end = start + len(word)
    return phrase.cut(0, start) + Phrase((Piece(part, spans[0][0], spans[-1][1]),)) + phrase.cut(end, len(phrase.text))


def _tail_start(item: Nodes) -> int:
    """Return where the measure of a list's last item begins, with the verbal words before it: 参保人数."""
    start = len(item) - len(measure_tail(item))
    while start > 1 and item[start - 1].label in _MODIFIERS:
        start -= 1
    return start
