"""What the stages make of one article and of one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extract.context.area_frame import AreaFrame
from extract.context.period_frame import PeriodFrame
from extract.context.periods import Reading
from extract.mentions.times import TimeMention
from extract.model.clause import Clause
from extract.model.document import Article, Spans
from extract.model.quantity import Quantity
from extract.model.record import Metric
from extract.model.relation import Relation
from extract.model.sentence import Sentence
from extract.relations.figures import Figure, figures
from extract.relations.relator import Tableau


class Frame:
    """What was settled once for an article: its area, the words that tell it, and its times."""

    __slots__ = ("area", "area_spans", "article", "period")

    def __init__(self, article: Article, area: AreaFrame, area_spans: Spans, period: PeriodFrame) -> None:
        self.article = article
        self.area = area
        self.area_spans = area_spans
        self.period = period


class Parsed:
    """A sentence with the times that it names, its figures and clauses.

    One without figures gets its clauses when it is related. `torn` are the raw offsets of numbers that are not read
    whole.
    """

    __slots__ = ("clauses", "figures", "quantities", "sentence", "times", "torn")

    def __init__(
        self,
        sentence: Sentence,
        times: Sequence[TimeMention],
        quantities: list[Quantity],
        clauses: list[Clause],
        torn: list[tuple[int, int]],
    ) -> None:
        self.sentence = sentence
        self.times = times
        self.quantities = quantities
        self.clauses = clauses
        self.figures: list[Figure] = figures(clauses, quantities) if quantities else []
        self.torn = torn

    @property
    def is_prose(self) -> bool:
        """Whether it has figures and is no cell of a table."""
        return bool(self.quantities) and self.sentence.role != "cell"


class Analysis:
    """What the stages made of one sentence, in their order.

    `reading` is what it says of time and status, `written` its text in the characters of the document, where it holds
    quantities. It has `clauses` where it holds quantities or may name a topic; `relations` tell what each quantity is
    about, by its index, `tableaus` among which candidates its object was chosen.
    """

    __slots__ = ("clauses", "metrics", "quantities", "reading", "relations", "sentence", "tableaus", "torn", "written")

    def __init__(
        self,
        reading: Reading,
        written: str,
        quantities: list[Quantity],
        clauses: list[Clause],
        relations: dict[int, Relation],
    ) -> None:
        self.reading = reading
        self.sentence = reading.sentence
        self.written = written
        self.quantities = quantities
        self.clauses = clauses
        self.relations = relations
        self.tableaus: dict[int, Tableau] = {}
        self.torn: list[tuple[int, int]] = []
        """Where numbers stand that are not read whole, as raw offsets."""
        self.metrics: list[Metric] = []
