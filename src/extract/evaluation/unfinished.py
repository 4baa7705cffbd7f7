"""Which documents of a folder are still under review: their gold is not whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from extract.errors import InputError

PROGRESS_NAME = ".review.json"
"""The file of a folder in which a review keeps how far it has come."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A document whose review is not finished: the digest of its text, and how many records are decided on."""

    text: str
    decided: int
    total: int


def read_unfinished(folder: Path) -> dict[str, Unfinished]:
    """Return the documents of `folder` whose review has not been finished, by their names.

    Raises InputError where its `.review.json` is not what a review leaves.
    """
    path = folder / PROGRESS_NAME
    try:
        documents = json.loads(path.read_bytes())["documents"]
        return {
            name: Unfinished(entry["text"], len(entry["accepted"]) + len(entry["rejected"]), entry["total"])
            for name, entry in documents.items()
            if not entry["done"]
        }
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError(str(path), f"is not what a review leaves: {error!r}", hint="move it away") from error


def text_digest(text: str) -> str:
    """Return what tells one raw text from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
