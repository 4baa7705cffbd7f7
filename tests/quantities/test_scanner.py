"""Where the shapes of quantities are found, with and without their patterns."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from extract.quantities.scanner import Run, Scanner, Single, Singles
from extract.quantities.shapes import Shapes
from extract.rulebook.book import Rulebook
from extract.words.numerals import NumeralGrammar

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture
def scanner() -> Scanner:
    patterns = {"range": "[0-9]+个?至[0-9]+个", "single": "(?:[0-9]+|数[百千])个", "double": "翻一番"}
    run = Run("0123456789个", {"至": patterns["range"]})
    return Scanner(patterns, ("single", "double"), run, ("single", Singles("[0-9]+", {"个": ""}, (), "半")))


def found(scanner: Scanner, text: str, is_simple: bool = True) -> list[tuple[str, str]]:
    matches = scanner.matches(text, is_simple)
    return [("single", m.text) if isinstance(m, Single) else (str(m.lastgroup), m[0]) for m in matches]


def test_scanner_takes_the_first_pattern_that_fits_at_each_place(scanner: Scanner) -> None:
    text = "3至5个，翻一番，60个，数百个"
    assert found(scanner, text) == [("range", "3至5个"), ("double", "翻一番"), ("single", "60个"), ("single", "数百个")]


def test_scanner_finds_the_same_whether_it_looks_for_simple_places_or_not(scanner: Scanner) -> None:
    text = "3至5个，12个至20个，翻一番60个，7个至今"
    assert found(scanner, text) == found(scanner, text, is_simple=False)


def test_scanner_goes_on_behind_a_place_where_nothing_fits(scanner: Scanner) -> None:
    assert found(scanner, "翻12，数个，5个") == [("single", "5个")]


def test_pattern_that_may_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="single may begin with anything"):
        Scanner({"single": ".个"}, (), Run("个", {"至": "至"}), ("single", Singles(".", {"个": ""}, (), "半")))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5万亿元", "亿元"),
        ("5万 元", "元"),
        ("5项工程", "项"),
        ("5处罚单", None),
        ("5台套设备", "台套"),
        ("5台（套）", None),
        ("5万", None),
        ("五个", None),
    ],
)
def test_single_has_the_longest_unit_or_is_left_to_the_pattern(text: str, unit: str | None) -> None:
    singles = Singles("[0-9]+万?", {"亿元": "", "元": "", "项": "目", "处": "罚", "台": "", "台套": ""}, ("米",), "半")
    single = singles.at(text, 0)
    assert (single and single.unit) == unit


def test_what_is_found_without_the_pattern_is_what_the_pattern_finds(book: Rulebook) -> None:
    grammar = NumeralGrammar(book.numerals, tuple(book.units))
    singles = Singles(grammar.number, {surface: unit.not_before for surface, unit in book.units.items()}, (), "半")
    pattern = regex.compile(Shapes(grammar, book.units, ["超"]).patterns()["s_single"])
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))
    places = [match.start() for match in regex.finditer("(?<![0-9])[0-9]", text)]
    plain = [(single, pattern.match(text, place)) for place in places if (single := singles.at(text, place))]
    assert len(plain) > len(places) / 3
    for single, match in plain:
        assert match is not None
        assert (single.text, single.number, single.unit) == (match[0], match["number"], match["unit"])
