"""All rules of a run: the shipped `rules/` folder, with a user's own folder laid on top."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.matching.cache import user_cache
from extract.rulebook.folders import rule_folders, rules_digest
from extract.rulebook.lexical import Attribute, Counted, Ending, Formation, Usage, Weight
from extract.rulebook.schema import (
    Area,
    BoundRule,
    CharacterRules,
    Exclusions,
    FoldRules,
    FrameRules,
    LayoutRules,
    NumeralRules,
    OwnerRules,
    Ranks,
    StatusRule,
    TableRules,
    Term,
    TimeRules,
    Unit,
    WordRules,
)


@dataclass(frozen=True)
class Rulebook:
    """The validated tables of every rule file."""

    numerals: NumeralRules
    units: dict[str, Unit]
    bounds: tuple[BoundRule, ...]
    ranks: Ranks
    exclusions: Exclusions
    characters: CharacterRules
    folding: FoldRules
    layout: LayoutRules
    tables: TableRules
    lexicon: dict[str, Term]
    words: WordRules
    areas: dict[str, Area]
    frame: FrameRules
    owners: OwnerRules
    times: TimeRules
    status: tuple[StatusRule, ...]
    usage: dict[str, Usage]
    counted: dict[tuple[str, str], Counted]
    attributes: dict[str, Attribute]
    endings: dict[str, Ending]
    formation: dict[str, Formation]
    weights: dict[tuple[str, str], Weight]


def recalled_rules(folder: Path | None = None) -> Rulebook:
    """Return what `load_rules` does, from an earlier run if the files were the same then.

    Raises InputError too where they change while they are read.
    """
    digest = rules_digest(folder)

    def load() -> Rulebook:
        book = load_rules(folder)
        if rules_digest(folder) != digest:
            raise InputError(str(folder or rule_folders(None)[0]), "changed while it was read", hint="run again")
        return book

    return user_cache().recall("rules", digest, Rulebook, load)


def load_rules(folder: Path | None = None) -> Rulebook:
    """Return the shipped rules with those of `folder` laid on top.

    An entry of `folder` replaces the shipped one of the same id (YAML rules), key (YAML tables) or first
    column (CSV), and is added otherwise. Raises InputError naming file, line and rule of the first fault.
    """
    folders = rule_folders(folder)
    return Rulebook(
        numerals=_yaml(folders, "numerals.yaml", NumeralRules),
        units=_table(folders, "units.csv", Unit, "surface"),
        bounds=_yaml(folders, "bounds.yaml", tuple[BoundRule, ...]),
        ranks=_yaml(folders, "ranks.yaml", Ranks),
        exclusions=_yaml(folders, "exclusions.yaml", Exclusions),
        characters=_yaml(folders, "characters.yaml", CharacterRules),
        folding=_yaml(folders, "folding.yaml", FoldRules),
        layout=_yaml(folders, "layout.yaml", LayoutRules),
        tables=_yaml(folders, "tables.yaml", TableRules),
        lexicon=_table(folders, "lexicon.csv", Term, "word"),
        words=_yaml(folders, "words.yaml", WordRules),
        areas=_table(folders, "areas.csv", Area, "code") | _table(folders, "areas-former.csv", Area, "code"),
        frame=_yaml(folders, "frame.yaml", FrameRules),
        owners=_yaml(folders, "owners.yaml", OwnerRules),
        times=_yaml(folders, "times.yaml", TimeRules),
        status=_yaml(folders, "status.yaml", tuple[StatusRule, ...]),
        usage=_counts(folders, "usage", Usage, "word"),
        counted=_counts(folders, "counted", Counted, "pair"),
        attributes=_counts(folders, "attributes", Attribute, "word"),
        endings=_counts(folders, "endings", Ending, "ending"),
        formation=_counts(folders, "formation", Formation, "char"),
        weights=_counts(folders, "weights", Weight, "pair"),
    )


def _yaml(folders: list[Path], name: str, shape: Any) -> Any:
    from extract.rulebook.files import check_ids, merge, read_yaml, validate

    paths = [folder / name for folder in folders if (folder / name).exists() or folder is folders[0]]
    layers = [read_yaml(path) for path in paths]
    for path, layer in zip(paths, layers, strict=True):
        if layer is None:
            raise InputError(str(path), "empty", hint="remove it or fill it")
        check_ids(path, layer)
    return validate(paths, reduce(merge, layers), shape)


def _table(folders: list[Path], name: str, model: Any, key: str) -> dict[str, Any]:
    return _rows([folder / name for folder in folders if (folder / name).exists() or folder is folders[0]], model, key)


def _counts(folders: list[Path], name: str, model: Any, key: str) -> dict[Any, Any]:
    """Return a table that `make lexicon` wrote, with the rows of `name`-hand.csv beside it in place of its own."""
    files = [folder / f"{name}{part}.csv" for folder in folders for part in ("", "-hand")]
    return _rows([path for path in files if path.exists()], model, key)


def _rows(paths: list[Path], model: Any, key: str) -> dict[Any, Any]:
    from extract.rulebook.files import read_table

    return {word: row for path in paths for word, row in read_table(path, model, key).items()}
