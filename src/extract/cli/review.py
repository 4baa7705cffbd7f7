"""`extract review`: the page on which records are corrected into gold, served on this machine alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rich.console import Console

from extract.errors import require
from extract.pipeline.pipeline import Pipeline
from extract.write.lock import FolderLock


def review_folder(folder: Path, port: int, rules: Path | None, out: Console) -> None:
    """Serve the review of `folder` on `port` of 127.0.0.1, any free one for 0, until the user interrupts it.

    Raises InputError where the folder holds no document or is under review already, the rules are wrong, or the port
    is taken.
    """
    require("review", "review", "starlette", "uvicorn")
    from extract.review.app import review_app
    from extract.review.store import ReviewFolder
    from extract.web.guard import Keys
    from extract.web.listen import listening, serve

    documents = ReviewFolder(folder, Pipeline(rules))
    lock = FolderLock(folder, "another review of this folder is open")
    with closing(lock), listening(port) as listener:
        keys = Keys(listener.getsockname()[1])
        out.print(f"review {folder}: open {keys.address}", soft_wrap=True)
        out.print("end with Ctrl+C; everything is saved at once")
        serve(review_app(documents, keys), listener)
        out.print("review ended")
