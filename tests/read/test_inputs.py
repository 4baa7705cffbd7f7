"""Finding and reading inputs: which files are meant, what they are called, what is refused."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from extract.errors import InputError
from extract.model.document import Document
from extract.read import STDIN, decode, find_inputs, located, read_document


def touch(path: Path) -> Path:
    """Write a short text to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("新增床位60张。", encoding="utf-8")
    return path


def fault_of(path: Path) -> InputError:
    """Return the error that reading `path` ends in."""
    with pytest.raises(InputError) as caught:
        read_document(path)
    return caught.value


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let standard input hold `data`."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_file_is_itself(tmp_path: Path) -> None:
    path = touch(tmp_path / "稿.md")
    assert find_inputs([path]) == ([path], [])


def test_files_keep_the_order_they_are_given_in(tmp_path: Path) -> None:
    paths = [touch(tmp_path / name) for name in ("b.txt", "a.txt", "c.txt")]
    assert find_inputs(paths)[0] == paths


def test_folder_means_the_texts_in_and_below_it_by_name(tmp_path: Path) -> None:
    paths = [touch(tmp_path / name) for name in ("b.txt", "a.txt", "c/d.txt")]
    assert find_inputs([tmp_path]) == (sorted(paths), [])


@pytest.mark.parametrize("name", ["a.gold.csv", "README.md", "a", "a.txt.bak"])
def test_folder_leaves_out_what_is_no_text(name: str, tmp_path: Path) -> None:
    path = touch(tmp_path / "稿.txt")
    touch(tmp_path / name)
    assert find_inputs([tmp_path])[0] == [path]


def test_folder_inside_a_folder_that_is_called_like_a_text_is_no_input(tmp_path: Path) -> None:
    path = touch(tmp_path / "名.txt" / "稿.txt")
    assert find_inputs([tmp_path]) == ([path], [])


def test_standard_input_is_an_input() -> None:
    assert find_inputs([STDIN]) == ([STDIN], [])


def test_path_given_twice_counts_once(tmp_path: Path) -> None:
    path = touch(tmp_path / "稿.txt")
    assert find_inputs([path, path, tmp_path]) == ([path], [])


def test_same_file_by_another_path_counts_once(tmp_path: Path) -> None:
    path = touch(tmp_path / "稿.txt")
    (tmp_path / "c").mkdir()
    assert find_inputs([path, tmp_path / "c" / ".." / "稿.txt"]) == ([path], [])


def test_files_of_the_same_name_in_two_folders_are_both_found(tmp_path: Path) -> None:
    first, second = touch(tmp_path / "a" / "稿.txt"), touch(tmp_path / "b" / "稿.txt")
    assert find_inputs([first, second]) == ([first, second], [])


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("https://stats.example/a.txt", "pip install requests aiohttp"),
        ("s3://bucket/a.txt", "pip install s3fs"),
        ("nothing://a.txt", "see the documentation of fsspec"),
    ],
)
def test_url_that_needs_what_is_not_installed_says_what_to_install(
    url: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("aiohttp", "s3fs"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError) as caught:
        located(url)
    assert caught.value.source == url
    assert caught.value.hint == hint


def test_missing_path_is_an_error_and_the_others_remain(tmp_path: Path) -> None:
    path = touch(tmp_path / "稿.txt")
    files, faults = find_inputs([tmp_path / "没有.txt", path])
    assert files == [path]
    assert [fault.source for fault in faults] == [str(tmp_path / "没有.txt")]


def test_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    files, faults = find_inputs([tmp_path])
    assert files == []
    assert [(fault.source, fault.problem.split(",")[0]) for fault in faults] == [(str(tmp_path), "holds no .txt")]


def test_nothing_given_is_nothing_found() -> None:
    assert find_inputs([]) == ([], [])


def test_document_has_the_name_of_its_file_without_ending(tmp_path: Path) -> None:
    assert read_document(touch(tmp_path / "2024.民生.txt")).name == "2024.民生"


def test_publication_date_is_handed_on(tmp_path: Path) -> None:
    assert read_document(touch(tmp_path / "稿.txt"), "2025-11-20").published == "2025-11-20"


@pytest.mark.parametrize(
    "text", ["一\r\n二\r\n", "一\n二", "一\r二", "　　一　\n\n", "一\u2028二\x0c三", "𠮷林😀"], ids=ascii
)
def test_text_is_as_it_is_stored(text: str, tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_bytes(text.encode())
    assert read_document(tmp_path / "稿.txt").text == text


def test_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_bytes("\ufeff新增".encode())
    assert read_document(tmp_path / "稿.txt").text == "新增"


def test_only_the_first_byte_order_mark_is_taken_off(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_bytes("\ufeff\ufeff新增\ufeff".encode())
    assert read_document(tmp_path / "稿.txt").text == "\ufeff新增\ufeff"


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert str(fault_of(tmp_path / "没有.txt")) == f"{tmp_path / '没有.txt'}: no such file"


def test_folder_is_refused_as_a_file(tmp_path: Path) -> None:
    assert fault_of(tmp_path).problem.startswith("cannot be read")


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t", "　　\n".encode(), "\ufeff".encode()], ids=ascii)
def test_empty_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(data)
    fault = fault_of(tmp_path / "空.txt")
    assert (fault.source, fault.problem) == (str(tmp_path / "空.txt"), "empty")


def test_binary_file_is_refused_with_its_first_nul_byte(tmp_path: Path) -> None:
    (tmp_path / "图.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    fault = fault_of(tmp_path / "图.txt")
    assert (fault.problem, fault.where) == ("binary, not text", "byte 8")


def test_standard_input_is_read_as_the_document_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, "\ufeff新增床位60张。\r\n".encode())
    assert read_document(STDIN) == Document("stdin", "新增床位60张。\r\n", encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("data", "problem"), [(b"", "empty"), (b"\0", "binary, not text"), (b"\xff", "binary, not text")], ids=ascii
)
def test_bad_standard_input_is_refused_by_that_name(data: bytes, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, data)
    fault = fault_of(STDIN)
    assert (fault.source, fault.problem) == ("standard input", problem)


def test_decode_gives_the_text_alone(tmp_path: Path) -> None:
    assert decode(touch(tmp_path / "稿.txt")) == "新增床位60张。"


def test_name_that_no_disk_takes_is_an_error_and_the_others_remain(tmp_path: Path) -> None:
    path = touch(tmp_path / "稿.txt")
    files, faults = find_inputs([Path("长" * 200), path])
    assert files == [path]
    assert [fault.problem for fault in faults] == ["cannot be read: File name too long"]


def test_link_that_leads_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "环.txt").symlink_to(tmp_path / "环.txt")
    path = touch(tmp_path / "稿.txt")
    files, faults = find_inputs([tmp_path / "环.txt", path])
    assert files == [path]
    assert len(faults) == 1


def test_empty_path_is_none() -> None:
    with pytest.raises(InputError, match="is no path"):
        located("")


def test_device_that_never_ends_is_refused() -> None:
    assert fault_of(Path("/dev/zero")).problem == "is no plain file"


def test_pipe_of_the_shell_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    out, into = os.pipe()
    os.write(into, "新增床位60张。".encode())
    os.close(into)
    assert read_document(Path(f"/dev/fd/{out}")).text == "新增床位60张。"
    os.close(out)


def test_file_that_grows_while_it_is_read_is_not_read_beyond_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = touch(tmp_path / "稿.txt")
    status = path.stat()
    path.write_text("新增床位60张。" * 100, encoding="utf-8")
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    with pytest.raises(InputError, match="more than 100"):
        read_document(path, max_size=100)
