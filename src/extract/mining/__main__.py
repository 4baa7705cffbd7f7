"""`python -m extract.mining TEXTS FOLDER`: counts over a collection, written as tables into a folder of rules."""

from __future__ import annotations

import sys
from pathlib import Path

from extract.errors import InputError
from extract.mining.collection import count


def main(arguments: list[str]) -> int:
    """Write the tables of counts. Returns the exit status."""
    if len(arguments) != 2:
        print("usage: python -m extract.mining TEXTS.jsonl[.gz] FOLDER", file=sys.stderr)
        return 2
    texts, folder = map(Path, arguments)
    try:
        count(texts).write(folder)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
