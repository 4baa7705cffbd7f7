"""Candidates for what a figure is about, in the words of its own clause, and the features that speak for or against each."""

from __future__ import annotations

from typing import Final

from extract.model.clause import Clause, Node, Nodes
from extract.model.quantity import Quantity
from extract.relations.lexicon import Lexicon

_GROUPS: Final = {
    "up": "U", "down": "U", "differ": "D", "differ_down": "D", "level": "L", "proportion": "M", "share": "S", "rank": "R",
    "among": "W", "adverb": "A", "manner": "A", "respective": "A", "prep": "P", "from": "F", "for": "P", "conj": "C",
    "comma": "C", "of": "O", "pronoun": "X", "place": "Z", "topic": "Z", "agent": "N", "light": "V", "cause": "V",
    "intransitive": "V", "fresh": "V", "act": "V", "verbal": "B", "nominal": "B", "noun": "N", "measure": "M", "per": "E",
    "generic": "G", "area": "G", "time": "T", "basis": "Y", "quantity": "Q", "stop": "K",
}  # fmt: skip
"""A letter for each label of a word: V a verb, B a verb or a noun, N a noun, M a measure, A an adverb, and so on."""
_PASSED: Final = frozenset("UDLSRAPFVBTYZOI")
"""What may stand between a figure and the end of its object before it."""
_VERBS: Final = frozenset("VB")
_UNFIT_FIRST: Final = frozenset("OCZLDSRFKQTW")
_UNFIT_LAST: Final = frozenset("OCPAFDSRLXKQTWY")
_LONGEST: Final = 16
_MOST_VERBS: Final = 2


def group(node: Node) -> str:
    """The letter of a word's label."""
    return _GROUPS.get(node.label, "N")


class Own:
    """A phrase of the figure's own clause: the nodes `first` to `last` (exclusive), `gap` what lies between.

    `site` is `left`, `right` or `none`; `gap` the kind of verb between the phrase and the figure.
    """

    __slots__ = ("features", "first", "gap", "last", "score", "site")

    def __init__(self, site: str, first: int, last: int, gap: str, features: list[str]) -> None:
        self.site = site
        self.first = first
        self.last = last
        self.gap = gap
        self.features = features
        self.score = 0.0


def own_candidates(
    clause: Clause, position: int, quantity: Quantity, lexicon: Lexicon, span: tuple[int, int] | None = None
) -> list[Own]:
    """The candidates for the quantity that is the node `position` of its clause; the last one is that there is none.

    `span` are the first and the last node of the run of figures that it stands in.
    """
    low, high = span or (position, position)
    nodes = clause.nodes
    groups = [group(node) for node in nodes]
    form = quantity.form
    if form == "count" and quantity.dimension in ("person", "household"):
        form = "people"
    elif form == "count" and quantity.dimension in ("money",):
        form = "money"
    right = _right_start(groups, high)
    has_right = right < len(nodes) and groups[right] in "NBMVEGXA"
    found: list[Own] = []
    left = low
    while left > 0 and groups[left - 1] in "AT":
        left -= 1
    has_left = left > 0 and groups[left - 1] in "NMBV"
    around = f"{'l' if has_left else ''}{'r' if has_right else ''}"
    _add_left(found, nodes, groups, low, form, around, lexicon, quantity.unit)
    _add_right(found, nodes, groups, high, right, form, around, lexicon, quantity.unit)
    before = groups[left - 1] if left else "START"
    features = [f"none", f"none {form}", f"none around={around}", f"none joint={clause.joint}", f"none before={before}",
                f"none before={before} {form}", f"none first={groups[0]}", f"none size={min(len(nodes), 4)}"]
    found.append(Own("none", 0, 0, "", features))
    return found


def _right_start(groups: list[str], position: int) -> int:
    right = position + 1
    while right < len(groups) and groups[right] == "Q":
        right += 1
    if right < len(groups) and groups[right] == "O":
        right += 1
    return right


def _gap_kind(between: list[str]) -> str:
    for letter, name in (("U", "up"), ("D", "differ"), ("S", "share"), ("R", "rank"), ("L", "level"), ("F", "from")):
        if letter in between:
            return name
    if "V" in between or "B" in between:
        return "verb"
    return "prep" if "P" in between else "near"


def _add_left(
    found: list[Own], nodes: Nodes, groups: list[str], position: int, form: str, around: str, lexicon: Lexicon, unit: str
) -> None:
    end = position
    verbs = 0
    crossed = 0
    over = False
    while end > 0:
        letter = groups[end - 1]
        if letter == "Q":
            if not over and all(x == "Q" for x in groups[end:position]):
                end -= 1
                continue
            break
        between = groups[end:position]
        if letter not in _UNFIT_LAST:
            gap = _gap_kind(between)
            allowed = not crossed or gap in ("share", "rank", "differ", "from")
            if allowed:
                _add_starts(found, nodes, groups, end, position, form, around, gap, verbs, crossed, lexicon, unit)
        if letter in "VB":
            verbs += 1
            if verbs > _MOST_VERBS:
                break
        elif letter in _PASSED:
            pass
        else:
            # a noun phrase between is passed only on the way to 占, 高于, 居, 由
            rest = groups[max(0, end - 9):end]
            if crossed > 7 or not any(x in rest for x in "SDRF"):
                break
            crossed += 1
        end -= 1


def _add_starts(
    found: list[Own], nodes: Nodes, groups: list[str], end: int, position: int, form: str, around: str, gap: str,
    verbs: int, crossed: int, lexicon: Lexicon, unit: str,
) -> None:
    last = nodes[end - 1]
    after = groups[end] if end < len(groups) else "END"
    site = f"left {gap}"
    base = [
        "left", site, f"{site} {form}", f"{site} around={around}", f"{site} last={groups[end - 1]}",
        f"left last={groups[end - 1]}", f"{site} verbs={verbs}", f"left lasttag={last.tag[:2]}",
        f"{site} after={after}", f"left lastlen={min(len(last.text), 3)}",
    ]
    fit = lexicon.fit(unit, last.text)
    base += [f"left fit={fit}", f"{site} fit={fit}", f"left lastuse={lexicon.use(last.text)}", f"left lastkind={lexicon.kind(last.text)} {form}"]
    if groups[end - 1] in "VB":
        base.append(f"left lastverb use={lexicon.use(last.text)} gov={lexicon.governs(last.text)}")
    if end < position and groups[end] in "VB":
        base.append(f"left gapverb use={lexicon.use(nodes[end].text)} gov={lexicon.governs(nodes[end].text)}")
    if crossed:
        base.append(f"{site} crossed")
    if end < position and groups[position - 1] == "Q":
        base.append("left over")
    if letter_is_area(last, groups[end - 1]):
        base.append("left area")
    inside: list[str] = []
    n_verb = n_of = n_list = n_prep = n_gen = n_up = n_adv = n_time = 0
    size = 0
    start = end
    opened = 0
    while start > 0 and end - start < _LONGEST:
        start -= 1
        letter = groups[start]
        if letter in "QK":
            break
        if start < end - 1 or letter != "U":
            n_up += letter == "U"
        n_verb += letter == "V" and start < end - 1
        n_of += letter == "O"
        n_list += letter == "C"
        n_prep += letter in "PF"
        n_gen += letter == "G"
        n_adv += letter == "A"
        n_time += letter in "TY"
        size += 1
        if letter in _UNFIT_FIRST:
            continue
        prev = groups[start - 1] if start else "START"
        prevtag = nodes[start - 1].tag[:1] if start else ""
        prev2 = groups[start - 2] if start > 1 else "START"
        first = letter
        features = [
            *base, f"left prev={prev}", f"{site} prev={prev}", f"left first={first}", f"left prev={prev} first={first}",
            f"left prevtag={prevtag}", f"left prev={prev} prev2={prev2}", f"left prev={prev} prev2={prev2} {gap}",
            f"left prev={prev} first={first} prevlen={len(nodes[start - 1].text) if start else 0}", f"left verbs={min(n_verb, 3)}", f"left of={min(n_of, 2)}",
            f"left list={min(n_list, 2)}", f"left prep={min(n_prep, 2)}", f"left gen={min(n_gen, 2)}",
            f"left up={min(n_up, 2)}", f"left adv={min(n_adv, 2)}", f"left time={min(n_time, 1)}",
            f"left size={min(size, 8)}", f"{site} verbs={min(n_verb, 2)} prev={prev}",
            f"left firsttag={nodes[start].tag[:2]}", f"left first={first} tag={nodes[start].tag[:1]} size={min(size, 2)}",
        ]
        if letter in "VBU":
            features.append(f"left firstverb use={lexicon.use(nodes[start].text)} gov={lexicon.governs(nodes[start].text)} size={min(size, 2)}")
        if start and prev in "VBU":
            use, gov = lexicon.use(nodes[start - 1].text), lexicon.governs(nodes[start - 1].text)
            features += [f"left prevuse={use}", f"left prevgov={gov}", f"left prevuse={use} first={first}", f"left prevuse={use} prev2={prev2}"]
        if start and prev in _VERBS:
            features.append(f"left prevverb={len(nodes[start - 1].text)} {gap}")
        found.append(Own("left", start, end, gap, features))


def letter_is_area(last: Node, letter: str) -> bool:
    """Whether a phrase ends with an area: 新增省级示范镇1个, not 占全市30%."""
    return letter == "G" and last.label == "area"


def _add_right(
    found: list[Own], nodes: Nodes, groups: list[str], position: int, right: int, form: str, around: str,
    lexicon: Lexicon, unit: str,
) -> None:
    left = position
    while left > 0 and groups[left - 1] in "ATQC":
        left -= 1
    before = groups[left - 1] if left else "START"
    has_of = right > position + 1
    n_verb = n_of = n_list = n_prep = n_up = n_adv = n_lev = size = turns = 0
    end = right
    if right < len(nodes) and nodes[right].text[0] in "（(":
        return
    while end < len(nodes) and end - right < _LONGEST:
        letter = groups[end]
        if letter in "QK":
            break
        turns += end > right and nodes[end].tag[:1] in "vid" and nodes[end - 1].tag[:1] == "n"
        n_verb += letter == "V"
        n_of += letter == "O"
        n_list += letter == "C"
        n_prep += letter in "PF"
        n_up += letter == "U"
        n_adv += letter == "A"
        n_lev += letter in "LSRD"
        size += 1
        end += 1
        if groups[right] in _UNFIT_FIRST:
            break
        if letter in _UNFIT_LAST:
            continue
        last = nodes[end - 1]
        after = groups[end] if end < len(groups) else "END"
        features = [
            "right", f"right {form}", f"right over={int(groups[position + 1] == 'Q')}", f"right of={int(has_of)}", f"right around={around}", f"right before={before}",
            f"right before={before} {form}", f"right first={groups[right]}", f"right firsttag={nodes[right].tag[:2]}",
            f"right last={letter}", f"right lasttag={last.tag[:2]}", f"right after={after}",
            f"right last={letter} after={after}", f"right verbs={min(n_verb, 3)}", f"right ofs={min(n_of, 2)}",
            f"right list={min(n_list, 2)}", f"right prep={min(n_prep, 2)}", f"right up={min(n_up, 2)}",
            f"right adv={min(n_adv, 2)}", f"right lev={min(n_lev, 2)}", f"right size={min(size, 8)}",
            f"right lastV={int(letter == 'V')} size={min(size, 3)}",
            f"right verbs={min(n_verb, 2)} last={letter}", f"right aftertag={nodes[end].tag[:1] if end < len(nodes) else ''}",
            f"right turns={min(turns, 2)}", f"right turns={min(turns, 2)} size={min(size, 3)}",
        ]
        fit = lexicon.fit(unit, last.text)
        features += [f"right fit={fit}", f"right fit={fit} size={min(size, 3)}", f"right lastuse={lexicon.use(last.text)}", f"right lastkind={lexicon.kind(last.text)} {form}"]
        if end < len(nodes) and groups[end] in "VBNU":
            features.append(f"right afteruse={lexicon.use(nodes[end].text)} {groups[end]}")
        if letter in "VB":
            features.append(f"right lastverb use={lexicon.use(last.text)}")
        found.append(Own("right", right, end, "", features))
