"""The exact number that a numeral says, for every way of writing one."""

from __future__ import annotations

from decimal import Decimal

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extract.matching.patterns import alternation
from extract.words.numerals import NumeralGrammar

SINGLE = [
    # Arabic
    ("0", "0"), ("7", "7"), ("60", "60"), ("2500", "2500"), ("0.3", "0.3"), ("3.20", "3.2"), ("100.0", "100"),
    # full width
    ("１２３", "123"), ("３．２", "3.2"), ("１，２３４", "1234"), ("５万", "50000"),
    # thousands commas
    ("3,500", "3500"), ("1,234,567", "1234567"), ("1,100万", "11000000"), ("2,500.75", "2500.75"),
    # signs
    ("+5.5", "5.5"), ("-0.3", "-0.3"), ("−1.2", "-1.2"), ("－12", "-12"), ("＋3", "3"), ("-2.5万", "-25000"),
    # Arabic with a scale
    ("3.2万", "32000"), ("1.5亿", "150000000"), ("2万亿", "2000000000000"), ("1.34万亿", "1340000000000"),
    ("5千万", "50000000"), ("3百万", "3000000"), ("20万", "200000"), ("8千", "8000"), ("6百", "600"),
    ("4千亿", "400000000000"), ("2百亿", "20000000000"), ("0.1亿", "10000000"),
    # Chinese
    ("零", "0"), ("〇", "0"), ("一", "1"), ("两", "2"), ("九", "9"), ("十", "10"), ("十二", "12"), ("一十二", "12"),
    ("二十", "20"), ("三十五", "35"), ("一百", "100"), ("两百", "200"), ("一百零五", "105"), ("一百一十", "110"),
    ("三千五百", "3500"), ("两千零五", "2005"), ("两千零五十", "2050"), ("一万", "10000"), ("一万零一十二", "10012"),
    ("十万", "100000"), ("十二万三千", "123000"), ("三百万", "3000000"), ("五千六百万", "56000000"),
    ("一亿零三百", "100000300"), ("一亿二千万", "120000000"), ("二十万亿", "20000000000000"),
    ("一万亿", "1000000000000"), ("一万二千亿", "1200000000000"), ("三千万亿", "3000000000000000"),
    ("二〇二六", "2026"), ("二〇〇", "200"), ("百", "100"), ("千", "1000"), ("万", "10000"), ("亿", "100000000"),
    ("百万", "1000000"), ("千万", "10000000"), ("万亿", "1000000000000"),
    # Chinese with a decimal point
    ("三点五", "3.5"), ("零点三", "0.3"), ("十二点零五", "12.05"), ("三点五万", "35000"), ("一点二亿", "120000000"),
    # Chinese that leaves out the last scale
    ("三百六", "360"), ("两千五", "2500"), ("一万二", "12000"), ("一亿五", "150000000"),
]  # fmt: skip

VAGUE = [
    ("两百余", "200"), ("2500余", "2500"), ("十几", "10"), ("十来", "10"), ("十余", "10"), ("三百多", "300"),
    ("数千", "1000"), ("上百", "100"), ("上千", "1000"), ("上万", "10000"), ("几十", "10"), ("好几百", "100"),
    ("数十万", "100000"), ("上百万", "1000000"), ("几百万", "1000000"), ("数千亿", "100000000000"), ("成千", "1000"),
    ("百余", "100"), ("千余", "1000"), ("万余", "10000"), ("20多万", "200000"), ("3万多", "30000"),
    ("十多万", "100000"), ("十几万", "100000"), ("二十余万", "200000"), ("5100多亿", "510000000000"),
    ("1.2万余", "12000"), ("三万余", "30000"), ("一千五百多", "1500"), ("百余万", "1000000"),
]  # fmt: skip

PAIRS = [
    ("三五百", "300", "500"), ("五六百万", "5000000", "6000000"), ("三四十", "30", "40"), ("十五六", "15", "16"),
    ("二三十万", "200000", "300000"), ("七八千", "7000", "8000"), ("两三百", "200", "300"), ("一两万", "10000", "20000"),
    ("三五", "3", "5"), ("七八", "7", "8"), ("两三", "2", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("numeral", "number"), SINGLE)
def test_value_is_the_exact_number_of(grammar: NumeralGrammar, numeral: str, number: str) -> None:
    assert grammar.value(numeral) == (Decimal(number), None)


@pytest.mark.parametrize(("numeral", "number"), VAGUE)
def test_value_drops_the_vague_word_of(grammar: NumeralGrammar, numeral: str, number: str) -> None:
    assert grammar.value(numeral) == (Decimal(number), None)


@pytest.mark.parametrize(("numeral", "low", "high"), PAIRS)
def test_two_digits_in_a_row_are_a_range_in(grammar: NumeralGrammar, numeral: str, low: str, high: str) -> None:
    assert grammar.value(numeral) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("numeral", [numeral for numeral, _ in VAGUE])
def test_vague_word_is_noticed_in(grammar: NumeralGrammar, numeral: str) -> None:
    assert grammar.is_vague(numeral)


@pytest.mark.parametrize("numeral", [numeral for numeral, _ in SINGLE] + [numeral for numeral, *_ in PAIRS])
def test_no_vague_word_is_seen_in(grammar: NumeralGrammar, numeral: str) -> None:
    assert not grammar.is_vague(numeral)


@pytest.mark.parametrize("numeral", [surface for surface, *_ in SINGLE + VAGUE + PAIRS])
def test_pattern_matches_the_whole_of(grammar: NumeralGrammar, numeral: str) -> None:
    assert regex.fullmatch(grammar.numeral, numeral)


@pytest.mark.parametrize("text", ["", "年", "abc", "个", "点", "号", "，"])
def test_value_refuses_what_is_no_numeral(grammar: NumeralGrammar, text: str) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        grammar.value(text)


@pytest.mark.parametrize("text", ["年", "个", "增长", "abc", "，", "％"])
def test_pattern_matches_nothing_in(grammar: NumeralGrammar, text: str) -> None:
    assert regex.search(grammar.numeral, text) is None


def test_pattern_leaves_the_scale_that_begins_a_unit(grammar: NumeralGrammar) -> None:
    match = regex.match(grammar.numeral, "500千瓦")
    assert match is not None
    assert match[0] == "500"


def test_pattern_takes_the_scale_before_a_unit(grammar: NumeralGrammar) -> None:
    match = regex.match(grammar.numeral, "3万千瓦")
    assert match is not None
    assert match[0] == "3万"


def test_pattern_stops_before_a_group_that_has_not_three_digits(grammar: NumeralGrammar) -> None:
    match = regex.match(grammar.numeral, "1,23")
    assert match is not None
    assert match[0] == "1"


def test_alternation_prefers_the_longest_word() -> None:
    match = regex.match(alternation(("几", "好几", "好")), "好几百")
    assert match is not None
    assert match[0] == "好几"


def test_alternation_takes_signs_for_themselves() -> None:
    assert regex.fullmatch(alternation(("+", ".")), "x") is None


def test_alternation_refuses_an_empty_list() -> None:
    with pytest.raises(ValueError, match="empty"):
        alternation(())


DIGITS = "零一二三四五六七八九"


def write_section(number: int) -> str:
    """Return a number below 10000 in Chinese, without a leading 零."""
    text = ""
    gap = False
    for power, scale in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + scale
            gap = False
        else:
            gap = True
    return text


def write_chinese(number: int) -> str:
    """Return a number below 10^16 in Chinese as it is read aloud."""
    if number == 0:
        return DIGITS[0]
    for size, scale, smallest in ((10**8, "亿", 10**7), (10**4, "万", 10**3)):
        if number >= size:
            above, below = divmod(number, size)
            text = write_chinese(above) + scale
            return text + ("零" if below < smallest else "") + write_chinese(below) if below else text
    return write_section(number)


@given(number=st.integers(0, 10**16 - 1))
def test_chinese_numeral_of_any_size_reads_back(grammar: NumeralGrammar, number: int) -> None:
    assert grammar.value(write_chinese(number)) == (Decimal(number), None)


@given(digits=st.lists(st.integers(0, 9), min_size=4, max_size=4), zeros=st.integers(0, 12))
def test_round_chinese_numeral_reads_back(grammar: NumeralGrammar, digits: list[int], zeros: int) -> None:
    number = int("".join(map(str, digits))) * 10**zeros
    assert grammar.value(write_chinese(number)) == (Decimal(number), None)


@given(number=st.integers(10, 19), scale=st.sampled_from(["", "万", "亿", "万亿"]))
def test_ten_without_a_leading_one_reads_back(grammar: NumeralGrammar, number: int, scale: str) -> None:
    with_one = write_chinese(number) + scale
    assert grammar.value(with_one.removeprefix("一")) == grammar.value(with_one)


@given(number=st.integers(0, 10**16 - 1))
def test_pattern_matches_the_whole_of_any_chinese_numeral(grammar: NumeralGrammar, number: int) -> None:
    assert regex.fullmatch(grammar.numeral, write_chinese(number))


SCALES = {
    "": 1, "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip


@given(
    number=st.decimals(0, 10**9, places=3, allow_nan=False, allow_infinity=False),
    scale=st.sampled_from(list(SCALES)),
)
def test_arabic_number_with_a_scale_reads_back_exactly(grammar: NumeralGrammar, number: Decimal, scale: str) -> None:
    assert grammar.value(f"{number:f}{scale}") == (number * SCALES[scale], None)


@given(number=st.integers(1000, 10**12))
def test_thousands_commas_change_nothing(grammar: NumeralGrammar, number: int) -> None:
    assert grammar.value(f"{number:,}") == grammar.value(str(number))


@given(number=st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False))
def test_full_width_digits_change_nothing(grammar: NumeralGrammar, number: Decimal) -> None:
    plain = f"{number:f}"
    wide = plain.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789."})
    assert grammar.value(wide) == grammar.value(plain)
