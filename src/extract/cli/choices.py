"""Options of the command that take one of several words."""

from __future__ import annotations

from enum import StrEnum


class Engine(StrEnum):
    """What a run is carried out by."""

    LOCAL = "local"
    RAY = "ray"


class Format(StrEnum):
    """A format to export to."""

    LABEL_STUDIO = "label-studio"
    CONLL = "conll"
