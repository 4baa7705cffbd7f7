"""`extract agreement`: the gold of two people compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from extract.errors import InputError
from extract.evaluation.agreement import Agreement, agreement
from extract.evaluation.agreement_tables import print_disagreements, tables, to_json
from extract.evaluation.gold import GoldDocument, read_gold_folder


def compare_folders(one: Path, other: Path) -> tuple[Agreement, dict[str, str], list[InputError]]:
    """Return the agreement of two gold folders, the raw texts by document, and faults.

    A document that only one of them has, or whose text differs, is a fault and left out. Raises InputError for a
    folder without gold.
    """
    ones, faults = _read(one)
    others, more = _read(other)
    faults += more
    pairs: list[tuple[GoldDocument, GoldDocument]] = []
    for name in dict.fromkeys((*ones, *others)):
        if name not in ones or name not in others:
            here, there = (one, other) if name in ones else (other, one)
            faults.append(InputError(str(there), f"holds no sound gold of {name}, which {here} has"))
        elif ones[name].document.text != others[name].document.text:
            faults.append(InputError(str(other), f"the text of {name} is not that of {one}"))
        else:
            pairs.append((ones[name], others[name]))
    return agreement(pairs), {mine.name: mine.document.text for mine, _ in pairs}, faults


def _read(folder: Path) -> tuple[dict[str, GoldDocument], list[InputError]]:
    documents, faults = read_gold_folder(folder)
    return {document.name: document for document in documents}, faults


def print_agreement(found: Agreement, texts: Mapping[str, str], show_errors: bool, as_json: bool, out: Console) -> None:
    """Print an agreement as JSON or as tables, the disagreements one by one if asked for."""
    if as_json:
        out.print_json(json.dumps(to_json(found), ensure_ascii=False))
        return
    if show_errors:
        print_disagreements(found, texts, out)
    out.print(tables(found))
