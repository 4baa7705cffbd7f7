"""Puts the damage of newspaper pages into clean texts and tells where each character went.

`python tests/damage.py` prints, for every kind of damage, how many metrics of the corpus come out the same.
"""

from __future__ import annotations

import bisect
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import regex

from extract.model.document import Document
from extract.model.record import Metric, format_value
from extract.pipeline.pipeline import Pipeline

CORPUS = Path(__file__).parent.parent / "corpus"
FIELDS = ("value", "value_high", "unit", "bound", "kind", "object", "area", "period", "status")
"""What of a metric no damage may change, besides its place."""

_PROSE = 40
"""A line of a clean text that is longer is a paragraph."""
_INDENT = "\u3000\u3000"
_HANGING = "，。、；：！？）》”’」』】%％.,)"
"""No printed line begins with one of these, and none of the next ends one."""
_LEADING = "（《“‘「『【("


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text, and where each character of the clean one stands in it.

    `places[i]` is the offset of what was the character `i`; of one that is lost, the offset behind it.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def clean(cls, text: str) -> Damaged:
        """Return `text` without any damage."""
        return cls(text, tuple(range(len(text))))

    def place(self, offset: int) -> int:
        """Return the new offset of the character at the old `offset`."""
        return self.places[offset]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the new offsets of the old ones `start` and `end` (end exclusive)."""
        return self.places[start], self.places[end - 1] + 1

    def edited(self, edits: Iterable[Edit]) -> Damaged:
        """Return the text with `edits`, which do not overlap, made in it."""
        ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
        pieces: list[str] = []
        moved: list[int] = []
        length = position = 0
        for edit in [*ordered, Edit(len(self.text), len(self.text), "")]:
            kept = self.text[position : edit.start]
            moved += range(length, length + len(kept))
            pieces += [kept, edit.text]
            length += len(kept)
            if edit.end - edit.start == len(edit.text):
                moved += range(length, length + len(edit.text))
            else:
                moved += [length] * (edit.end - edit.start)
            length += len(edit.text)
            position = edit.end
        moved.append(length)
        return Damaged("".join(pieces), tuple(moved[place] for place in self.places))


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts `text` in the place of the characters `start` to `end`; one for one where it is as long as they."""

    start: int
    end: int
    text: str


Damage = Callable[[str, Random], Iterable[Edit]]
"""Returns the edits that do one kind of damage to a text."""


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line of `text` that is not blank begins and ends, without its indent."""
    for match in regex.finditer(r"(?m)^[ \u3000\t]*(?P<line>\S(?:.*\S)?)\s*?$", text):
        yield match.span("line")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return where the paragraphs of prose begin and end in `text`."""
    return [
        (start, end) for start, end in lines(text) if end - start > _PROSE and regex.search("[，。]", text[start:end])
    ]


def _gaps(text: str) -> list[int]:
    """Return the offsets of the lines that begin a paragraph which follows another."""
    found = paragraphs(text)
    follows = {after: line for line, after in pairwise(lines(text))}
    return [text.rfind("\n", 0, place[0]) + 1 for place in found if follows.get(place) in found]


def _inner_breaks(text: str, start: int, end: int, pattern: str) -> list[int]:
    """Return where between `start` and `end` a line may break so that `pattern`, which marks the place, fits."""
    return [
        match.start("here")
        for match in regex.finditer(pattern, text[:end], pos=start + 8, overlapped=True)
        if match.start("here") < end - 8
        and text[match.start("here")] not in _HANGING
        and text[match.start("here") - 1] not in _LEADING
    ]


_MID_SENTENCE = r"[^，。；！？：\n]{3}(?P<here>)[^，。；！？：\n]{3}"
_MID_FIGURE = r"(?:[0-9](?P<here>)[0-9]|[0-9](?P<here>)[万亿]|\.(?P<here>)[0-9])"


def _blank_out(text: str, indent: str, between: str) -> Iterator[Edit]:
    """Yield the edits that give every paragraph the same indent and the same break before it."""
    for start, _ in paragraphs(text):
        before = regex.search(r"\s*$", text[:start])
        assert before is not None
        if before.start():
            yield Edit(before.start(), start, between + indent)


def wrap(width: int, indent: str, between: str, line_break: str = "\n") -> Damage:
    """Break every paragraph into lines of `width` characters, wherever that may be."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        yield from _blank_out(text, indent, between)
        for start, end in paragraphs(text):
            position = start + width - len(indent)
            while position < end:
                while position < end and (text[position] in _HANGING or text[position - 1] in _LEADING):
                    position += 1
                if position < end:
                    yield Edit(position, position, line_break)
                position += width

    return edits


def break_at(pattern: str, line_break: str) -> Damage:
    """Break every paragraph once where `pattern` fits."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        for start, end in paragraphs(text):
            if found := _inner_breaks(text, start, end, pattern):
                place = random.choice(found)
                yield Edit(place, place, line_break)

    return edits


def column_break(text: str, random: Random) -> Iterator[Edit]:
    """Break one paragraph in two in the middle of a sentence, with a blank line between, at the foot of a column."""
    yield from _blank_out(text, "", "\n\n")
    for start, end in paragraphs(text)[::2]:
        place = random.choice(_inner_breaks(text, start, end, _MID_SENTENCE))
        yield Edit(place, place, "\n\n")


CAPTIONS = (
    "孩子们在新落成的社区书屋里看书。",
    "航拍的滨河步道。",
    "工作人员在服务大厅为居民办理业务。",
    "居民在改造后的小区里散步、下棋，享受午后的阳光。",
)
CREDITED = (
    "志愿者在社区食堂为老人送餐。记者 周晓岚 摄",
    "建设中的体育公园。 通讯员 何平 摄",
    "雨后的老街游人如织。（吴一鸣 摄）",
    "图为工人在生产线上忙碌。新华社记者 郑可 摄",
)


def caption(choices: Sequence[str]) -> Damage:
    """Put the caption of a picture into the middle of a sentence, of every second paragraph."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        yield from _blank_out(text, "", "\n\n")
        for start, end in paragraphs(text)[::2]:
            place = random.choice(_inner_breaks(text, start, end, _MID_SENTENCE))
            yield Edit(place, place, f"\n\n\n\n{random.choice(choices)}\n\n")

    return edits


BYLINES = (
    "江海新闻/滨城晚报 记者 周晓岚 实习生 何平",
    "本报记者 郑可 通讯员 吴一鸣 摄影报道",
    "（记者 周晓岚）",
    "（滨城日报记者 郑可 通讯员 何平）",
    "编辑：何平 责编：吴一鸣",
    "文/图 本报记者 周晓岚",
    "记者 郑可 文/图",
    "本报记者 周晓岚",
)


def byline(before: str) -> Damage:
    """Put a byline behind the last paragraph, after `before`."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        end = paragraphs(text)[-1][1]
        yield Edit(end, end, before + random.choice(BYLINES))

    return edits


HEADS = (
    ("A05版", "要闻"),
    ("03 民生", "责任编辑：何平 美编：吴一鸣 校对：郑可"),
    ("第4版：城事", "上一版 下一版"),
    ("首页 > 新闻 > 本地", "字号：大 中 小"),
)
FEET = (
    ("责任编辑 何平 编辑 吴一鸣 美编 郑可", "扫一扫在手机打开当前页"),
    ("来源：滨城日报", "分享到：微信 微博 QQ空间"),
    ("（下转第三版）", "图/吴一鸣"),
    ("【打印本页】【关闭窗口】", "扫码关注“滨城发布”微信公众号"),
    ("版权声明：未经许可不得转载", "热线电话：0599-8123456"),
)
PAGE_BREAKS = ("— 2 —", "3", "A06", "上接第一版", "第2页 共4页", "（上接A01版）", "责编 何平 美编 郑可")


def page_ends(text: str, random: Random) -> Iterator[Edit]:
    """Put lines of a page above the headline and below the last paragraph."""
    yield Edit(0, 0, "\n".join(random.choice(HEADS)) + "\n\n")
    yield Edit(len(text), len(text), "\n\n" + "\n".join(random.choice(FEET)) + "\n")


def page_break(text: str, random: Random) -> Iterator[Edit]:
    """Put a line of a page between two paragraphs, where there are two."""
    later = paragraphs(text)[1:]
    if not later:
        return
    start, _ = random.choice(later)
    place = text.rfind("\n", 0, start) + 1
    yield Edit(place, place, f"{random.choice(PAGE_BREAKS)}\n\n")


def page_break_in_sentence(text: str, random: Random) -> Iterator[Edit]:
    """Put the number of a page or the like into the middle of a sentence."""
    start, end = random.choice(paragraphs(text))
    place = random.choice(_inner_breaks(text, start, end, _MID_SENTENCE))
    yield Edit(place, place, f"\n\n{random.choice(PAGE_BREAKS[:4])}\n\n")


KICKERS = ("暖民心 办实事", "“我们的家园”系列报道之三", "开局起步看变化", "聚焦发布会")
DECKS = ("——晒出“成绩单” 群众得实惠", "一年干在实处 一城面貌常新", "美好生活\n触手可及")
SUBHEADS = ("稳扎稳打 夯实基础", "家门口的变化看得见", "好风景 好日子", "用心用情 件件落地", "“小切口”做出大文章")


def decks(text: str, random: Random) -> Iterator[Edit]:
    """Put a kicker above the headline and a second deck below it."""
    _, end = next(lines(text))
    yield Edit(0, 0, random.choice(KICKERS) + "\n\n")
    yield Edit(end, end, f"\n\n{random.choice(DECKS)}")


def broken_headline(text: str, random: Random) -> Iterator[Edit]:
    """Break the headline into two lines, between its parts where it has any."""
    start, end = next(lines(text))
    blank = regex.search(r"[ \u3000]+|(?<=[，：])", text[:end], pos=start + 3)
    middle = (start + end) // 2
    yield Edit(blank.start(), blank.end(), "\n") if blank else Edit(middle, middle, "\n")


def subheads(before: str, after: str) -> Damage:
    """Put a short heading before every second paragraph that has none."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        chosen = random.sample(SUBHEADS, len(SUBHEADS))
        for place, subhead in zip(_gaps(text)[::2], chosen, strict=False):
            yield Edit(place, place, f"{before}{subhead}{after}")

    return edits


COMPANIONS = (
    "滨海步道再延伸\n建阳城区添绿\n\n11月3日，记者从建阳区城市管理局获悉，2023年，建阳区新建口袋公园14处，新增绿地8.6万平方米，"
    "惠及周边居民2.1万人。\n\n沿河铺设步道5.4公里，设置座椅230个，完成年度计划的96%。",
    "延平区敬老院升级\n\n本报讯 （记者 何平） 延平区民政局日前公布，2023年全区改造敬老院6所，新增护理型床位320张。\n\n"
    "入住老人比上年增加12.5%，配备护理员97名。",
)


def behind(join: str) -> Damage:
    """Put another article behind the text, with `join` between."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        end = len(text.rstrip())
        yield Edit(end, len(text), join.format(byline=random.choice(BYLINES)) + random.choice(COMPANIONS) + "\n")

    return edits


def before(join: str) -> Damage:
    """Put another article before the text, with `join` between."""

    def edits(text: str, random: Random) -> Iterator[Edit]:
        yield Edit(0, 0, random.choice(COMPANIONS) + join.format(byline=random.choice(BYLINES)))

    return edits


def half_width(text: str, random: Random) -> Iterator[Edit]:
    """Write commas, colons and the like in half width, as many web copies do."""
    table = str.maketrans("，；：（）！？", ",;:()!?")
    yield Edit(0, len(text), text.translate(table))


KINDS: Mapping[str, tuple[Damage, ...]] = {
    "wrap 17": (wrap(17, "", "\n"),),
    "wrap 17 indented": (wrap(17, _INDENT, "\n"),),
    "wrap 30 blank between paragraphs": (wrap(30, "", "\n\n"),),
    "wrap 38 indented": (wrap(38, _INDENT, "\n"),),
    "wrap 30 indented, blank between lines": (wrap(30, _INDENT, "\n\n", "\n\n"),),
    "wrap 26 blank between lines": (wrap(26, "", "\n\n", "\n\n"),),
    "wrap 40 with spaces": (wrap(40, "    ", "\n", "  \n"),),
    "broken figure": (break_at(_MID_FIGURE, "\n"),),
    "broken figure, blank line": (break_at(_MID_FIGURE, "\n\n"),),
    "broken figure, indent": (break_at(_MID_FIGURE, "\n\n" + _INDENT),),
    "broken sentence": (break_at(_MID_SENTENCE, "\n"),),
    "broken sentence, blank line": (break_at(_MID_SENTENCE, "\n\n"),),
    "broken sentence, indent": (break_at(_MID_SENTENCE, "\n" + _INDENT),),
    "column break": (column_break,),
    "caption": (caption(CAPTIONS),),
    "caption with credit": (caption(CREDITED),),
    "byline in last line": (byline(""),),
    "byline after blank": (byline(" "),),
    "byline in own line": (byline("\n"),),
    "byline in own block": (byline("\n\n"),),
    "page head and foot": (page_ends,),
    "page break": (page_break,),
    "page break in sentence": (page_break_in_sentence,),
    "kicker and deck": (decks,),
    "broken headline": (broken_headline,),
    "subheads": (subheads("", "\n"),),
    "subheads apart": (subheads("\n", "\n\n"),),
    "subheads indented": (subheads(_INDENT, "\n"),),
    "article behind, byline between": (behind("{byline}\n\n"),),
    "article behind, byline and no blank": (behind("\n{byline}\n"),),
    "article behind, nothing between": (behind("\n\n"),),
    "article before, byline between": (before("{byline}\n\n"),),
    "article before, byline and no blank": (before("\n{byline}\n"),),
    "article before, nothing between": (before("\n\n"),),
    "half-width": (half_width,),
    "newspaper page": (half_width, byline(""), subheads("\n", "\n\n"), decks, caption(CAPTIONS)),
    "newspaper page, wrapped": (decks, page_ends, byline("\n"), behind("\n\n"), wrap(30, _INDENT, "\n")),
}
"""Kinds of damage by name: what is done one after the other."""


def damage(kind: str, name: str, text: str) -> Damaged:
    """Return `text`, that of the document `name`, with one kind of damage, always the same for the same name."""
    damaged = Damaged.clean(text)
    for number, make in enumerate(KINDS[kind]):
        damaged = damaged.edited(make(damaged.text, Random(f"{kind}:{number}:{name}")))
    return damaged


Facts = tuple[str, ...]


def facts(metric: Metric) -> Facts:
    """Return the fields of a metric that no damage may change, in full-width and half-width alike."""
    values = (getattr(metric, name) for name in FIELDS)
    written = [value if isinstance(value, str) else format_value(value) for value in values]
    return tuple(regex.sub(r"\s", "", unicodedata.normalize("NFKC", value)) for value in written)


@dataclass(frozen=True, slots=True)
class Change:
    """A metric that damage changed: as it was, None if it is new, and as it is, None if it is lost."""

    was: Metric | None
    now: Metric | None

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ; `lost` or `new` where there is nothing to compare."""
        if self.was is None or self.now is None:
            return ("lost",) if self.was else ("new",)
        pairs = zip(FIELDS, facts(self.was), facts(self.now), strict=True)
        return tuple(name for name, one, other in pairs if one != other) or ("span",)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many metrics a clean text has, and which of them damage changed."""

    total: int
    changes: tuple[Change, ...]
    damaged: Damaged

    @property
    def same(self) -> int:
        """Number of metrics that stayed the same."""
        return self.total - sum(change.was is not None for change in self.changes)


def compare(clean: Sequence[Metric], damaged: Damaged, found: Sequence[Metric]) -> Comparison:
    """Return how the metrics `found` in a damaged text differ from those of the clean one.

    What the damage itself brought along, such as another article, is left out.
    """
    by_span = {(metric.start, metric.end): metric for metric in found}
    changes: list[Change] = []
    for was in clean:
        low, high = damaged.span(was.start, was.end)
        near = next((span for span in by_span if span[0] < high and low < span[1]), (low, high))
        now = by_span.pop((low, high) if (low, high) in by_span else near, None)
        if now is None or (now.start, now.end) != (low, high) or facts(was) != facts(now):
            changes.append(Change(was, now))
    changes += [Change(None, now) for now in by_span.values() if _is_old(damaged, now)]
    return Comparison(len(clean), tuple(changes), damaged)


def _is_old(damaged: Damaged, metric: Metric) -> bool:
    """Tell whether a metric of a damaged text holds characters of the clean one."""
    at = bisect.bisect_left(damaged.places, metric.start)
    return at < len(damaged.places) and damaged.places[at] < metric.end


def releases() -> dict[str, str]:
    """Return the texts of the corpus by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))}


def main(arguments: Sequence[str]) -> None:
    """Print the share of metrics that stay the same under each kind; with names of kinds, each change of these."""
    pipeline = Pipeline()
    texts = releases()
    clean = {name: pipeline.metrics(Document(name, text)) for name, text in texts.items()}
    for kind in arguments or KINDS:
        damaged = {name: damage(kind, name, text) for name, text in texts.items()}
        found = {
            name: compare(clean[name], damaged[name], pipeline.metrics(Document(name, damaged[name].text)))
            for name in texts
        }
        total = sum(comparison.total for comparison in found.values())
        same = sum(comparison.same for comparison in found.values())
        new = sum(change.was is None for comparison in found.values() for change in comparison.changes)
        whole = sum(not comparison.changes for comparison in found.values())
        print(f"{kind:40} {same:5}/{total} {same / total:7.2%}  new {new:3}  whole texts {whole}/{len(found)}")
        if arguments:
            _print_changes(found)


def _print_changes(found: Mapping[str, Comparison]) -> None:
    for name, comparison in found.items():
        for change in comparison.changes:
            metric = change.now or change.was
            assert metric is not None
            print(f"  {name} {'+'.join(change.fields)}: {_told(change.was)} -> {_told(change.now)}")
            start = comparison.damaged.place(change.was.start) if change.was else metric.start
            print(f"      {comparison.damaged.text[max(0, start - 60) : start + 30]!r}")


def _told(metric: Metric | None) -> str:
    return " | ".join(facts(metric)) if metric else "-"


if __name__ == "__main__":
    main(sys.argv[1:])
