"""Guesses words and parts of speech where the dictionary has single characters only, with jieba's Markov model."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Final

from extract.matching.bounded import remember

_UNSEEN: Final = -3.14e100
"""The log probability that jieba gives a character in a state in which its corpus does not have it."""
_NEVER: Final = float("-inf")
_REMEMBERED: Final = 1 << 10
"""So many sets of states keep those that may follow them, ten kilobytes each, before all are forgotten."""
_FEW: Final = 4
"""A state that follows no more than so many others is looked up in each of them."""

Word = tuple[str, str]
"""A word and its part of speech."""


def jieba_folder() -> Path:
    """Return where jieba's files are, without importing it, which takes long. Raises ModuleNotFoundError."""
    jieba = importlib.util.find_spec("jieba")
    if jieba is None or jieba.origin is None:
        raise ModuleNotFoundError("jieba is not installed")
    return Path(jieba.origin).parent


def _table(name: str) -> Any:
    """Return the numbers of a module of `jieba.posseg`."""
    path = jieba_folder() / "posseg" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"jieba_posseg_{name}", path)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{path} is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.P


class MarkovModel:
    """The hidden Markov model of `jieba.posseg`, with its numbers and its results.

    A state is a place in a word (B, M, E, S) and a part of speech. States are numbered in their own order, so
    that what is equally likely is decided as jieba does.
    """

    def __init__(self) -> None:
        transitions, starts, emits = _table("prob_trans"), _table("prob_start"), _table("prob_emit")
        self._states: list[Word] = sorted(transitions)
        number = {state: index for index, state in enumerate(self._states)}
        self._all = list(range(len(self._states)))
        self._start = [starts[state] for state in self._states]
        self._states_of = {
            char: [number[state] for state in states] for char, states in _table("char_state_tab").items()
        }
        self._emit = [emits[state] for state in self._states]
        follows = [{number[to]: chance for to, chance in transitions[state].items()} for state in self._states]
        self._follows = [frozenset(after) for after in follows]
        self._chance = [{state: row[to] for state, row in enumerate(follows) if to in row} for to in self._all]
        """By a state, the states that it may follow, each with the log probability that it does."""
        self._most = [max(chances.values(), default=_NEVER) for chances in self._chance]
        self._expected: dict[frozenset[int], frozenset[int]] = {}
        """The states that may follow any of some states, by these."""

    def words(self, text: str) -> list[Word]:
        """Return the words of `text`, Chinese characters alone, as the most probable row of states has them."""
        words: list[Word] = []
        begin = 0
        path = self._path(text)
        for place, state in enumerate(path):
            position, tag = self._states[state]
            if position == "B":
                begin = place
            elif position == "E":
                words.append((text[begin : place + 1], tag))
                begin = place + 1
            elif position == "S":
                words.append((text[place], tag))
                begin = place + 1
        if begin < len(text):
            words.append((text[begin:], self._states[path[begin]][1]))
        return words

    def _path(self, text: str) -> list[int]:
        first = self._states_of.get(text[0], self._all)
        chances = {state: self._start[state] + self._emit[state].get(text[0], _UNSEEN) for state in first}
        backs: list[dict[int, int]] = []
        for char in text[1:]:
            chances, back = self._step(chances, char)
            backs.append(back)
        state = max((chance, state) for state, chance in chances.items())[1]
        path = [state]
        for back in reversed(backs):
            state = back[state]
            path.append(state)
        return path[::-1]

    def _step(self, chances: dict[int, float], char: str) -> tuple[dict[int, float], dict[int, int]]:
        """Return the log probability of each state that `char` may have, and the state before it."""
        before = frozenset([state for state in chances if self._follows[state]])
        expected = self._expected.get(before)
        if expected is None:
            follows = frozenset[int]().union(*(self._follows[state] for state in before))
            expected = remember(self._expected, before, follows, _REMEMBERED)
        states = expected.intersection(self._states_of.get(char, self._all)) or expected or self._all
        likeliest = sorted([(chances[state], state) for state in before], reverse=True)
        after: dict[int, float] = {}
        back: dict[int, int] = {}
        for state in states:
            emitted = self._emit[state].get(char, _UNSEEN)
            row = self._chance[state]
            if expected and len(row) <= _FEW:
                after[state], back[state] = self._best_of_few(chances, row, emitted)
            else:
                after[state], back[state] = self._best(likeliest, row, self._most[state], emitted)
        return after, back

    @staticmethod
    def _best_of_few(before: dict[int, float], chances: dict[int, float], emitted: float) -> tuple[float, int]:
        """Return what `_best` does, by the few states of `chances`, of which some are among those `before`."""
        best, origin = _NEVER, -1
        for old, chance in chances.items():
            known = before.get(old)
            if known is not None:
                likely = known + chance + emitted
                if likely > best or (likely == best and old > origin):
                    best, origin = likely, old
        return best, origin

    @staticmethod
    def _best(
        likeliest: list[tuple[float, int]], chances: dict[int, float], most: float, emitted: float
    ) -> tuple[float, int]:
        """Return the log probability of a state and the one of the states before it that makes it so likely.

        `likeliest` are those states, the likeliest first, `chances` that it follows each, `most` the best of them.
        """
        best, origin = _NEVER, -1
        for chance, old in likeliest:
            if chance + most + emitted < best:
                break
            likely = chance + chances.get(old, _NEVER) + emitted
            if likely > best or (likely == best and old > origin):
                best, origin = likely, old
        return best, origin
