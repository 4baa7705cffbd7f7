"""What tells one set of rules from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from extract.rulebook.folders import rule_folders, rules_digest


def test_same_rules_have_the_same_digest(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("a", "utf-8")
    assert rules_digest(tmp_path) == rules_digest(tmp_path)
    assert rules_digest() == rules_digest()


def test_any_change_of_a_rule_file_changes_the_digest(tmp_path: Path) -> None:
    digests = {rules_digest(), rules_digest(tmp_path)}
    for name, text in (("units.csv", "a"), ("units.csv", "b"), ("areas.csv", "b")):
        (tmp_path / name).write_text(text, "utf-8")
        digests.add(rules_digest(tmp_path))
    (tmp_path / "units.csv").rename(tmp_path / "words.yaml")
    assert len(digests | {rules_digest(tmp_path)}) == 6


def test_other_files_are_no_rules(tmp_path: Path) -> None:
    before = rules_digest(tmp_path)
    (tmp_path / "README.md").write_text("x", "utf-8")
    assert rules_digest(tmp_path) == before


def test_missing_folder_and_unreadable_file_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        rules_digest(tmp_path / "nowhere")
    (tmp_path / "status.yaml").mkdir()
    with pytest.raises(InputError, match=r"status\.yaml"):
        rules_digest(tmp_path)


@pytest.mark.parametrize(("name", "hint"), [("unit.csv", "is it units.csv?"), ("zzz.yaml", "those that are read are")])
def test_rules_under_a_name_that_nothing_reads_are_refused(name: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("", "utf-8")
    with pytest.raises(InputError, match="is read by nothing") as fault:
        rule_folders(tmp_path)
    assert fault.value.hint.startswith(hint)
