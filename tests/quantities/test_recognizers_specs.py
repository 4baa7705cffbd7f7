"""The Chinese specs of microsoft/Recognizers-Text (MIT, see the NOTICE beside the data): numbers, percentages, units."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
import regex

from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline

DATA = Path(__file__).parents[1] / "fixtures" / "recognizers"
FRAMES = {
    "NumberModel": "2024年，全市新增床位{}个。",
    "PercentModel": "2024年，该项工作占比为{}。",
    "DimensionModel": "2024年，全市新增{}。",
    "CurrencyModel": "2024年，全市投入{}。",
    "TemperatureModel": "2024年，平均气温为{}。",
}
"""A sentence for a case that is nothing but the number, which tells no metric by itself."""
OUT_OF_SCOPE = {
    "blanks inside a numeral": r"\s",
    "dialogue: dozens, 半百, 兆, 廿, 俩, 又, powers and letters": r"打|半百|万万|萬萬|兆|廿|卅|倆|俩|又|\^|[0-9０-９]\s*[kKmMＫＭ]|[0-9.][eE]|分之一?百?十?.*[點点]|[二四五]千?二?分之",
    "coins, weights of 50 g, data sizes, heat": r"[毛角]|美分|[0-9一二三四五六七八九十百千万]两$|比特|字节|赫|千卡|銭|圆",
    "months and chapters are no metrics": r"年八吨|章",
    "一只 is an article; a name is no number": r"^一[只塊块]|五台山",
    "signs in front of a bare amount": r"^[$￥]|人民币 ?美元",
    "dots and doubled signs": r"\.\.|－－|--",
    "a fraction above one": r"^-?3/2$",
    "零十, 半折 and 华氏温度100度 are not written": r"^零十$|半折|华氏温度",
}
UNITS = {
    "Mu": "亩", "Kilogram": "千克 公斤", "Centimeter": "厘米 公分", "Ton": "吨", "Meter": "米", "Jin": "斤",
    "Kilometer": "千米 公里", "Gram": "克", "Kilowatt": "千瓦", "Microgram": "微克", "Chinese yuan": "元 人民币",
    "United States dollar": "美元 美金", "Euro": "欧元", "Hong Kong dollar": "港元", "Japanese yen": "日元",
    "New Taiwan dollar": "新台币 台币", "C": "摄氏度", "F": "华氏度",
}  # fmt: skip


def cases(model: str) -> Iterator[Any]:
    """Yield the cases of a model that are one number and nothing else, those out of scope marked with the reason."""
    for case in json.loads((DATA / f"{model}.json").read_text("utf-8")):
        text, results = case["Input"], case["Results"]
        if len(results) != 1 or results[0]["Text"].strip() != text.strip() or results[0]["value"] is None:
            continue
        reason = next((why for why, pattern in OUT_OF_SCOPE.items() if regex.search(pattern, text)), "")
        marks = [pytest.mark.skip(reason=reason)] if reason else []
        yield pytest.param(model, text, results[0], marks=marks, id=f"{model}-{text}")


def number(text: str) -> Decimal | None:
    try:
        return Decimal(text.rstrip("%"))
    except InvalidOperation:
        return None


def says(metric: Metric, result: dict[str, str]) -> bool:
    wanted = number(result["value"])
    values = [value for value in (metric.value, metric.value_high) if value is not None]
    values = (
        values + [value / 100 for value in values] + ([value / 10 for value in values] if metric.unit == "‰" else [])
    )
    return wanted is not None and any(abs(value - wanted) <= abs(wanted) * Decimal("1e-9") for value in values)


@pytest.mark.parametrize(("model", "text", "result"), [case for model in FRAMES for case in cases(model)])
def test_number_is_read_as_the_spec_says(pipeline: Pipeline, model: str, text: str, result: dict[str, str]) -> None:
    found = pipeline.metrics(Document("稿", FRAMES[model].format(text)))
    assert [metric for metric in found if says(metric, result)], [(m.text, m.value, m.unit) for m in found]
    if units := UNITS.get(result.get("unit", "")):
        assert any(unit in found[0].unit for unit in units.split())
