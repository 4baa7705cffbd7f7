"""The output folder: what lies in it already does no harm and comes to none, whatever the documents are called."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import twins
from cheap import TABLES, Cheap, go

from extract.batch.cut import Inputs
from extract.batch.tables import text_name
from extract.errors import InputError
from extract.read import BatchColumns


@pytest.fixture
def cheap(tmp_path: Path) -> partial[Cheap]:
    return partial(Cheap, tmp_path / "log")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    return twins.saved(tmp_path, "甲.txt", "新增60个。".encode())


@pytest.mark.parametrize("stem", ["汉" * 83, "a" * 251])
def test_text_of_a_file_whose_name_is_as_long_as_a_disk_takes_is_written(
    stem: str, cheap: partial[Cheap], tmp_path: Path
) -> None:
    page = twins.saved(tmp_path, f"{stem}.htm", twins.make_html("海州区\n\n新增60个。"))
    found = go([page], tmp_path / "out", cheap)
    assert found.faults == []
    assert f"text/{text_name(stem)}" in found.files


def test_names_that_are_cut_stay_apart() -> None:
    assert text_name("汉" * 90) != text_name("汉" * 91)
    assert len(text_name("汉" * 90).encode()) <= 255
    assert text_name(f"卷/{'汉' * 80}") == f"卷/{'汉' * 80}.txt"
    assert text_name(f"卷/{'汉' * 90}").startswith("卷/汉")


def test_folder_of_parts_that_is_a_link_is_refused_and_what_it_leads_to_is_kept(
    cheap: partial[Cheap], text: Path, tmp_path: Path
) -> None:
    mine = twins.saved(tmp_path, "mine.part", b"mine").parent
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".parts").symlink_to(mine)
    with pytest.raises(InputError, match="is a link"):
        go([text], tmp_path / "out", cheap)
    assert (mine / "mine.part").read_bytes() == b"mine"


def test_what_is_no_part_stays_in_the_folder_of_parts(cheap: partial[Cheap], text: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / ".parts" / "sub").mkdir(parents=True)
    (tmp_path / "out" / ".parts" / ".sub").mkdir(parents=True)
    twins.saved(tmp_path / "out" / ".parts", "mine.txt", b"mine")
    assert set(go([text], tmp_path / "out", cheap).files) >= set(TABLES)
    assert (tmp_path / "out" / ".parts" / "mine.txt").read_bytes() == b"mine"


def test_reader_that_fails_as_none_may_costs_its_input_alone(
    cheap: partial[Cheap], text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_batch(*_: object) -> object:
        raise OverflowError("date value out of range")

    monkeypatch.setattr("extract.batch.cut.read_batch", read_batch)
    batch = twins.saved(tmp_path, "批.csv", "text\n新增5个。\n".encode())
    found = go([batch, text], tmp_path / "out", cheap)
    assert found.summary.documents == 1
    assert len(found.faults) == 1
    assert "stopped the program: OverflowError" in found.faults[0]


def test_tasks_of_a_device_are_a_fault() -> None:
    inputs = Inputs([], BatchColumns(), "", 100)
    (task,) = inputs.tasks(Path("/dev/zero"))
    assert isinstance(task.items[0], InputError)
    assert task.items[0].problem == "is no plain file"
