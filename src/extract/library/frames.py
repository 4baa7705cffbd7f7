"""Metrics of the texts of a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.errors import InputError, require
from extract.library.calls import pipe
from extract.library.dates import as_date, is_missing
from extract.library.given import as_name
from extract.model.document import Document
from extract.write.dataframe import to_frame

if TYPE_CHECKING:
    import pandas


def frame(
    df: pandas.DataFrame,
    *,
    text: str = "text",
    date: str | None = None,
    area: str | None = None,
    issuer: str | None = None,
    n_process: int = 1,
) -> pandas.DataFrame:
    """Return the metrics of all texts of `df`, one a row, as `to_frame` has them, under the index of their text.

    `text` is the column with the texts, `date`, `area` and `issuer` those with what goes before that which a text says,
    if there are any. A row without a text has no metrics, one with several stands several times in the index, so
    that `df.join(metrics)` works; `doc` is the label of the row. `n_process` is as for `pipe`. Raises InputError for a
    column that is not there and for a text, date or area that is none, with its row.
    """
    require("a DataFrame", "table", "pandas")
    for name in (text, date, area, issuer):
        if name is not None and name not in df.columns:
            columns = ", ".join(map(str, df.columns))
            raise InputError("df", f"has no column {name!r}", hint=f"its columns are {columns}")
    documents = list(_documents(df, text, date, area, issuer))
    found = list(pipe(documents, n_process=n_process if len(documents) > 1 else 1))
    rows = [row for row, metrics in enumerate(found) for _ in metrics]
    table = to_frame(metric for metrics in found for metric in metrics)
    table.index = df.index.take(rows)
    return table


def _documents(
    df: pandas.DataFrame, text: str, date: str | None, area: str | None, issuer: str | None
) -> Iterator[Document]:
    empty = [None] * len(df)
    columns = [list(df[name]) if name is not None else empty for name in (text, date, area, issuer)]
    for label, body, published, place, office in zip(df.index, *columns, strict=True):
        at = f"row {label!r}"
        if not isinstance(body, str) and not is_missing(body):
            raise InputError(at, f"{body!r} in {text!r} is no text")
        yield Document(
            str(label),
            body if isinstance(body, str) else "",
            as_date(published, f"{at}, column {date!r}"),
            area=as_name(place, f"{at}, column {area!r}"),
            issuer=as_name(office, f"{at}, column {issuer!r}"),
        )
