"""Sentences made of nouns, verbs and frames: what they say, in which order, and what their records are."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.evaluation.probe import Noun, Verb, digest, make
from extract.rulebook.book import Rulebook
from extract.rulebook.files import read_table

PROBE = Path(__file__).parents[1] / "probe"
RULES = Path(__file__).parents[2] / "rules"

FRAMES = """
- id: act
  pattern: "{verb}{noun}{n}{unit}，减少{p}%。"
  figures:
    - {figure: "{n}{unit}", unit: "{unit}", object: "{noun}|{verb}{noun}", predicate: "{verb}"}
    - {figure: "{p}%", unit: "%", scale: -1, object: "{noun}", predicate: "减少", kind: change}
- id: tools
  pattern: "{noun}和{noun2}{n2}万{unit2}。"
  fields: [tool]
  figures:
    - {figure: "{n2}万{unit2}", unit: "{unit2}", scale: 10000, object: "{noun}和{noun2}", predicate: "", status: planned}
"""
NOUNS = "noun,unit,field,kind_of\n铁锤,把,tool,工具\n木锯,把,tool,工具\n青松,棵,plant,树木\n"
VERBS = "verb,fields\n运走,tool plant\n借出,tool\n栽下,plant\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two frames, three nouns and three verbs."""
    for name, text in (("frames.yaml", FRAMES), ("nouns.csv", NOUNS), ("verbs.csv", VERBS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_same_seed_makes_the_same_sentences_and_another_others(folder: Path) -> None:
    first, again, other = make(folder, 1, 20), make(folder, 1, 20), make(folder, 2, 20)
    assert first == again
    assert [one.gold.document.text for one in first] != [one.gold.document.text for one in other]


def test_each_frame_is_made_as_often_as_asked(folder: Path) -> None:
    assert Counter(one.frame for one in make(folder, 1, 7)) == {"act": 7, "tools": 7}


def test_spans_of_records_are_their_text(folder: Path) -> None:
    for one in make(folder, 1, 20):
        assert [one.gold.document.text[r.start : r.end] for r in one.gold.records] == [r.text for r in one.gold.records]


def test_record_says_what_stands_in_the_sentence(folder: Path) -> None:
    made = make(folder, 1, 1)[0]
    level, change = made.gold.records
    noun, verb = made.words
    assert (level.object, level.predicate, level.kind) == (f"{noun}|{verb}{noun}", verb, "level")
    assert (change.value, change.unit, change.kind) == (-Decimal(change.text.removesuffix("%")), "%", "change")


def test_scale_and_status_of_a_figure_are_taken_over(folder: Path) -> None:
    (record,) = make(folder, 1, 1)[1].gold.records
    assert record.value == int(record.text.removesuffix("万把")) * 10000
    assert record.status == "planned"


def test_frame_is_made_of_the_fields_it_names(folder: Path) -> None:
    words = {word for one in make(folder, 1, 20) if one.frame == "tools" for word in one.words}
    assert words == {"铁锤", "木锯"}


def test_verb_is_of_the_field_of_the_noun(folder: Path) -> None:
    pairs = {one.words for one in make(folder, 1, 40) if one.frame == "act"}
    assert ("青松", "借出") not in pairs
    assert pairs >= {("青松", "栽下"), ("铁锤", "借出")}


def test_nouns_come_in_turn(folder: Path) -> None:
    counts = Counter(one.words[0] for one in make(folder, 1, 30) if one.frame == "act")
    assert set(counts.values()) == {10}


@pytest.mark.parametrize("name", ["frames.yaml", "nouns.csv", "verbs.csv"])
def test_digest_changes_with_each_file(folder: Path, name: str) -> None:
    before = digest(folder)
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert digest(folder) != before


WRONG = {
    "unknown-slot": ("frames.yaml", FRAMES.replace("{verb}{noun}{n}", "{verbs}{noun}{n}"), "slot"),
    "figure-not-there": ("frames.yaml", FRAMES.replace('figure: "{p}%"', 'figure: "{p}‰"'), "slot"),
    "unknown-key": ("frames.yaml", FRAMES.replace("scale", "times"), "times"),
    "no-noun-of-the-field": ("frames.yaml", FRAMES.replace("[tool]", "[star]"), "star"),
    "one-verb-only": ("verbs.csv", VERBS.replace("借出,tool", "借出,plant"), "tool"),
    "no-unit": ("nouns.csv", NOUNS.replace("unit,", "", 1), "unit"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_file_is_refused_by_its_name_and_fault(folder: Path, name: str) -> None:
    file, text, told = WRONG[name]
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        make(folder, 1, 1)
    assert caught.value.source == str(folder / file)
    assert told in caught.value.problem


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        make(tmp_path / "没有", 1, 1)


def test_words_of_the_probe_stand_in_no_rule(book: Rulebook) -> None:
    nouns, verbs = read_table(PROBE / "nouns.csv", Noun, "noun"), read_table(PROBE / "verbs.csv", Verb, "verb")
    words = {*nouns, *verbs}
    known = {*book.usage, *book.attributes, *book.lexicon, *(noun for _, noun in book.counted), *book.endings}
    texts = [path.read_text(encoding="utf-8") for path in RULES.glob("*.yaml")]
    named = {word for word, text in product(words, texts) if word in text}
    assert not named | (known & words)
