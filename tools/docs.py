"""`python -m tools.docs [--check]`: put what the program can tell into README and docs, or check that it is there.

A page has it between `<!-- made: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer

import extract
from extract.cli.app import app
from extract.model.record import format_value

ROOT = Path(__file__).parents[1]
EXAMPLE = """海州区前三季度民生实事进展
海州区住房和城乡建设局　2025-10-20

今年前三季度，全区完成老旧小区改造60个，惠及居民3.2万户，加装电梯25部，同比增长两成。计划四季度再新增停车位1500个以上。"""
_SHOWN = ("text", "value", "unit", "bound", "kind", "object", "predicate", "area", "period", "base", "status")
_ROUNDS = 3
"""So many of the latest blind rounds are shown."""
_SCORES = ("texts", "records", "quantity F1", "record F1", "object", "area", "period", "status")
_BLOCK = re.compile(r"(<!-- made: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def pages() -> list[Path]:
    """Return the pages that may hold such blocks."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def made(page: str) -> str:
    """Return `page` with its blocks made anew. Raises KeyError for one that nothing makes."""
    return _BLOCK.sub(lambda match: f"{match[1]}{BLOCKS[match['name']]()}\n{match[3]}", page)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]], numbers: Sequence[str] = ()) -> str:
    rule = ("---:" if name in numbers else "---" for name in head)
    lines = [head, tuple(rule), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _example() -> str:
    def rows() -> Iterator[Sequence[str]]:
        for metric in extract.metrics(EXAMPLE):
            cells = {name: str(getattr(metric, name)) for name in _SHOWN} | {"value": format_value(metric.value)}
            yield [cells[name] for name in _SHOWN]

    quoted = "\n".join(f"> {line}\\" if line else ">" for line in EXAMPLE.splitlines())
    return f"{quoted}\n\n{_table(_SHOWN, rows(), ('value',))}".replace("以上。\\", "以上。").replace("20\\", "20")


def _first_scores(head: Sequence[str]) -> str:
    """Return the first scores of the latest rounds, as docs/blind-rounds.md has them."""
    page = (ROOT / "docs" / "blind-rounds.md").read_text("utf-8")
    lines = page.partition("## First scores")[2].partition("\n## ")[0].strip().splitlines()
    names, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|"))

    def shown() -> Iterator[Sequence[str]]:
        for row in rows[-_ROUNDS:]:
            cells = dict(zip(names, row, strict=True))
            name = re.sub(r"\[(\w+)\]\(.*?\)", r"\1", cells["set"])
            yield [name, cells["date"], *(cells[score] for score in _SCORES)]

    return _table(head, shown(), head[2:])


def _commands() -> str:
    group = typer.main.get_command(app)
    found = ((f"`extract {name}`", (command.help or "").splitlines()[0]) for name, command in group.commands.items())  # type: ignore[attr-defined]
    return _table(("command", "does"), found)


BLOCKS: dict[str, Callable[[], str]] = {
    "example": _example,
    "first-scores": lambda: _first_scores(("round", "date", *_SCORES)),
    "first-scores-zh": lambda: _first_scores(
        ("轮次", "日期", "篇数", "记录", "数和单位 F1", "整行 F1", "对象", "地区", "时间", "性质")
    ),
    "commands": _commands,
}


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check name those that are stale. Returns the exit status."""
    stale = [page for page in pages() if made(text := page.read_text("utf-8")) != text]
    for page in stale:
        print(f"{page.relative_to(ROOT)}: {'stale; run make figures' if '--check' in arguments else 'made anew'}")
        if "--check" not in arguments:
            page.write_text(made(page.read_text("utf-8")), "utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
