"""Which characters verbs and nouns are made of."""

from __future__ import annotations

from extract.mining.formation import dictionary, formation
from extract.rulebook.book import Rulebook
from extract.rulebook.lexical import Formation


def test_characters_are_counted_where_they_begin_and_end_words_of_two() -> None:
    words = [*[("装运", "v")] * 8, *[("运河", "n")] * 4]
    (row,) = formation(words)
    assert row == Formation(char="运", begins_verbs=0, begins_nouns=4, ends_verbs=8, ends_nouns=0)


def test_names_and_words_of_another_length_or_part_of_speech_are_not_counted() -> None:
    words = [("运河", "nr"), ("运河", "ns"), ("运河", "a"), ("运", "v"), ("运河边", "n")]
    assert formation(words * 9) == []


def test_shipped_table_is_what_the_dictionary_tells(book: Rulebook) -> None:
    assert {row.char: row for row in formation(dictionary())} == book.formation
