"""What an article so far leaves for its next sentence."""

from __future__ import annotations

from collections.abc import Mapping

from extract.context.area_frame import AreaFrame
from extract.context.periods import PeriodTracker, Reading
from extract.layout.characters import View
from extract.mentions.areas import Places
from extract.model.clause import Node
from extract.model.document import Article, Document, Spans
from extract.model.sentence import Sentence


class ArticleState:
    """What the article so far leaves for its next sentence.

    `places` are the full names of the places inside the area, by their short names; `area_spans` are where the
    article names its area.
    """

    __slots__ = (
        "_last_area", "_last_paragraph", "area", "area_spans", "article", "document", "frame", "places", "raw",
        "tracker", "view",
    )  # fmt: skip

    def __init__(
        self,
        document: Document,
        article: Article,
        frame: AreaFrame,
        area_spans: Spans,
        places: Places,
        tracker: PeriodTracker,
        view: View,
    ) -> None:
        self.document = document.name
        self.raw = document.text
        self.article = article
        self.frame = frame
        self.area = frame.name
        self.area_spans = area_spans
        self.places = places
        self.tracker = tracker
        self.view = view
        self._last_area: Node | None = None
        self._last_paragraph = -1

    def area_before(self, sentence: Sentence) -> Node | None:
        """The area that the last figure before `sentence` in its paragraph has of its own."""
        return self._last_area if sentence.paragraph == self._last_paragraph else None

    def leave_area(self, sentence: Sentence, areas: Mapping[int, Node | None]) -> None:
        """Keep the area of the last figure of `sentence`."""
        if areas:
            self._last_area, self._last_paragraph = areas[max(areas)], sentence.paragraph

    def enter(self, sentence: Sentence) -> Reading:
        """Come to `sentence`: return what it says of time and status."""
        return self.tracker.enter(sentence)
