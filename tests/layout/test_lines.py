from __future__ import annotations

import sys
import unicodedata

import pytest

from extract.layout.lines import text_width


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("增长5.1%", 4), ("“一带一路”——", 8), ("GDP", 1.5), ("𠮷🚀é✓", 3.5)]
)
def test_letters_and_digits_are_half_as_wide(text: str, width: float) -> None:
    assert text_width(text) == width


def test_every_character_has_the_width_that_unicode_tells() -> None:
    for char in map(chr, range(sys.maxunicode + 1)):
        assert text_width(char) == (1 if unicodedata.east_asian_width(char) in "WFA" else 0.5), hex(ord(char))
