"""Ties each figure of a sentence to its object, predicate and base: candidates, ranked by few readable weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import regex

from extract.grammar.phrases import items_of, phrase_of, subject_of, trim
from extract.matching.patterns import compiled
from extract.model.clause import Clause, Nodes
from extract.model.phrase import NOTHING, Phrase, Piece
from extract.model.quantity import Quantity
from extract.model.relation import Run
from extract.relations.antecedents import Antecedent, Memory
from extract.relations.compose import Composite, swapped
from extract.relations.lexicon import Lexicon
from extract.relations.lists import complete_items
from extract.relations.own import Own, group, own_candidates
from extract.rulebook.schema import WordRules


_DROPPED: Final = frozenset(("累计", "合计", "总计", "共计", "已经", "分别", "全部", "目前", "一共", "总共", "将会", "继续", "正在"))
_BEST: Final = 3
_LONG_BRACKET: Final = 6
_WORST: Final = 3.0


def spoken(nodes: Nodes) -> Phrase:
    """The words of a phrase without what is no part of it: times, bases, 分别, and adverbs such as 已 and 共."""
    return Phrase(
        tuple([n for n in nodes if not (n.text[0] in "（(" and len(n.text) > _LONG_BRACKET) and n.label not in ("time", "respective", "basis") and not (n.label == "adverb" and n.tag[:1] in "d" and (len(n.text) == 1 or n.text in _DROPPED))])
    )


class Tableau:
    """The candidates for one figure: those of its clause, those composed, and what was chosen."""

    __slots__ = ("clause", "composites", "own", "owns", "position", "quantity", "run", "chosen")

    def __init__(self, clause: Clause, position: int, quantity: Quantity, run: Run) -> None:
        self.clause = clause
        self.position = position
        self.quantity = quantity
        self.run = run
        self.owns: list[Own] = []
        self.own: Own | None = None
        self.composites: list[Composite] = []
        self.chosen: Composite | None = None


class Tier:
    """Makes the tableau of a figure."""

    def __init__(self, words: WordRules, own_weights: Mapping[str, float], weights: Mapping[str, float], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._measures = compiled(words.measures)
        self._attributes = compiled(words.attributes)
        self._relational = frozenset(words.relational)
        self._partial = compiled(words.partial)
        self._expansions = words.expansions
        self.own_weights = own_weights
        self.weights = weights

    def owns(self, clause: Clause, position: int, quantity: Quantity, span: tuple[int, int]) -> list[Own]:
        return own_candidates(clause, position, quantity, self.lexicon, span)

    def own_class(self, own: Phrase, nodes: Nodes) -> str:
        text = own.text
        if not text:
            return "none"
        if all(group(node) in "GX" for node in nodes):
            return "generic"
        if text in self._relational or self._attributes.search(text):
            return "attribute"
        if self._partial.search(text):
            return "part"
        if self._measures.search(text):
            return "measure"
        if len(text) <= 2:
            return "short"
        return "noun"

    def items(self, nodes: Nodes, run: Run) -> Phrase:
        """The figure's own item of a list, empty where there is no such list."""
        nodes = trim(nodes)
        named = phrase_of(nodes)
        items = items_of(nodes)
        if len(items) > run.size:
            items = items_of(nodes, by_conj=False)
        for word, parts in self._expansions.items():
            if word in named.text and len(parts) == run.size and (len(items) != run.size or "、" in word):
                start = named.text.index(word)
                spans = named.cut(start, start + len(word)).spans
                from extract.model.phrase import Piece

                end = start + len(word)
                piece = Phrase((Piece(parts[run.place], spans[0][0], spans[-1][1]),))
                return named.cut(0, start) + piece + named.cut(end, len(named.text))
        return complete_items(items)[run.place] if len(items) == run.size else NOTHING

    def composites(self, tableau: Tableau, memory: Memory, hint: tuple[str, str, bool] | None = None) -> list[Composite]:
        """The objects that may be composed of the best candidates of the clause and what `memory` offers."""
        best = sorted(tableau.owns, key=lambda own: -own.score)[:_BEST]
        found: list[Composite] = []
        texts: set[str] = set()
        for rank, own in enumerate(best):
            lost = best[0].score - own.score
            if lost > _WORST:
                break
            margin = "0" if not rank else f"{rank} {int(lost * 2)}"
            self._compose(found, texts, tableau, own, memory, [f"rank={rank}", f"margin={margin}"])
        if hint is not None:
            text, rule, carried = hint
            told = [one for one in found if one.phrase.text == text]
            if not told and text:
                told = [Composite(hint_phrase(text, tableau), "shape", "", None, None, ["shape"])]
                found += told
            for one in told:
                one.features += ["hint", f"hint {one.way}", f"hint rule={rule}", f"hint rule={rule} {one.way}", f"hint carried={carried} {one.way}"]
        if not found:
            found.append(Composite(NOTHING, "empty", "", None, None, ["empty"]))
        return found

    def _compose(self, found: list[Composite], texts: set[str], tableau: Tableau, own: Own, memory: Memory, rank: list[str]) -> None:
        clause, quantity, run = tableau.clause, tableau.quantity, tableau.run
        nodes = clause.nodes[own.first : own.last] if own.site != "none" else ()
        trimmed = trim(nodes) if nodes else ()
        phrase = spoken(trimmed)
        cls = self.own_class(phrase, trimmed)
        form = quantity.form
        if form == "count" and quantity.dimension in ("person", "household"):
            form = "people"
        if form == "count" and quantity.dimension == "money":
            form = "money"
        gap = own.gap if own.site == "left" else own.site
        first = group(clause.nodes[0])
        verb = _verb_group(clause, tableau.position)
        joint = clause.joint
        part = "p" if memory.in_part else ""
        unit = quantity.unit
        common = [f"cls={cls}", f"form={form}", f"gap={gap}", f"joint={joint}", f"part={part}", f"cls={cls} form={form}",
                  f"first={first}", f"run={min(run.size, 2)}", f"verb={verb}", f"cls={cls} gap={gap}",
                  f"cls={cls} joint={joint}{part}", f"gap={gap} joint={joint} form={form}",
                  f"len={min(len(phrase.text), 7)} cls={cls}"]
        lexicon = self.lexicon
        fit = lexicon.fit(unit, trimmed[-1].text) if trimmed else "-"
        attr = lexicon.owned(phrase.text) if trimmed else "-"
        kind = lexicon.kind(phrase.text) if trimmed else "-"
        common += [f"fit={fit}", f"attr={attr}", f"attr={attr} size={min(len(trimmed), 2)}", f"kind={kind} {form}", f"kind={kind} size={min(len(trimmed), 2)}", f"fit={fit} gap={gap}"]
        if trimmed and group(trimmed[-1]) in "VB":
            common.append(f"lastverb use={lexicon.use(trimmed[-1].text)} size={min(len(trimmed), 2)}")

        def add(made: Phrase, way: str, source: str, one: Antecedent | None, owner: Phrase = NOTHING) -> None:
            if made.text in texts or (not made.text and way != "empty"):
                return
            texts.add(made.text)
            features = [way, *rank, f"{way} {rank[0]}", *[f"{way} {item}" for item in common]]
            said = memory.said.get((made.text, unit))
            if memory.again.get((made.text, unit), 0) > 1:
                features.append(f"again {way}")
            if said is not None and said != str(quantity.value):
                features.append(f"said {way}")
            if one is not None:
                same = "same" if one.unit == unit else ("no" if not one.unit else "other")
                far = memory.clause - one.clause
                near = "0" if far == 0 else "1" if far == 1 else "2" if far <= 3 else "3"
                sent = min(memory.sentence - one.sentence, 2)
                src = source if way != "owner2" else source
                features += [
                    f"{way} src={src}", f"{way} src={src} sent={sent}", f"{way} src={src} form={form}",
                    f"{way} unit={same}", f"{way} unit={same} form={form}", f"{way} far={near} sent={sent}",
                    f"{way} aform={one.form} form={form}", f"{way} src={src} cls={cls}", f"{way} src={src} first={first}",
                    f"{way} src={src} part={part}", f"{way} src={src} joint={joint}",
                    f"{way} acls={self._class_of(one.phrase)}", f"{way} acls={self._class_of(one.phrase)} cls={cls}",
                    f"{way} src={src} gap={gap}", f"{way} unit={same} joint={joint}", f"{way} alen={min(len(one.phrase.text) // 3, 4)}",
                    f"{way} afit={lexicon.fit(unit, before_head(one.phrase))}", f"{way} akind={lexicon.kind(one.phrase.text)} {form}", f"{way} akind={lexicon.kind(one.phrase.text)} kind={kind}", f"{way} unit={same} cls={cls}", f"{way} away={one.way} cls={cls}", f"{way} away={one.way} src={src}", f"{way} away={one.way} gap={gap} form={form}", f"{way} par={int(one.way.split(' ')[-1] == gap and one.form == quantity.form)} acls={self._class_of(one.phrase)} cls={cls}",
                ]
            found.append(Composite(made, way, source, one, own, features, owner))

        if phrase:
            if run.size > 1 and (item := self.items(nodes, run)):
                add(item, "item", "", None)
                if own.gap == "verb" and (deed := _deed(clause.nodes, own.last, tableau.position)):
                    add(item + deed, "itemdeed", "", None)
            add(phrase, "own", "", None)
            if own.gap == "verb" and own.site == "left" and (deed := _deed(clause.nodes, own.last, tableau.position)):
                add(phrase + deed, "deed", "", None)
        offered = memory.offered(run.place, run.size)
        for source, one in offered:
            before = one.phrase
            tail = self._measures.search(before.text)
            base = before.cut(0, tail.start()).without("的") if tail and tail.start() else NOTHING
            if not phrase or cls == "generic":
                add(before, "carry", source, one)
                if base:
                    add(base, "stripped", source, one)
                continue
            named = phrase
            if run.size > 1 and (item := self.items(nodes, run)):
                named = item
            if named.text in before.text:
                continue
            if base and not base.text.endswith(named.text):
                add(base + named, "owner", source, one, base)
            add(before + named, "owned", source, one, before)
            if one.owner and not one.owner.text.endswith(named.text):
                add(one.owner + named, "chain", source, one, one.owner)
            if tail and not self._measures.search(named.text):
                add(named + before.cut(tail.start(), len(before.text)), "tail", source, one)
            if made := swapped(named, before):
                add(made, "swap", source, one)
            if memory.in_part:
                add(named + before, "partwhole", source, one)
            if cls in ("short", "generic") or own.gap == "verb" or own.site == "right":
                add(before, "carry", source, one)

    def _class_of(self, phrase: Phrase) -> str:
        return "measure" if self._measures.search(phrase.text) else "noun"

    def score_own(self, owns: list[Own]) -> None:
        weights = self.own_weights
        for own in owns:
            own.score = sum([weights.get(name, 0.0) for name in own.features])

    def score(self, composites: list[Composite]) -> None:
        weights = self.weights
        for one in composites:
            one.score = sum([weights.get(name, 0.0) for name in one.features])


def hint_phrase(text: str, tableau: Tableau) -> Phrase:
    start = tableau.clause.nodes[tableau.position].start
    return Phrase((Piece(text, start, start + len(text)),))


def before_head(phrase: Phrase) -> str:
    """The last word of a phrase."""
    return phrase.pieces[-1].text if phrase.pieces else ""


def _deed(nodes: Nodes, last: int, position: int) -> Phrase:
    """The verb between a phrase and the figure."""
    verbs = [node for node in nodes[last:position] if group(node) in "VB"]
    return Phrase((verbs[0],)) if verbs else NOTHING


def _verb_group(clause: Clause, position: int) -> str:
    """The letter of the word before the figure, adverbs passed."""
    place = position - 1
    while place >= 0 and group(clause.nodes[place]) in "AT":
        place -= 1
    return group(clause.nodes[place]) if place >= 0 else "START"
