"""The names of the documents of several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.read import STDIN, document_names


def names(*files: str | Path) -> list[str]:
    """Return the names of the documents in `files`."""
    return list(document_names(map(Path, files)).values())


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a/稿.txt", "b/讯.txt"], ["稿", "讯"]),
        (["2024/稿.txt", "2025/稿.txt", "2025/讯.txt"], ["2024/稿", "2025/稿", "讯"]),
        (["in/2024/q1/稿.txt", "in/2025/稿.pdf"], ["2024/q1/稿", "2025/稿"]),
        (["稿.docx", "稿.pdf"], ["稿.docx", "稿.pdf"]),
        (["a/稿.docx", "a/稿.pdf", "b/稿.txt"], ["a/稿.docx", "a/稿.pdf", "b/稿.txt"]),
        (["稿.txt", "b/稿.txt"], ["稿.txt", "b/稿.txt"]),
        (["s3://one/稿.txt", "s3://two/稿.txt"], ["one/稿", "two/稿"]),
        (["a/../稿.txt", "b/稿.txt"], ["稿.txt", "b/稿.txt"]),
        ([], []),
    ],
    ids=str,
)
def test_name_is_that_of_the_file_or_where_others_have_it_a_path(files: list[str], expected: list[str]) -> None:
    assert names(*files) == expected


def test_standard_input_beside_a_file_of_that_name_has_its_own() -> None:
    found = names(STDIN, "stdin.txt")
    assert len(set(found)) == 2


def test_name_that_is_not_utf8_stays_readable() -> None:
    assert names("a/\udcc4.txt", "b/\udcc4.txt") == [r"a/\xc4", r"b/\xc4"]
