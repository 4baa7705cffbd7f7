"""What an article so far leaves for its next sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from extract.context.area_frame import AreaFrame
from extract.context.owners import Owner
from extract.context.periods import PeriodTracker, Reading
from extract.layout.characters import View
from extract.mentions.areas import Places
from extract.model.clause import Node
from extract.model.document import Article, Document, Spans
from extract.model.sentence import Sentence

_MANY: Final = 3
"""A sentence that names so many areas is on no one of them."""


class Whereabouts:
    """Where an article, or an item of it, plays.

    `places` are the full names of the places inside the area, by their short names, `names` those of all that it may
    call so; `spans` are where the article names its area.
    """

    __slots__ = ("frame", "names", "places", "spans")

    def __init__(self, frame: AreaFrame, spans: Spans, places: Places, names: Mapping[str, str]) -> None:
        self.frame = frame
        self.spans = spans
        self.places = places
        self.names = names


class ArticleState:
    """What the article so far leaves for its next sentence, and where the sentence at hand plays.

    `items` are where each item of several pieces of news begins in the raw text, and where it plays. `company` is the
    one that the article as a whole is about.
    """

    __slots__ = (
        "_items", "_last_area", "_last_owner", "_last_paragraph", "_owner_paragraph", "_whole", "article", "at",
        "company", "document", "raw", "tracker", "view",
    )  # fmt: skip

    def __init__(
        self,
        document: Document,
        article: Article,
        whole: Whereabouts,
        items: Sequence[tuple[int, Whereabouts]],
        tracker: PeriodTracker,
        view: View,
        company: Owner | None = None,
    ) -> None:
        self.document = document.name
        self.raw = document.text
        self.article = article
        self._whole = whole
        self._items = items
        self.at = whole
        self.tracker = tracker
        self.view = view
        self.company = company
        self._last_area: Node | None = None
        self._last_paragraph = -1
        self._last_owner: Owner | None = None
        self._owner_paragraph = -1

    @property
    def whole(self) -> AreaFrame:
        """The area of the article as a whole."""
        return self._whole.frame

    @property
    def frame(self) -> AreaFrame:
        """The area of the article, or of the item that was turned to."""
        return self.at.frame

    @property
    def area(self) -> str:
        """The full name of that area."""
        return self.at.frame.name

    def turn_to(self, sentence: Sentence) -> None:
        """Let what is asked for be that of the item in which `sentence` stands."""
        if self._items:
            start = sentence.raw_start
            begun = [setting for first, setting in self._items if first <= start]
            self.at = begun[-1] if begun else self._whole

    def area_before(self, sentence: Sentence) -> Node | None:
        """The area that the last figure before `sentence` in its paragraph has of its own."""
        return self._last_area if sentence.paragraph == self._last_paragraph else None

    def leave_area(self, sentence: Sentence, areas: Mapping[int, Node | None]) -> None:
        """Keep the area that `sentence` names, where it names one, else that of its last figure.

        A sentence on several leaves none.
        """
        if areas:
            named = [area for area in areas.values() if area is not None and area.label == "area"]
            texts = {area.text for area in named}
            last = areas[max(areas)]
            self._last_area = named[-1] if len(texts) == 1 else last if len(texts) < _MANY else None
            self._last_paragraph = sentence.paragraph

    def owner_before(self, sentence: Sentence) -> Owner | None:
        """The owner that the sentence before `sentence` in its paragraph is about."""
        return self._last_owner if sentence.paragraph == self._owner_paragraph else None

    def leave_owner(self, sentence: Sentence, owner: Owner | None) -> None:
        """Keep the owner that `sentence` is about."""
        self._last_owner, self._owner_paragraph = owner, sentence.paragraph

    def enter(self, sentence: Sentence) -> Reading:
        """Come to `sentence`: return what it says of time and status."""
        return self.tracker.enter(sentence)
