import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from extract.patterns import PatternStore, compiled

PATTERN = r"(?P<n>[0-9]+)(?:户|个)(?<!零户)"

Count = Callable[[], int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store keeps its file."""
    return tmp_path / "cache" / "patterns.pickle"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Return a function that tells how many patterns have been compiled since the test began."""
    real, made = regex.compile, []

    def compile_and_count(pattern: str) -> regex.Pattern[str]:
        made.append(pattern)
        return real(pattern)

    monkeypatch.setattr(regex, "compile", compile_and_count)
    return lambda: len(made)


def saved(path: Path, *patterns: str) -> None:
    """Let a store keep `patterns` at `path`."""
    store = PatternStore(path)
    for pattern in patterns:
        store.compiled(pattern)
    store.save()


def test_a_pattern_of_an_earlier_run_is_not_compiled_again(path: Path, compilations: Count) -> None:
    saved(path, PATTERN)
    before = compilations()
    match = PatternStore(path).compiled(PATTERN).search("惠及居民320户")
    assert match and match["n"] == "320"
    assert compilations() == before


def test_a_pattern_is_compiled_once_in_a_run(path: Path, compilations: Count) -> None:
    store = PatternStore(path)
    assert store.compiled(PATTERN) is store.compiled(PATTERN)
    assert compilations() == 1


def test_patterns_of_several_runs_are_kept_together(path: Path, compilations: Count) -> None:
    saved(path, PATTERN)
    saved(path, "[一二三]")
    before = compilations()
    store = PatternStore(path)
    assert [store.compiled(pattern).pattern for pattern in (PATTERN, "[一二三]")] == [PATTERN, "[一二三]"]
    assert compilations() == before


def test_a_run_without_new_patterns_leaves_the_file_alone(path: Path) -> None:
    saved(path, PATTERN)
    before = path.stat().st_mtime_ns
    saved(path, PATTERN)
    assert path.stat().st_mtime_ns == before


def test_the_folder_holds_no_unfinished_file(path: Path) -> None:
    saved(path, PATTERN)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no pickle", id="no pickle"),
        pytest.param(pickle.dumps([1]), id="a list"),
        pytest.param(pickle.dumps({PATTERN: "text"}), id="no pattern"),
    ],
)
def test_a_broken_file_is_made_anew(path: Path, data: bytes, compilations: Count) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    saved(path, PATTERN)
    assert compilations() == 1
    PatternStore(path).compiled(PATTERN)
    assert compilations() == 1


def test_a_pattern_under_the_text_of_another_is_not_used(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(pickle.dumps({PATTERN: regex.compile("别的")}))
    assert PatternStore(path).compiled(PATTERN).pattern == PATTERN


class Runs:
    """Makes the folder of its name when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_nothing_but_patterns_is_unpickled(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(pickle.dumps({PATTERN: Runs(tmp_path / "made")}))
    assert PatternStore(path).compiled(PATTERN).pattern == PATTERN
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_to_is_not_used(path: Path, mode: int, compilations: Count) -> None:
    saved(path, PATTERN)
    path.chmod(mode)
    PatternStore(path).compiled(PATTERN)
    assert compilations() == 2


@pytest.mark.skipif(os.name != "posix", reason="files have owners on POSIX")
def test_a_file_of_another_user_is_not_used(path: Path, compilations: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(path, PATTERN)
    uid = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: uid + 1)
    PatternStore(path).compiled(PATTERN)
    assert compilations() == 2


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed here")
def test_a_link_is_not_followed(path: Path, compilations: Count) -> None:
    saved(path, PATTERN)
    link = path.with_name("link.pickle")
    link.symlink_to(path)
    PatternStore(link).compiled(PATTERN)
    assert compilations() == 2


def test_patterns_are_compiled_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = PatternStore(tmp_path / "file" / "patterns.pickle")
    assert store.compiled(PATTERN).search("320户")
    store.save()
    assert (tmp_path / "file").read_bytes() == b""


def test_a_pattern_that_is_none_raises_the_error_of_regex() -> None:
    with pytest.raises(regex.error):
        compiled("(")
