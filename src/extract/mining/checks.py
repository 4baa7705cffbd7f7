"""How often flags and `same_as` are right: `python -m extract.mining.checks LABELS TEXTS`.

LABELS is a folder with `flags.csv` and `same-as.csv`, judged by hand; they have places and no texts. TEXTS is the file
with the texts, one JSON object a line with `id`, `published` and `text`, `.gz` too; places count in a text under the
line with its date, if it has one.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.coding.coder import CodingPipeline
from extract.evaluation.collection import read_texts
from extract.model.document import Document
from extract.model.extraction import Extraction

Place = tuple[str, str, str, str]
"""The document, the place of a figure in it, and what is said of it: a check, or where the figure was told first."""


@dataclass(slots=True)
class Judged:
    """What is found now: how much of it was judged right and wrong, and the places that nobody has judged."""

    right: int = 0
    wrong: list[Place] = field(default_factory=list)
    unjudged: list[Place] = field(default_factory=list)

    def take(self, found: Iterable[Place], labels: Mapping[Place, bool]) -> None:
        """Count `found` by the `labels`."""
        for place in found:
            if place not in labels:
                self.unjudged.append(place)
            elif labels[place]:
                self.right += 1
            else:
                self.wrong.append(place)


def labels_of(path: Path, said: str) -> dict[Place, bool]:
    """Return what was judged in a file, `said` being the column that tells what is said of a figure."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["doc"], row["start"], row["end"], row[said]): row["right"] == "yes" for row in csv.DictReader(file)
        }


def flags_of(found: Extraction) -> Iterator[Place]:
    """Yield the flags of a document."""
    for metric, codes in zip(found.metrics, found.codes, strict=True):
        for flag in codes.flags:
            yield metric.doc, str(metric.start), str(metric.end), flag.partition(":")[0]


def links_of(found: Extraction) -> Iterator[Place]:
    """Yield the links of a document to figures that were told before."""
    places = {metric.id: metric.start for metric in found.metrics}
    for metric, codes in zip(found.metrics, found.codes, strict=True):
        if codes.same_as:
            yield metric.doc, str(metric.start), str(metric.end), str(places[codes.same_as])


def main(folder: Path, texts: Path) -> None:
    """Print how many flags and links of the judged documents are right."""
    flags, links = labels_of(folder / "flags.csv", "check"), labels_of(folder / "same-as.csv", "first")
    wanted = {place[0] for place in (*flags, *links)}
    pipeline, judged = CodingPipeline(), {"flags": Judged(), "same_as": Judged()}
    for doc, text in read_texts(texts, wanted).items():
        found = pipeline.extract(Document(doc, text))
        judged["flags"].take(flags_of(found), flags)
        judged["same_as"].take(links_of(found), links)
    for name, one in judged.items():
        told = one.right + len(one.wrong)
        print(f"{name}: {one.right} of {told} right, {len(one.unjudged)} not judged")
        for place in one.wrong:
            print(f"  {' '.join(place)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
