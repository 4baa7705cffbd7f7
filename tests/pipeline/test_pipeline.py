"""The whole way from a document to its metrics."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.errors import InputError
from extract.model.document import Document
from extract.model.record import BOUNDS, KINDS, STATUSES, Metric, to_row
from extract.native import PLAIN
from extract.pipeline.pipeline import Pipeline

Read = Callable[..., list[Metric]]

RELEASE = """市南区完成老旧小区改造60个

2024年11月27日，市南区举行“惠民实事”主题系列新闻发布会第十一场。今年以来，全区累计完成老旧小区改造60个，涉及楼座约300栋、建筑面积242万平方米，惠及居民3.2万户。

一、持续改善居住条件
全年拆除违法建筑27处、1.34万㎡；新增停车泊位2500余个。城镇新增就业3.2万人，同比增长5.5%，增速居全市第四。

二、下一步打算
“十五五”期间，计划改造90个，森林覆盖率从63.2%提高到72.7%。
"""


def test_release_gives_its_quantities_in_order(read: Read) -> None:
    assert [metric.text for metric in read(RELEASE)] == [
        "60个", "60个", "300栋", "242万平方米", "3.2万户", "27处", "1.34万㎡", "2500余个", "3.2万人", "5.5%", "第四",
        "90个", "63.2%", "72.7%",
    ]  # fmt: skip


def test_release_gives_one_full_record(read: Read) -> None:
    row = to_row(read(RELEASE, "")[1])
    assert {name: row[name] for name in ("value", "unit", "bound", "kind", "object", "predicate")} == {
        "value": "60", "unit": "个", "bound": "exact", "kind": "level", "object": "老旧小区改造", "predicate": "完成",
    }  # fmt: skip
    assert {name: row[name] for name in ("area", "period", "status", "published", "title", "article")} == {
        "area": "市南区", "period": "2024", "status": "actual", "published": "2024-11-27",
        "title": "市南区完成老旧小区改造60个", "article": 1,
    }  # fmt: skip


def test_record_names_its_document(pipeline: Pipeline) -> None:
    assert {metric.doc for metric in pipeline.metrics(Document("a.txt", RELEASE))} == {"a.txt"}


def test_record_holds_its_section_and_sentence(read: Read) -> None:
    metric = next(metric for metric in read(RELEASE) if metric.text == "27处")
    assert metric.section == "持续改善居住条件"
    assert metric.sentence == "全年拆除违法建筑27处、1.34万㎡；新增停车泊位2500余个。"


def test_record_names_the_rules_that_made_it(read: Read) -> None:
    assert all(metric.rules and all(metric.rules) for metric in read(RELEASE))


def test_same_pipeline_gives_the_same_records_again(read: Read) -> None:
    assert read(RELEASE) == read(RELEASE)


def test_another_pipeline_gives_the_same_records(pipeline: Pipeline) -> None:
    document = Document("a", RELEASE)
    assert Pipeline().metrics(document) == pipeline.metrics(document)


def test_document_read_before_changes_nothing(pipeline: Pipeline) -> None:
    first = pipeline.metrics(Document("a", RELEASE))
    pipeline.metrics(Document("b", "崂山区政府工作报告\n2030年，全区将新建学校700所。\n今年主要预期目标是：增长3%。"))
    assert pipeline.metrics(Document("a", RELEASE)) == first


def test_ids_are_unique_in_a_document(read: Read) -> None:
    ids = [metric.id for metric in read(RELEASE)]
    assert len(ids) == len(set(ids))


def test_offsets_index_the_raw_text(read: Read) -> None:
    assert all(RELEASE[metric.start : metric.end] == metric.text for metric in read(RELEASE))


def test_span_torn_by_a_line_break_keeps_it_in_the_raw_text(read: Read) -> None:
    raw = "甲区各项工作推进顺利，成效明显。\n今年以来，全区惠及居民3.2\n万户，拆除违建27处。"
    metric = read(raw)[0]
    assert metric.text == "3.2万户"
    assert raw[metric.start : metric.end] == "3.2\n万户"


def without_breaks(text: str) -> str:
    """Return `text` without line breaks and the blanks around them."""
    return "".join(line.strip(" \t\u3000\ufeff\x0b\x0c") for line in text.splitlines())


def assert_sound(raw: str, found: list[Metric]) -> None:
    """Fail unless every record is one that the data contract allows."""
    assert [(m.start, m.end) for m in found] == sorted((m.start, m.end) for m in found)
    for metric in found:
        assert 0 <= metric.start < metric.end <= len(raw)
        assert without_breaks(raw[metric.start : metric.end]) == without_breaks(metric.text)
        assert metric.value.is_finite()
        assert metric.value_high is None or metric.value <= metric.value_high
        assert metric.bound in BOUNDS
        assert metric.kind in KINDS
        assert metric.status in STATUSES
        to_row(metric)


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\n\n", "\n\u3000\u3000"])
def test_records_are_sound_with_line_breaks_at_random_places(read: Read, mark: str) -> None:
    places = random.Random(7)
    for _ in range(20):
        raw = "".join(char + (mark if places.random() < 0.05 else "") for char in RELEASE)
        assert_sound(raw, read(raw))


ALPHABET = (
    "零一二三四五六七八九十百千万亿两半几余多约近超过不足第居列全国市区省完成新增增长下降提高到从比上年同期分别占达为将计划今去年月日"
    "个户元吨％%‰倍成番分之点个百分点平方米公里老旧小区改造居民其中和的了"
    "0123456789０１９.,，。；：、！？“”（）()《》〔〕—-－~～+-−/∶: \n\r\t\u3000\ufeff😀𠮷ABCkmg²㎡\x00\ue000"
)


@given(raw=st.text(alphabet=ALPHABET, max_size=120))
@example(raw="百分之零")
@example(raw="零分之一")
@example(raw="1/0")
@example(raw="翻零番")
@example(raw="翻九番")
@example(raw="13月45日")
@example(raw="2024年13月")
@example(raw="点五个")
@example(raw="0分之5")
@example(raw="“十五五”末")
@example(raw="第〇季度")
@example(raw="前〇个月")
@example(raw="\ue000\ue000个")
def test_no_text_raises_and_every_record_is_sound(read: Read, raw: str) -> None:
    assert_sound(raw, read(raw))


PIECES = [
    "今年以来", "截至9月底", "2024年", "“十四五”期间", "全区", "市南区", "完成", "新增", "老旧小区改造", "居民", "生产总值",
    "增长", "下降", "从", "提高到", "分别", "占", "的", "、", "和", "，", "。", "；", "\n", "\n\n", "60个", "3.2万户", "5.5%",
    "三分之一", "七成", "过半", "翻一番", "2.4倍", "0.3个百分点", "第四", "居全国", "前1%", "1、2、3亿元", "3至5名", "20—60万元",
    "约", "超过", "不足", "以上", "左右", "其中", "比上年", "同比", "力争", "计划", "累计", "“15分钟圈”", "（一）", "记者 王明",
    "去年同期", "国庆假期", "前三季度", "每千人口", "连续3年", "5年前的", "近五年", "到2027年", "一是", "预期目标是：",
]  # fmt: skip


@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=30),
    published=st.sampled_from(["", "2025-11-20", "2026-01-27"]),
)
def test_no_row_of_release_words_raises_and_every_record_is_sound(
    read: Read, pieces: list[str], published: str
) -> None:
    raw = "".join(pieces)
    assert_sound(raw, read(raw, published))


@pytest.mark.parametrize("raw", ["", "\n", " ", "\ufeff", "。", "😀", "\x00", "没有数字。"])
def test_text_without_figures_gives_no_records(read: Read, raw: str) -> None:
    assert read(raw) == []


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    """Return an empty folder for a user's own rules."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def metrics_with(folder: Path, text: str) -> list[Metric]:
    """Return the metrics of `text` by the shipped rules with those of `folder` on top."""
    return Pipeline(folder).metrics(Document("test", text, "2025-11-20"))


def test_own_rules_add_a_unit(own_rules: Path, read: Read) -> None:
    text = "运送泡菜60坛坛。"
    assert [metric.unit for metric in read(text)] != ["坛坛"]
    (own_rules / "units.csv").write_text(
        "surface,unit,dimension,not_before,example,counter_example\n坛坛,坛坛,count,,运送泡菜60坛坛,\n",
        encoding="utf-8",
    )
    assert [(m.text, m.unit) for m in metrics_with(own_rules, text)] == [("60坛坛", "坛坛")]


def test_own_rules_change_a_unit(own_rules: Path) -> None:
    (own_rules / "units.csv").write_text(
        "surface,unit,dimension,not_before,example,counter_example\n户,家庭户,household,,60户,\n",
        encoding="utf-8",
    )
    assert [metric.unit for metric in metrics_with(own_rules, "惠及居民60户。")] == ["家庭户"]


def test_own_rules_override_a_rule_by_its_id(own_rules: Path, read: Read) -> None:
    assert [metric.bound for metric in read("惠及居民约60户。")] == ["about"]
    (own_rules / "bounds.yaml").write_text(
        "- id: bound.about\n  why: 只认“差不多”\n  bound: about\n  before: [差不多]\n  after: [光景]\n"
        "  examples: []\n  counter_examples: []\n",
        encoding="utf-8",
    )
    assert [metric.bound for metric in metrics_with(own_rules, "惠及居民约60户。")] == ["exact"]
    assert [metric.bound for metric in metrics_with(own_rules, "惠及居民差不多60户。")] == ["about"]
    assert [metric.bound for metric in metrics_with(own_rules, "惠及居民超过60户。")] == ["over"]


def test_own_rules_add_an_exclusion(own_rules: Path, read: Read) -> None:
    text = "举办60米长卷展。"
    assert [metric.text for metric in read(text)] == ["60米"]
    (own_rules / "exclusions.yaml").write_text(
        "masks:\n- id: mask.own\n  why: 展览的名称\n  pattern: '[0-9]+米长卷展'\n  examples: [60米长卷展]\n"
        "  counter_examples: [新建步道60米]\n",
        encoding="utf-8",
    )
    assert metrics_with(own_rules, text) == []
    assert metrics_with(own_rules, "齐鲁医院二期。") == []


def test_own_rules_add_a_word_to_the_lexicon(own_rules: Path) -> None:
    (own_rules / "lexicon.csv").write_text("word,tag\n惠民暖心大礼包,n\n", encoding="utf-8")
    tokens = Pipeline(own_rules).segmenter.segment("发放惠民暖心大礼包")
    assert "惠民暖心大礼包" in [token.text for token in tokens]


def test_empty_folder_of_own_rules_changes_nothing(own_rules: Path, read: Read) -> None:
    assert metrics_with(own_rules, RELEASE) == read(RELEASE)


def test_copy_of_the_shipped_rules_changes_nothing(own_rules: Path, read: Read) -> None:
    shipped = Path(__file__).parents[2] / "rules"
    shutil.copytree(shipped, own_rules, dirs_exist_ok=True)
    assert metrics_with(own_rules, RELEASE) == read(RELEASE)


def test_missing_folder_of_own_rules_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        Pipeline(tmp_path / "nowhere")


FORGETFUL = """
import importlib, json, sys
from pathlib import Path
from extract import Document, Pipeline
from extract.model.record import to_row
for module, names in json.loads(sys.argv[2]).items():
    for name in names:
        loaded = importlib.import_module("extract." + module)
        assert getattr(loaded, name) > 1
        setattr(loaded, name, 1)
metrics = Pipeline().metrics(Document("稿", Path(sys.argv[1]).read_text("utf-8")))
json.dump([to_row(metric) for metric in metrics], sys.stdout)
"""
CAPS = {
    "grammar.clauses": ("_STRETCHES", "_WORDS"),
    "words.numerals": ("_REMEMBERED",),
    "matching.literals": ("_REMEMBERED",),
    "relations.lexicon": ("_KEPT",),
    "mentions.times": ("_REMEMBERED",),
}


def test_what_is_remembered_changes_no_record(pipeline: Pipeline) -> None:
    """In plain Python, as the numbers are part of the code of compiled modules."""
    path = Path(__file__).parents[2] / "corpus" / "education-hefei.txt"
    command = [sys.executable, "-c", FORGETFUL, str(path), json.dumps(CAPS)]
    done = subprocess.run(command, env=os.environ | {PLAIN: "1"}, check=True, capture_output=True, encoding="utf-8")
    metrics = pipeline.metrics(Document("稿", path.read_text("utf-8")))
    assert json.loads(done.stdout) == [to_row(metric) for metric in metrics]
