"""Text without the characters that nobody sees and that could steer a terminal."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """Return `text` without control and format characters other than line breaks and tabs."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
