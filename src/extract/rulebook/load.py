"""Reads one rule file: YAML or CSV in, validated models out, every fault with its file, line and rule."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from extract.errors import InputError

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_rule_text(path: Path) -> str:
    """Return the file's text. Raises InputError if it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "not UTF-8", where=f"byte {error.start}") from error


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds. Raises InputError with the line of a syntax error."""
    try:
        return yaml.load(read_rule_text(path), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else ""
        raise InputError(str(path), f"not valid YAML: {error.problem}", where=where) from error
    except yaml.YAMLError as error:
        raise InputError(str(path), f"not valid YAML: {error}") from error


def validate(path: Path, data: Any, shape: type[T]) -> T:
    """Return `data`, which `path` holds, as `shape`. Raises InputError naming line and rule of the first fault."""
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        line, rule = _locate(path, fault["loc"])
        where = f"line {line}, rule {rule}" if rule else f"line {line}"
        place = ".".join(str(part) for part in fault["loc"])
        raise InputError(str(path), f"{place}: {fault['msg']}", where=where) from error


def _locate(path: Path, loc: Sequence[int | str]) -> tuple[int, str]:
    """Return the line (from 1) of the YAML node at `loc`, and the id of the innermost rule around it."""
    node = yaml.compose(read_rule_text(path), Loader=_LOADER)
    line, rule = 1, ""
    for step in (None, *loc):
        if step is not None:
            node = _child(node, step)
        if node is None:
            break
        line = node.start_mark.line + 1
        rule = _scalar(_child(node, "id")) or rule
    return line, rule


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value
    return None


def _scalar(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def read_table(path: Path, model: type[M], key: str) -> dict[str, M]:
    """Return a CSV file's rows by their column `key`. Raises InputError with the line of a bad or double row."""
    rows: dict[str, M] = {}
    reader = csv.DictReader(read_rule_text(path).splitlines(), strict=True)
    missing = [name for name, field in model.model_fields.items() if field.is_required()]
    missing = [name for name in missing if name not in (reader.fieldnames or [])]
    if missing:
        raise InputError(str(path), f"column {missing[0]} is missing", where="line 1")
    for row in reader:
        try:
            entry = model.model_validate(row)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in fault["loc"])
            raise InputError(str(path), f"{place}: {fault['msg']}", where=f"line {reader.line_num}") from error
        if (name := getattr(entry, key)) in rows:
            raise InputError(str(path), f"{key} {name!r} stands twice", where=f"line {reader.line_num}")
        rows[name] = entry
    return rows


def merge(base: Any, over: Any) -> Any:
    """Return `base` with `over` laid on it: mappings by key, lists of rules by `id`, all else replaced."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return {**base, **{key: merge(base.get(key), value) for key, value in over.items()}}
    if _are_rules(base) and _are_rules(over):
        rules = {rule["id"]: rule for rule in base} | {rule["id"]: rule for rule in over}
        return list(rules.values())
    return over


def _are_rules(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) and "id" in item for item in value)
