"""One text, or many: in this process or in several."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice

from extract.errors import InputError
from extract.library.found import Metrics
from extract.library.given import Text, as_document
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline

_log = logging.getLogger("extract")
_log.addHandler(logging.NullHandler())

_CHUNK = 32
"""So many texts go to a process at a time,"""
_AHEAD = 3
"""and so many times for each process before the first comes back."""

_Chunk = list[Document]


@cache
def default_pipeline() -> Pipeline:
    """The pipeline over the shipped rules, made when it is first needed."""
    _log.debug("loading the shipped rules")
    return Pipeline()


def metrics(
    text: Text,
    *,
    doc: str = "",
    published: object = "",
    area: str = "",
    issuer: str = "",
    pipeline: Pipeline | None = None,
) -> Metrics:
    """Return the metrics of `text` in text order, by the shipped rules or those of `pipeline`.

    `text` is a str, a `pathlib.Path` of a file, which is read, or a `Document`; None and NaN have no metrics. `doc`
    names the document in the records; `published` is a date (str, date, Timestamp) by which 今年 and the like are
    resolved, instead of the date found in the text; `area` the full name of the area that the text is about and
    `issuer` the office that put it out, instead of what is found in the text. Raises InputError for anything else.
    """
    document = as_document(text, doc, published, area, issuer)
    return _found(document, pipeline or default_pipeline())


def pipe(
    texts: Iterable[Text],
    *,
    published: object = "",
    area: str = "",
    issuer: str = "",
    n_process: int = 1,
    pipeline: Pipeline | None = None,
) -> Iterator[Metrics]:
    """Yield the metrics of each of `texts`, in order, as `metrics` gives them; `texts` may be endless.

    `n_process` processes work at a time, 0 for one a core; with more than 1 a script must start its work under
    `if __name__ == "__main__":`, and `pipeline` cannot be given. Raises InputError as `metrics` does, with the number
    of the text from 1.
    """
    documents = _numbered(texts, published, area, issuer)
    processes = n_process if n_process > 0 else _cores()
    if processes == 1:
        one = pipeline or default_pipeline()
        return (_found(document, one) for document in documents)
    if pipeline is not None:
        raise InputError("n_process", "cannot be more than 1 with a pipeline of your own", hint="leave one of them out")
    return _in_processes(documents, processes)


def _found(document: Document, pipeline: Pipeline) -> Metrics:
    found = Metrics(pipeline.metrics(document), document)
    _log.debug("%s: %d characters, %d metrics", document.name or "a text", len(document.text), len(found))
    return found


def _numbered(texts: Iterable[Text], published: object, area: str, issuer: str) -> Iterator[Document]:
    if isinstance(texts, str | os.PathLike):
        raise InputError("texts", "is one text", hint="give a list, or call extract.metrics")
    for number, text in enumerate(texts, 1):
        try:
            yield as_document(text, "", published, area, issuer)
        except InputError as fault:
            raise InputError(f"text {number}", str(fault)) from fault


def _in_processes(documents: Iterator[Document], processes: int) -> Iterator[Metrics]:
    """Yield what `processes` processes find in `documents`, in order, without reading far ahead."""
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        under_way: deque[Future[list[Metrics]]] = deque()
        try:
            while True:
                while len(under_way) < processes * _AHEAD and (chunk := list(islice(documents, _CHUNK))):
                    under_way.append(pool.submit(_work, chunk))
                if not under_way:
                    return
                yield from under_way.popleft().result()
        except BrokenProcessPool as error:
            hint = 'in a script, start the work under `if __name__ == "__main__":`'
            raise InputError("n_process", "a process ended before its work was done", hint=hint) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _work(documents: _Chunk) -> list[Metrics]:
    return [_found(document, default_pipeline()) for document in documents]


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
