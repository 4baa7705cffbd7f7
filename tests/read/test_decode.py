"""Decoding bytes whose encoding nobody tells: which one it is, what is lost, what is refused."""

from __future__ import annotations

import codecs
import contextlib
import random
from pathlib import Path

import opencc
import pytest

from extract.errors import InputError
from extract.model.document import Repair
from extract.read.decode import decode_bytes

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))
SENTENCE = "全市新增城镇就业3.2万人，同比增长5.1%。\n"
TRADITIONAL = "臺北市政府今天公布預算數字，較去年增加百分之五。\n"
UNMARKED = ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]


def pieces(length: int) -> list[str]:
    """Return stretches of so many characters from the corpus, the same in every run."""
    chance = random.Random(length)
    found: list[str] = []
    for path in CORPUS:
        text = path.read_text(encoding="utf-8").replace("\n", "")
        cuts = [text[at : at + length] for at in range(0, len(text) - length, length)]
        found += chance.sample(cuts, min(8, len(cuts)))
    return [piece for piece in found if not piece.isascii()]


def fault_of(data: bytes) -> InputError:
    """Return the error that decoding `data` ends in."""
    with pytest.raises(InputError) as caught:
        decode_bytes(data, "稿.txt")
    return caught.value


def encoded(texts: list[str], encoding: str) -> list[bytes]:
    """Return the texts in an encoding, those that it cannot hold left out."""
    found = []
    for text in texts:
        with contextlib.suppress(UnicodeEncodeError):
            found.append(text.encode(encoding))
    return found


@pytest.mark.parametrize("encoding", [*UNMARKED, "gbk"])
@pytest.mark.parametrize("length", [10, 20, 50, 200])
def test_stretch_of_a_press_release_is_read_in_its_encoding(length: int, encoding: str) -> None:
    found = encoded(pieces(length), encoding)
    assert len(found) >= 40
    assert [data for data in found if decode_bytes(data, "s")[0] != data.decode(encoding)] == []


@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
@pytest.mark.parametrize("length", [20, 50, 200])
def test_stretch_in_traditional_characters_is_read_in_its_encoding(length: int, encoding: str) -> None:
    convert = opencc.OpenCC("s2tw").convert
    found = encoded([convert(piece) for piece in pieces(length)], encoding)
    assert len(found) >= 20
    assert [data for data in found if decode_bytes(data, "s")[0] != data.decode(encoding)] == []


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", UNMARKED)
def test_whole_press_release_is_read_in_its_encoding(path: Path, encoding: str) -> None:
    text = path.read_bytes().decode()
    assert decode_bytes(text.encode(encoding), "s") == (text, encoding, ())


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_byte_order_mark_tells_the_encoding_and_is_not_counted(mark: bytes, encoding: str, name: str) -> None:
    assert decode_bytes(mark + SENTENCE.encode(encoding), "s") == (SENTENCE, name, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("联通", "gb18030"),
        ("嘉峪关市", "gb18030"),
        ("濮阳、漯河、鹤壁、亳州、衢州、滁州、郴州、儋州、泸州", "gb18030"),
        ("臺北", "big5"),
        ("恆生銀行公布業績", "big5"),
        ("宏碁公布業績", "cp950"),
        ("佢哋嘅嘢喺邊度，我唔知道", "big5hkscs"),
        ("Hello world", "utf-16-le"),
        ("2024", "utf-16-be"),
        ("안녕하세요 세계", "utf-8"),
        ("😀", "utf-8"),
        ("GDP 5.3%", "utf-8"),
    ],
)
def test_very_short_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode_bytes(text.encode(encoding), "s") == (text, encoding, ())


def test_text_behind_a_long_run_of_ascii_tells_the_encoding() -> None:
    text = "<p class=a>\n" * 10_000 + SENTENCE
    assert decode_bytes(text.encode("gb18030"), "s") == (text, "gb18030", ())


def test_encoding_that_is_told_is_taken_where_all_fits() -> None:
    data = "璃".encode("big5")
    assert decode_bytes(data, "s", "big5")[:2] == ("璃", "big5")
    assert decode_bytes(data, "s", "gb18030")[1] == "gb18030"


@pytest.mark.parametrize("told", ["gb18030", "big5"])
def test_utf_8_is_read_as_such_whatever_is_told(told: str) -> None:
    assert decode_bytes(SENTENCE.encode(), "s", told) == (SENTENCE, "utf-8", ())


def test_told_encoding_that_does_not_fit_is_passed_over() -> None:
    assert decode_bytes(SENTENCE.encode("gb18030"), "s", "big5") == (SENTENCE, "gb18030", ())


@pytest.mark.parametrize("text", ["一\r\n二\r\n", "一\n二", "一\r二"], ids=ascii)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_line_ends_stay_as_they_are(text: str, encoding: str) -> None:
    assert decode_bytes(text.encode(encoding), "s")[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(SENTENCE, "utf-8"), (SENTENCE, "gb18030"), (TRADITIONAL, "big5"), (SENTENCE, "utf-16-le")]
)
def test_bytes_cut_off_at_the_end_are_lost_and_told(text: str, encoding: str) -> None:
    data = (text * 20).strip().encode(encoding)[:-1]
    place = len(text) * 20 - 2
    decoded, name, repairs = decode_bytes(data, "s")
    assert (decoded, name) == ((text * 20)[:place] + "\ufffd", encoding)
    start = len(decoded[:-1].encode(encoding))
    assert repairs == (
        Repair("undecodable bytes", place, place + 1, f"byte {start}: {data[start:].hex(' ')} in {encoding}"),
    )


@pytest.mark.parametrize(("text", "encoding"), [(SENTENCE, "utf-8"), (SENTENCE, "gb18030"), (TRADITIONAL, "big5")])
def test_one_bad_byte_does_not_change_the_encoding(text: str, encoding: str) -> None:
    whole = text.encode(encoding)
    decoded, name, repairs = decode_bytes(whole * 20 + b"\xff\n" + whole * 20, "s")
    assert (decoded, name) == (text * 20 + "\ufffd\n" + text * 20, encoding)
    start = len(text) * 20
    assert repairs == (Repair("undecodable bytes", start, start + 1, f"byte {len(whole) * 20}: ff in {encoding}"),)


def test_short_text_may_hold_one_bad_byte() -> None:
    text, _, repairs = decode_bytes(SENTENCE.strip().encode()[:-1], "s")
    assert text == SENTENCE.strip()[:-1] + "\ufffd"
    assert len(repairs) == 1


def test_bad_bytes_that_stand_together_are_one_repair() -> None:
    repairs = decode_bytes(SENTENCE.encode() * 20 + b"\xff\xfe\xff", "s")[2]
    assert [repair.detail for repair in repairs] == [f"byte {len(SENTENCE.encode()) * 20}: ff fe ff in utf-8"]


def test_byte_offset_counts_the_byte_order_mark() -> None:
    repairs = decode_bytes(codecs.BOM_UTF8 + SENTENCE.encode() + b"\xff", "s")[2]
    assert [repair.detail for repair in repairs] == [f"byte {3 + len(SENTENCE.encode())}: ff in utf-8-sig"]


def test_replacement_character_of_the_source_is_no_loss_and_hides_none() -> None:
    text, _, repairs = decode_bytes(("坏\ufffd" + SENTENCE).encode() + b"\xff", "s")
    assert text == "坏\ufffd" + SENTENCE + "\ufffd"
    assert [(repair.start, repair.end) for repair in repairs] == [(len(text) - 1, len(text))]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_nul_character_stays_and_is_told(encoding: str) -> None:
    text = "新增\0\0" + SENTENCE * 4
    assert decode_bytes(text.encode(encoding), "s") == (text, encoding, (Repair("NUL character", 2, 4),))


def test_repairs_are_in_the_order_of_the_text() -> None:
    data = SENTENCE.encode() * 5 + b"\0" + SENTENCE.encode() + b"\xff" + SENTENCE.encode() * 5 + b"\0"
    starts = [repair.start for repair in decode_bytes(data, "s")[2]]
    assert starts == sorted(starts)
    assert len(starts) == 3


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", "　　\r\n".encode("gb18030"), "　\n".encode("utf-16"), codecs.BOM_UTF16_LE, "\u200b\xa0".encode()],
    ids=ascii,
)
def test_blank_is_refused(data: bytes) -> None:
    assert (fault_of(data).source, fault_of(data).problem) == ("稿.txt", "empty")


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"\0",
        b"\0" * 100,
        b"\x89PNG\r\n\x1a\n\0\0",
        b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0>\0\x01\0\0\0",
        b"\x01\x02\x03abc" * 10,
        random.Random(1).randbytes(5000),
        SENTENCE.encode() * 4 + SENTENCE.encode("gb18030") * 2,
    ],
    ids=["byte", "NUL", "NULs", "PNG", "ELF", "controls", "random", "two encodings"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    assert fault_of(data).problem == "binary, not text"


def test_first_nul_byte_of_a_binary_file_is_named() -> None:
    assert fault_of(b"\x89PNG\r\n\x1a\n\0\0").where == "byte 8"


def test_first_undecodable_byte_is_named_where_there_is_no_nul() -> None:
    data = SENTENCE.encode()
    assert fault_of(data + b"\xff" * 10).where == f"byte {len(data)}"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("これはテストです。日本語の文章。" * 5, "shift_jis"), ("한국어 텍스트입니다. " * 5, "euc-kr")],
)
def test_other_encoding_is_refused_rather_than_misread(text: str, encoding: str) -> None:
    fault = fault_of(text.encode(encoding))
    assert (fault.problem, fault.hint) == ("in an encoding that cannot be told", "save it as UTF-8")
