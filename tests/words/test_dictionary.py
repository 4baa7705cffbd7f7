"""Both dictionaries make the same words, those of jieba; guessed words may differ in their parts of speech."""

from __future__ import annotations

import random
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.schema import Term
from extract.words import dictionary as wordlist
from extract.words.dictionary import FastWordList, PlainWordList, Word
from extract.words.segmenter import Segmenter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
    import jieba.posseg

CORPUS = Path(__file__).parents[2] / "corpus"
TERMS = (Term(word="口袋公园", tag="n"), Term(word="改造", tag="vn"))
UNCUT = ("一个", "万元")
FILLERS = "的了2024年3.5%，A股abc-+ \u3000%#&._γ①㐀𠀀三五几十万亿元超"


def words_of_jieba(count: int, seed: int) -> list[str]:
    with jieba.get_dict_file() as file:
        lines = file.read().decode().splitlines()
    return random.Random(seed).choices([line.split(" ")[0] for line in lines], k=count)


def made_texts() -> list[str]:
    chance = random.Random(7)
    words = words_of_jieba(4000, seed=8)
    rows = (
        [chance.choice(words) if chance.random() < 0.7 else chance.choice(FILLERS) for _ in range(12)]
        for _ in range(1500)
    )
    return ["".join(row) for row in rows]


@pytest.fixture(scope="module")
def plain() -> PlainWordList:
    return PlainWordList(TERMS, UNCUT)


@pytest.fixture(scope="module")
def fast() -> FastWordList:
    return FastWordList(TERMS, UNCUT)


def test_jieba_rs_is_there() -> None:
    assert wordlist.rjieba is not None


@pytest.mark.parametrize("guess", [True, False])
def test_both_cut_the_corpus_alike(plain: PlainWordList, fast: FastWordList, guess: bool) -> None:
    def words(cut: Sequence[Word]) -> list[Word]:
        terms = {term.word for term in TERMS}
        return [
            (word, tag if fast.knows(word) and word not in terms else "") for word, tag in cut if not word.isascii()
        ]

    for path in sorted(CORPUS.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert words(fast.cut(line, guess)) == words(plain.cut(line, guess))


def test_both_make_the_same_words_of_any_row_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = Segmenter(TERMS, UNCUT)
    monkeypatch.setattr(wordlist, "rjieba", None)
    plain = Segmenter(TERMS, UNCUT)
    for text in made_texts():
        assert [word for word, _ in fast.words(text)] == [word for word, _ in plain.words(text)], text


def test_words_are_those_of_jieba_where_the_lexicon_adds_none() -> None:
    words, reference = FastWordList((), ()), jieba.Tokenizer()
    for text in made_texts():
        chinese = "".join(char for char in text if "\u4e00" <= char <= "\u9fd5")
        assert [word for word, _ in words.cut(chinese)] == reference.lcut(chinese), text


@pytest.mark.parametrize("kind", [PlainWordList, FastWordList])
def test_term_is_not_cut_and_has_its_tag(kind: type[PlainWordList | FastWordList]) -> None:
    assert ("口袋公园", "n") in kind(TERMS, UNCUT).cut("新建口袋公园60个")


@pytest.mark.parametrize("kind", [PlainWordList, FastWordList])
def test_tag_of_a_term_takes_the_place_of_the_dictionarys(kind: type[PlainWordList | FastWordList]) -> None:
    assert kind((), ()).tag("改造") == "v"
    assert kind(TERMS, UNCUT).tag("改造") == "vn"


@pytest.mark.parametrize("kind", [PlainWordList, FastWordList])
def test_word_taken_out_is_cut_and_not_known(kind: type[PlainWordList | FastWordList]) -> None:
    words = kind(TERMS, UNCUT)
    assert not words.knows("万元")
    assert [word for word, _ in words.cut("万元")] == ["万", "元"]


@pytest.mark.parametrize("kind", [PlainWordList, FastWordList])
def test_word_that_is_likelier_cut_still_has_its_tag(kind: type[PlainWordList | FastWordList]) -> None:
    words = kind((), ())
    divided = [
        word
        for word in words_of_jieba(3000, seed=9)
        if len(word) > 1 and words.knows(word) and len(words.cut(word)) > 1
    ]
    assert divided
    assert all(words.tag(word) == PlainWordList((), ()).tag(word) for word in divided[:5])


@pytest.mark.parametrize("kind", [PlainWordList, FastWordList])
def test_unknown_word_has_no_tag(kind: type[PlainWordList | FastWordList]) -> None:
    words = kind((), ())
    assert not words.knows("囧囧囧")
    assert words.tag("囧囧囧") == ""


@pytest.mark.parametrize("kind", [PlainWordList, FastWordList])
def test_name_that_no_dictionary_has_is_guessed_whole(kind: type[PlainWordList | FastWordList]) -> None:
    words = kind((), ())
    assert ("龚炜炜", "nr") in words.cut("局长龚炜炜同志")
    assert "龚炜炜" not in [word for word, _ in words.cut("局长龚炜炜同志", guess=False)]


def test_jieba_keeps_its_own_words_where_there_is_no_jieba_rs(plain: PlainWordList) -> None:
    assert not plain.knows("万元")
    assert jieba.lcut("资金万元") == ["资金", "万元"]


def test_almost_all_records_are_the_same_without_jieba_rs(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordlist, "rjieba", None)
    slow = Pipeline()
    same = []
    for path in sorted(CORPUS.glob("*.txt")):
        document = Document(path.stem, path.read_text(encoding="utf-8"))
        same += [one == other for one, other in zip(slow.metrics(document), pipeline.metrics(document), strict=True)]
    assert sum(same) >= 0.99 * len(same)
