"""A text as rows of words and figures, clause by clause: what everything here counts over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from extract.mentions.times import Reference
from extract.model.document import Document
from extract.model.quantity import Quantity
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook
from extract.words.dictionary import word_list
from extract.words.segmenter import class_terms

_STOPS: Final = frozenset("，,；;：:。！？!?…—（）()【】")
_UNSEEN: Final = frozenset("“”‘’「」『』《》\"'·")
_LIST: Final = frozenset("、/／")
_NO_TIME: Final = Reference(2023, 7, 2023)
"""What relative times count from: no period is counted, so any year does."""

ItemKind = Literal["word", "quantity", "rank", "time", "area", "list"]


class Item(NamedTuple):
    """A word, or a span that is more than a word.

    `text` is the word, or the unit of a quantity; `tag` the part of speech, or the dimension of the unit.
    """

    kind: ItemKind
    text: str
    tag: str


Row = tuple[Item, ...]
"""What stands between two stops."""


class RowMaker:
    """Makes rows with the stages of a pipeline over the rules `book`."""

    def __init__(self, pipeline: Pipeline, book: Rulebook) -> None:
        self._layout = pipeline.layout
        self._segmenter = pipeline.segmenter
        self._quantities = pipeline.quantities
        self._times = pipeline.times
        self._areas = pipeline.areas
        self._suffixes = frozenset(book.words.suffixes)
        self._generic_areas = book.words.generic_areas
        self._terms = frozenset(term.word for term in class_terms(book.words))
        self._dictionary = word_list(())
        self._tags: dict[str, str] = {}

    def rows(self, name: str, text: str) -> Iterator[Row]:
        """Yield the rows of a document in order, page furniture and cells of tables left out."""
        for article in self._layout.lay_out(Document(name, text)).articles:
            for sentence in article.sentences:
                if sentence.role not in ("furniture", "cell"):
                    yield from self.sentence_rows(sentence.text)

    def sentence_rows(self, text: str) -> Iterator[Row]:
        """Yield the rows of a sentence in order."""
        row: list[Item] = []
        for item in self._items(text):
            if item is None:
                if row:
                    yield tuple(row)
                row = []
            else:
                row.append(item)
        if row:
            yield tuple(row)

    def _items(self, text: str) -> Iterator[Item | None]:
        """Yield the items of `text`, None for a stop."""
        position = 0
        for start, end, item in self._spans(text):
            if start >= position:
                yield from self._words(text[position:start])
                yield item
                position = end
        yield from self._words(text[position:])

    def _spans(self, text: str) -> list[tuple[int, int, Item]]:
        """Return what is more than a word; of two that overlap, quantities come first, then times, then areas."""
        spans: list[tuple[int, int, Item]] = []
        found = self._quantities.find(text, self._segmenter.segment)
        spans += [(quantity.outer_start, quantity.outer_end, _figure(quantity)) for quantity in found]
        for time in self._times.find(text, _NO_TIME):
            _claim(spans, time.phrase_start, time.end, Item("time", "", ""))
        for mention in self._areas.find(text):
            _claim(spans, mention.start, mention.end, Item("area", text[mention.start : mention.end], ""))
        return sorted(spans)

    def _words(self, text: str) -> Iterator[Item | None]:
        """Yield the words of a stretch of text, None for a stop; 率, 量 and such are one with the word before."""
        last: Item | None = None
        for word, tag in self._segmenter.words(text):
            item = self._item(word, tag)
            if last and word in self._suffixes and last.kind == "word":
                last = Item("word", last.text + word, "n")
                continue
            if last:
                yield last
            last = item
            if not item and word in _STOPS:
                yield None
        if last:
            yield last

    def _item(self, word: str, tag: str) -> Item | None:
        """Return a word as an item, None for a stop and for what says nothing."""
        if word in _LIST:
            return Item("list", word, "")
        if word in self._generic_areas:
            return Item("area", word, "")
        if not word.strip() or word in _UNSEEN or word in _STOPS:
            return None
        return Item("word", word, self._tag(word, tag))

    def _tag(self, word: str, tag: str) -> str:
        """Return the part of speech of `word` in jieba's dictionary; of one that only the rules know, that of its end.

        `tag` is that of the segmenter, which the rules may have told.
        """
        if word not in self._tags:
            known = self._dictionary.tag(word)
            self._tags[word] = known or (self._dictionary.cut(word)[-1][1] if word in self._terms else tag)
        return self._tags[word]


def _figure(quantity: Quantity) -> Item:
    return Item("rank" if quantity.form == "rank" else "quantity", quantity.unit, quantity.dimension)


def _claim(spans: list[tuple[int, int, Item]], start: int, end: int, item: Item) -> None:
    if all(end <= low or high <= start for low, high, _ in spans):
        spans.append((start, end, item))
