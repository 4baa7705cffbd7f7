"""The tables of counts as steps."""

from __future__ import annotations

import pytest

from extract.relations.lexicon import Lexicon
from extract.rulebook.lexical import Attribute, Counted, Ending, Formation, Usage


@pytest.fixture
def lexicon() -> Lexicon:
    """Return the steps of a few made counts."""
    usage = {
        "改造": Usage(word="改造", noun=70, verb=30, modifier=10, figure=20, object=18, subject=2),
        "飞": Usage(word="飞", noun=1, verb=2, modifier=0, figure=0, object=0, subject=0),
    }
    counted = {
        ("所", "学校"): Counted(unit="所", noun="学校", behind=30, before=10),
        ("个", "学校"): Counted(unit="个", noun="学校", behind=5, before=5),
        ("名", "-师"): Counted(unit="名", noun="-师", behind=20, before=0),
    }
    attributes = {"核销率": Attribute(word="核销率", bare=1, owned=19)}
    endings = {
        "学校": Ending(ending="学校", kind="building", count=40),
        "师": Ending(ending="师", kind="person", count=9),
    }
    formation = {
        "装": Formation(char="装", begins_verbs=30, begins_nouns=10, ends_verbs=20, ends_nouns=10),
        "运": Formation(char="运", begins_verbs=20, begins_nouns=10, ends_verbs=20, ends_nouns=5),
        "机": Formation(char="机", begins_verbs=5, begins_nouns=60, ends_verbs=2, ends_nouns=90),
    }
    return Lexicon(usage, counted, attributes, endings, formation)


def test_use_tells_how_often_a_word_is_a_noun(lexicon: Lexicon) -> None:
    assert lexicon.use("改造") == "3"


def test_word_seen_too_seldom_is_unknown(lexicon: Lexicon) -> None:
    assert (lexicon.use("飞"), lexicon.frame("飞"), lexicon.modifies("飞"), lexicon.governs("飞")) == ("?",) * 4


def test_frame_tells_whether_a_figure_is_of_the_object(lexicon: Lexicon) -> None:
    assert lexicon.frame("改造") == "4"


def test_noun_fits_the_unit_that_counts_it(lexicon: Lexicon) -> None:
    assert (lexicon.fit("所", "学校"), lexicon.fit("个", "学校"), lexicon.fit("名", "学校")) == ("4", "1", "n")


def test_unknown_noun_fits_by_its_ending(lexicon: Lexicon) -> None:
    assert (lexicon.fit("名", "厨师"), lexicon.fit("名", "苗圃")) == ("~4", "?")


def test_noun_with_an_owner_is_told(lexicon: Lexicon) -> None:
    assert (lexicon.owned("核销率"), lexicon.owned("学校")) == ("4", "?")


def test_kind_goes_by_the_longest_ending(lexicon: Lexicon) -> None:
    assert (lexicon.kind("民办学校"), lexicon.kind("厨师"), lexicon.kind("苗圃")) == ("building", "person", "?")


def test_word_is_made_like_a_verb_as_far_as_its_characters_begin_and_end_verbs(lexicon: Lexicon) -> None:
    assert [lexicon.made(word) for word in ("装运", "机运", "装机", "运机")] == ["3", "1", "0", "0"]


def test_making_of_a_word_that_is_no_pair_is_unknown(lexicon: Lexicon) -> None:
    assert (lexicon.made("装"), lexicon.made("装运机")) == ("?", "?")
