"""Reads one rule file: YAML or CSV in, validated models out, every fault with its file, line and rule."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from extract.errors import InputError
from extract.rulebook.schema import Schema

M = TypeVar("M", bound=Schema)

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


def validate(paths: Sequence[Path], data: Any, shape: Any) -> Any:
    """Return `data`, merged from the files `paths`, as `shape`.

    Raises InputError naming file, line and rule of the first fault.
    """
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        rule, rest = _rule_at(data, fault["loc"])
        path, line = locate(paths, rule, rest)
        where = f"line {line}, rule {rule}" if rule else f"line {line}"
        place = ".".join(str(part) for part in rest) or "the file"
        raise InputError(str(path), f"{place}: {fault['msg']}", where=where) from error


def _rule_at(data: Any, loc: Sequence[int | str]) -> tuple[str, Sequence[int | str]]:
    """Return the id of the innermost rule around `loc` in `data`, '' if none, and the rest of `loc` inside it."""
    rule, rest = "", loc
    for depth, step in enumerate(loc, 1):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, Mapping) and isinstance(data.get("id"), str):
            rule, rest = data["id"], loc[depth:]
    return rule, rest


def locate(paths: Sequence[Path], rule: str, loc: Sequence[int | str]) -> tuple[Path, int]:
    """Return the file that has the last word on `rule`, and the line (from 1) of the node at `loc` in it."""
    for path in reversed(paths):
        root = yaml.compose(read_rule_text(path), Loader=_LOADER)
        node = _find_rule(root, rule) if rule else root
        if node is None:
            continue
        for step in loc:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return path, node.start_mark.line + 1
    return paths[-1], 1


def _find_rule(node: yaml.Node | None, rule: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode) and _scalar(_child(node, "id")) == rule:
        return node
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        children = [value for _, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = node.value
    return next((found for child in children if (found := _find_rule(child, rule))), None)


def check_ids(path: Path, data: Any) -> None:
    """Raise InputError if two rules of one file have the same id."""
    lists = data.values() if isinstance(data, Mapping) else [data]
    for rules in filter(_are_rules, lists):
        seen: set[str] = set()
        for rule in rules:
            if rule["id"] in seen:
                raise InputError(str(path), f"rule {rule['id']} stands twice", hint="give one of them another id")
            seen.add(rule["id"])


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    children: dict[int | str, yaml.Node] = {}
    if isinstance(node, yaml.SequenceNode):
        children = dict(enumerate(node.value))
    elif isinstance(node, yaml.MappingNode):
        children = {key.value: value for key, value in node.value}
    return children.get(step)


def _scalar(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def read_table(path: Path, model: type[M], key: str) -> dict[str, M]:
    """Return a CSV file's rows by their column `key`. Raises InputError with the line of a bad or double row."""
    adapter = TypeAdapter(model)
    reader = csv.DictReader(io.StringIO(read_rule_text(path), newline=""), strict=True)
    rows: dict[str, M] = {}
    try:
        _check_header(reader.fieldnames or (), model)
        for row in reader:
            if None in row:
                raise ValueError("more fields than columns")
            entry = adapter.validate_python(row)
            if (name := getattr(entry, key)) in rows:
                raise ValueError(f"{key} {name!r} stands twice")
            rows[name] = entry
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        problem = f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        raise InputError(str(path), problem, where=f"line {reader.line_num}") from error
    except (ValueError, csv.Error) as error:
        raise InputError(str(path), str(error), where=f"line {max(reader.line_num, 1)}") from error
    return rows


def _check_header(names: Sequence[str], model: type[Schema]) -> None:
    required = [field.name for field in fields(model) if field.default is MISSING]
    if missing := [name for name in required if name not in names]:
        raise ValueError(f"column {missing[0]} is missing")
    if unknown := sorted(set(names) - {field.name for field in fields(model)}):
        raise ValueError(f"column {unknown[0]} is unknown")


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
