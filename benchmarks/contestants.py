"""Who is measured: how each is loaded, and what it does with a piece of text.

A contestant is loaded in a process of its own, so what it needs is imported only there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["document", "line", "sentence"]
Work = Callable[[str], int]
"""Does its work on a piece of text, and returns how many results it found."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One who is measured.

    `package` is the distribution whose version is told, `unit` what a call gets of the text. A peer lives in the
    environment of the peers, not in ours. `variables` are set in the environment of its process.
    """

    name: str
    package: str
    unit: Unit
    load: Callable[[], Work]
    is_peer: bool = True
    variables: Mapping[str, str] = field(default_factory=dict)


def _pipeline() -> Work:
    from extract.model.document import Document
    from extract.pipeline.pipeline import Pipeline

    pipeline = Pipeline()
    return lambda text: len(pipeline.extract(Document("benchmark", text)).metrics)


def _jieba_cut() -> Work:
    import jieba

    jieba.initialize()
    return lambda text: len(jieba.lcut(text))


def _jieba_tag() -> Work:
    import jieba.posseg

    jieba.posseg.dt.initialize()
    return lambda text: len(jieba.posseg.lcut(text))


def _recognizers() -> Work:
    from ms_recognizers_number import NumberRecognizer
    from ms_recognizers_number_with_unit import NumberWithUnitRecognizer
    from ms_recognizers_text import Culture

    numbers = NumberRecognizer(Culture.Chinese)
    units = NumberWithUnitRecognizer(Culture.Chinese)
    models = (
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_dimension_model(),
        units.get_currency_model(),
        units.get_age_model(),
    )
    return lambda text: sum(len(model.parse(text)) for model in models)


def _jionlp() -> Work:
    import jionlp

    money, time = jionlp.ner.extract_money, jionlp.ner.extract_time
    return lambda text: len(money(text, with_parsing=True) or ()) + len(time(text, with_parsing=True) or ())


def _chinese2digits() -> Work:
    import chinese2digits

    return lambda text: len(chinese2digits.takeNumberFromString(text)["digitsStringList"])


def _cn2an() -> Work:
    import cn2an

    return lambda text: cn2an.transform(text, "cn2an") != text


OURS = "extract, text to records"
PLAIN = "the same, not compiled"
PLAIN_PYTHON = {"EXTRACT_PLAIN_PYTHON": "1"}
CUT = "jieba.lcut"
RECOGNIZERS = "Recognizers-Text, five models"

CONTESTANTS: tuple[Contestant, ...] = (
    Contestant(OURS, "press-metrics-extract", "document", _pipeline, is_peer=False),
    Contestant(PLAIN, "press-metrics-extract", "document", _pipeline, is_peer=False, variables=PLAIN_PYTHON),
    Contestant(CUT, "jieba", "line", _jieba_cut, is_peer=False),
    Contestant("jieba.posseg.lcut", "jieba", "line", _jieba_tag, is_peer=False),
    Contestant(RECOGNIZERS, "ms-recognizers-text-suite", "sentence", _recognizers),
    Contestant("JioNLP money and time", "jionlp", "sentence", _jionlp),
    Contestant("chinese2digits takeNumberFromString", "chinese2digits", "sentence", _chinese2digits),
    Contestant("cn2an.transform", "cn2an", "sentence", _cn2an),
)
