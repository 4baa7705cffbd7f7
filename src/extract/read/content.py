"""What a reader of one format gives."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model.document import Page, Repair


@dataclass(frozen=True, slots=True)
class Content:
    """The decoded text of a file, the encoding it was in ('' where the format says it), its parts if it has any."""

    text: str
    encoding: str = ""
    page: Page | None = None
    repairs: tuple[Repair, ...] = ()
