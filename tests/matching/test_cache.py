"""What is kept from run to run: when it is used, when it is not, and that it changes nothing."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from extract.matching import cache as kept
from extract.matching.cache import Cache
from extract.rulebook.book import Rulebook, load_rules

PATTERN = r"(?P<n>[0-9]+)(?:户|个)(?<!零户)"
ROOT = Path(__file__).parents[2]


class Maker:
    """Makes the pattern that it is asked for, and counts how often it had to."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> regex.Pattern[str]:
        self.count += 1
        return regex.compile(PATTERN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where a cache keeps its file; it is not made yet."""
    return tmp_path / "cache" / "program"


@pytest.fixture
def make() -> Maker:
    """Return a maker of patterns."""
    return Maker()


def saved(folder: Path, make: Callable[[], object], source: str = PATTERN) -> Path:
    """Let a cache keep what `make` makes, and return its file."""
    cache = Cache(folder)
    cache.recall("pattern", source, regex.Pattern, make)
    cache.save()
    return next(folder.iterdir())


def is_kept(folder: Path, source: str = PATTERN) -> bool:
    """Tell whether a new cache gives a result without making it."""
    again = Maker()
    Cache(folder).recall("pattern", source, regex.Pattern, again)
    return not again.count


def test_result_of_an_earlier_run_is_not_made_again(folder: Path, make: Maker) -> None:
    saved(folder, make)
    match = Cache(folder).recall("pattern", PATTERN, regex.Pattern, make).search("惠及居民320户")
    assert match and match["n"] == "320"
    assert make.count == 1


def test_result_is_made_once_in_a_run(folder: Path, make: Maker) -> None:
    cache = Cache(folder)
    assert cache.recall("pattern", PATTERN, regex.Pattern, make) is cache.recall(
        "pattern", PATTERN, regex.Pattern, make
    )
    assert make.count == 1


def test_results_of_different_kinds_or_sources_are_kept_apart(folder: Path) -> None:
    cache = Cache(folder)
    keys = [("a", "1"), ("a", "2"), ("b", "1")]
    assert [cache.recall(*key, tuple, lambda key=key: key) for key in keys] == keys


def test_results_of_several_runs_are_kept_together(folder: Path, make: Maker) -> None:
    saved(folder, make)
    saved(folder, make, "其他")
    assert is_kept(folder) and is_kept(folder, "其他")


def test_run_that_makes_nothing_leaves_the_file_alone(folder: Path, make: Maker) -> None:
    path = saved(folder, make)
    before = path.stat()
    saved(folder, make)
    assert path.stat() == before


def test_only_what_the_last_run_used_is_kept_when_it_grows_large(
    folder: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved(folder, make)
    monkeypatch.setattr(kept, "_LARGEST", 1)
    saved(folder, make, "其他")
    assert is_kept(folder, "其他") and not is_kept(folder)


def test_folder_holds_no_unfinished_file(folder: Path, make: Maker) -> None:
    path = saved(folder, make)
    assert list(folder.iterdir()) == [path]


def test_last_files_of_other_programs_are_left(folder: Path, make: Maker) -> None:
    folder.mkdir(parents=True)
    for number in range(12):
        path = folder / f"{number}.pickle"
        path.touch()
        os.utime(path, (number, number))
    own = saved(folder, make).parent.glob("*")
    assert {path.stem for path in own} >= {"11", "10"}
    assert len(list(folder.iterdir())) == 8


def broken(path: Path, how: str) -> None:
    content = path.read_bytes()
    changed = {
        "empty": b"",
        "no pickle": b"no pickle",
        "cut": content[:-1],
        "a byte changed": content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        "of another program": bytes([content[0] ^ 1]) + content[1:],
    }
    path.write_bytes(changed[how])


@pytest.mark.parametrize("how", ["empty", "no pickle", "cut", "a byte changed", "of another program"])
def test_broken_file_is_passed_over_and_made_anew(folder: Path, make: Maker, how: str) -> None:
    path = saved(folder, make)
    whole = path.read_bytes()
    broken(path, how)
    assert not is_kept(folder)
    saved(folder, make)
    assert path.read_bytes() == whole


def sealed(path: Path, content: object) -> None:
    """Put `content` in the place of what is kept, as whoever may write to the file could."""
    data = pickle.dumps(content)
    path.write_bytes(path.read_bytes()[:32] + hashlib.sha256(data).digest() + data)


class Runs:
    """Makes the folder of its name when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.folder),)


def test_nothing_but_patterns_and_rules_is_unpickled(folder: Path, make: Maker, tmp_path: Path) -> None:
    path = saved(folder, make)
    sealed(path, {("pattern", PATTERN): Runs(tmp_path / "made")})
    assert not is_kept(folder)
    assert not (tmp_path / "made").exists()


def test_no_module_is_imported_for_what_is_unpickled(folder: Path, make: Maker) -> None:
    path = saved(folder, make)
    data = pickle.dumps({}, 0)[:-1] + b"0cthis\ns\n."
    path.write_bytes(path.read_bytes()[:32] + hashlib.sha256(data).digest() + data)
    assert not is_kept(folder)
    assert "this" not in sys.modules


@pytest.mark.parametrize("content", [[], "text", {("pattern", PATTERN): 3}, {("pattern", PATTERN): None}, {3: 4}])
def test_result_of_another_kind_is_made_anew(folder: Path, make: Maker, content: object) -> None:
    sealed(saved(folder, make), content)
    assert not is_kept(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_in_the_place_of_the_file_is_not_waited_for(folder: Path, make: Maker) -> None:
    path = saved(folder, make)
    path.unlink()
    os.mkfifo(path)
    assert not is_kept(folder)


OPENED = """
import importlib, pkgutil
import extract
for module in pkgutil.walk_packages(extract.__path__, "extract."):
    importlib.import_module(module.name)
from extract.matching.cache import user_cache
before = user_cache.cache_info().currsize
extract.Pipeline()
print(before, user_cache.cache_info().currsize)
"""


def test_importing_the_package_opens_no_cache_and_the_first_pipeline_does() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", OPENED], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_file_is_open_to_its_user_alone(folder: Path, make: Maker) -> None:
    path = saved(folder, make)
    assert [one.stat().st_mode & 0o777 for one in (path, folder)] == [0o600, 0o700]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_file_that_others_may_write_to_is_not_used(folder: Path, make: Maker, mode: int) -> None:
    saved(folder, make).chmod(mode)
    assert not is_kept(folder)


@pytest.mark.skipif(os.name != "posix", reason="files have owners on POSIX")
def test_file_of_another_user_is_not_used(folder: Path, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    saved(folder, make)
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    assert not is_kept(folder)


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed here")
def test_link_is_not_followed(folder: Path, make: Maker) -> None:
    path = saved(folder, make)
    path.symlink_to(path.rename(path.with_name("elsewhere")))
    assert not is_kept(folder)


def test_results_are_made_where_nothing_can_be_written(tmp_path: Path, make: Maker) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache")
    assert cache.recall("pattern", PATTERN, regex.Pattern, make).search("320户")
    cache.save()


def test_nothing_is_written_where_the_user_has_no_home(
    tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Cache(Path("~") / "cache")
    cache.recall("pattern", PATTERN, regex.Pattern, make)
    cache.save()
    assert list(tmp_path.iterdir()) == []


def test_rules_come_back_as_they_were(folder: Path) -> None:
    rules = load_rules()
    cache = Cache(folder)
    cache.recall("rules", "", Rulebook, lambda: rules)
    cache.save()

    def fail() -> Rulebook:
        raise AssertionError("not kept")

    assert Cache(folder).recall("rules", "", Rulebook, fail) == rules


RUN = """
import sys
from pathlib import Path
from extract import Pipeline
from extract.read import read_document
pipeline = Pipeline(Path(sys.argv[1]))
for path in sys.argv[2:]:
    for metric in pipeline.metrics(read_document(Path(path))):
        print(metric)
print("pydantic" in sys.modules, file=sys.stderr)
"""


def started(cache: Path, rules: Path) -> subprocess.Popen[str]:
    """Begin to print the metrics of two documents, and whether the rules had to be read."""
    paths = [str(ROOT / "corpus" / name) for name in ("water-ganzhou-2025.txt", "education-hefei.txt")]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, rules, *paths],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is Linux")
def test_records_are_the_same_with_and_without_what_was_kept(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    runs = [started(tmp_path / "cache", rules).communicate(timeout=120) for _ in range(2)]
    assert runs[0][0] == runs[1][0] != ""
    assert [read.split()[-1] for _, read in runs] == ["True", "False"]


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is Linux")
def test_changed_rules_are_read_anew(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    before = started(tmp_path / "cache", rules).communicate(timeout=120)[0]
    unit = "surface,unit,dimension,not_before,example,counter_example\n公里,千米,length,,60公里,\n"
    (rules / "units.csv").write_text(unit, encoding="utf-8")
    after, read = started(tmp_path / "cache", rules).communicate(timeout=120)
    assert read.split()[-1] == "True"
    assert after == before.replace("unit='公里'", "unit='千米'") != before


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is Linux")
def test_runs_at_the_same_time_keep_a_whole_file(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    cache = tmp_path / "cache"
    runs = [started(cache, tmp_path / "rules") for _ in range(4)]
    printed = {run.communicate(timeout=240)[0] for run in runs}
    assert len(printed) == 1
    again, read = started(cache, tmp_path / "rules").communicate(timeout=120)
    assert (again, read.split()[-1]) == (printed.pop(), "False")
    assert len(list(cache.rglob("*.pickle"))) == 1
