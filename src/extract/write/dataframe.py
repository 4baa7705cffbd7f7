"""Metrics as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extract.errors import require
from extract.model.record import BOUNDS, COLUMNS, KINDS, STATUSES, Metric, to_row

if TYPE_CHECKING:
    import pandas


def to_frame(metrics: Iterable[Metric]) -> pandas.DataFrame:
    """Return `metrics` as a DataFrame with the columns of `record.COLUMNS`.

    Offsets and article numbers are Int64, values Float64 (exact decimals are in the CSV), bound, kind,
    status and unit categories, all else strings. Raises InputError where pandas is not installed.
    """
    require("a DataFrame", "table", "pandas")
    import pandas as pd

    frame = pd.DataFrame([to_row(metric) for metric in metrics], columns=list(COLUMNS))
    for name in ("value", "value_high"):
        frame[name] = pd.to_numeric(frame[name].replace("", None))
    for name, words in (("bound", BOUNDS), ("kind", KINDS), ("status", STATUSES)):
        frame[name] = pd.Categorical(frame[name], categories=list(words))
    types = dict.fromkeys(("start", "end", "article"), "Int64")
    types |= dict.fromkeys(("value", "value_high"), "Float64") | {"unit": "category"}
    texts = set(COLUMNS) - types.keys() - {"bound", "kind", "status"}
    return frame.astype(types | dict.fromkeys(texts, "string"))
