"""Objects composed of what a clause says and what stood before: owners, parts, items of lists, carried objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.grammar.phrases import items_of, phrase_of, trim
from extract.matching.patterns import compiled
from extract.model.clause import Nodes
from extract.model.phrase import NOTHING, Phrase
from extract.model.relation import Run
from extract.relations.antecedents import Antecedent, Memory
from extract.relations.figures import Figure, Own, group
from extract.relations.lexicon import Lexicon
from extract.relations.lists import complete_items, put
from extract.relations.names import NO_NAMES, NO_WEIGHTS, Names, WeightsByWay
from extract.rulebook.schema import WordRules

_LONG_BRACKET: Final = 6
_SHORT: Final = 2
_ANY: Final = "any"
"""Stands in place of the way in a feature that counts alike for all."""
_BOTH: Final = ("0", "1", "2")
"""Steps of the use of a word that is a verb as well."""
_UNSPOKEN: Final = ("time", "respective", "basis")


class Composite:
    """An object in the making: `way` says how it is made, `source` what it takes up, `own` the clause's part of it.

    `owner` is the part that owns the rest. The weights of its `features` are summed up to `score`.
    """

    __slots__ = ("names", "own", "owner", "phrase", "rank", "score", "source", "way")

    def __init__(
        self,
        phrase: Phrase,
        way: str,
        source: str = "",
        own: Own | None = None,
        rank: Names = NO_NAMES,
        names: tuple[Names, ...] = (),
        owner: Phrase = NOTHING,
    ) -> None:
        self.phrase = phrase
        self.way = way
        self.source = source
        self.own = own
        self.rank = rank
        self.names = names
        self.owner = owner
        self.score = 0.0

    @property
    def features(self) -> list[str]:
        """What speaks for and against the object: the rank of its part of the clause, the way, what the way meets."""
        named = [f"{self.way} {name}" for names in self.names for name in names.names]
        return [*[f"{_ANY} {name}" for name in self.rank.names], self.way, *named]

    def weigh(self, weights: WeightsByWay) -> None:
        """Sum up the weights."""
        of_way = weights.get(self.way, NO_WEIGHTS)
        score = self.rank.weight(_ANY, weights.get(_ANY, NO_WEIGHTS)) + of_way.get("", 0.0)
        for names in self.names:
            score += names.weight(self.way, of_way)
        self.score = score


class Offer:
    """An antecedent that a figure may take up: `source` says where it comes from.

    `tail` is where the measure that it ends with begins, -1 for none, `stem` what stands before that, `whole` whether
    it ends with one. `unit` compares its unit with that of the figure, `kind` is the class of its ending. `names` are
    those of what speaks for and against it whatever the clause says.
    """

    __slots__ = ("antecedent", "kind", "names", "source", "stem", "tail", "unit", "whole")

    def __init__(self, source: str, antecedent: Antecedent, tail: int, stem: Phrase, unit: str, kind: str) -> None:
        self.source = source
        self.antecedent = antecedent
        self.tail = tail
        self.stem = stem
        self.whole = "measure" if tail >= 0 else "noun"
        self.unit = unit
        self.kind = kind
        self.names = NO_NAMES


class Composer:
    """Composes candidates for the object of a figure."""

    def __init__(self, words: WordRules, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._measures = compiled(words.measures)
        self._attributes = compiled(words.attributes)
        self._relational = frozenset(words.relational)
        self._partial = compiled(words.partial)
        self._expansions = words.expansions
        self._unspoken = frozenset(words.unspoken)

    def spoken(self, nodes: Nodes) -> Phrase:
        """The words of a phrase but for times, bases, long brackets and adverbs that say nothing of the object (已)."""
        kept = [
            node
            for node in nodes
            if node.label not in _UNSPOKEN
            and not (node.text[0] in "（(" and len(node.text) > _LONG_BRACKET)
            and not (node.label == "adverb" and node.tag[:1] == "d" and self._is_unspoken(node.text))
        ]
        return Phrase(tuple(kept))

    def _is_unspoken(self, word: str) -> bool:
        return len(word) == 1 or word in self._unspoken

    def compose(self, figure: Figure, owns: Sequence[tuple[Own, list[str]]], memory: Memory) -> list[Composite]:
        """What the best of a clause's candidates and the memory make, one for each text.

        Each of `owns` comes with the names that tell how good a candidate it is.
        """
        offers = [self._offer(figure, source, one, memory) for source, one in memory.offered(figure.run)]
        found: dict[str, Composite] = {}
        for own, rank in owns:
            nodes = trim(figure.clause.nodes[own.first : own.last]) if own.site != "none" else ()
            _Composing(self, figure, own, nodes, Names(rank), memory, offers, found).run()
        return list(found.values()) or [Composite(NOTHING, "empty")]

    def _offer(self, figure: Figure, source: str, one: Antecedent, memory: Memory) -> Offer:
        """An antecedent with what speaks for and against it."""
        quantity, form, joint, phrase = figure.quantity, figure.form, figure.clause.joint, one.phrase
        tail = self.tail(phrase)
        stem = phrase.cut(0, self._stem(phrase, tail)).without("的") if tail > 0 else NOTHING
        unit = "same" if one.unit == quantity.unit else "other" if one.unit else "no"
        offer = Offer(source, one, tail, stem, unit, self._lexicon.kind(phrase.text))
        apart = memory.clause - one.clause
        far = "3" if apart > 3 else "2" if apart > 1 else str(apart)
        sentence = min(memory.sentence - one.sentence, 2)
        offer.names = Names(
            [
                f"src={source}",
                f"src={source} first={group(figure.clause.nodes[0])}",
                f"src={source} form={form}",
                f"src={source} sent={sentence}",
                f"src={source} joint={joint}",
                f"src={source} part={_part(memory)}",
                f"src={source} unit={unit}",
                f"src={source} unit={unit} form={form}",
                f"src={source} far={far}",
                f"src={source} acls={offer.whole} form={form}",
                f"far={far} sent={sentence}",
                f"unit={unit} form={form}",
                f"unit={unit} joint={joint}",
                f"aform={one.form} form={form}",
                f"afit={self._lexicon.fit(quantity.unit, phrase.pieces[-1].text)}",
                f"akind={offer.kind} {form}",
                f"alen={min(len(phrase.text) // 3, 4)}",
                f"away={one.way} src={source}",
            ]
        )
        return offer

    def _stem(self, phrase: Phrase, size: int) -> int:
        """How many of the `size` characters before its measure a phrase keeps: not the deed 播种 of 粮食播种面积."""
        start = 0
        for piece in phrase.pieces:
            if start + len(piece.text) > size:
                break
            start += len(piece.text)
        return start if self._lexicon.is_verb(phrase.text[start:size], _BOTH) else size

    def class_of(self, phrase: Phrase, nodes: Nodes) -> str:
        """What kind of phrase the clause names: an attribute, a verb, a part, a measure, a short or another noun."""
        text = phrase.text
        if not text:
            return "none"
        if all(group(node) in "GX" for node in nodes):
            return "generic"
        if all(group(node) == "V" for node in nodes):
            return "deed"
        if text in self._relational or self._attributes.search(text):
            return "attribute"
        if self._partial.search(text):
            return "part"
        if self._measures.search(text):
            return "measure"
        return "short" if len(text) <= _SHORT else "noun"

    def item(self, nodes: Nodes, run: Run) -> Phrase:
        """The figure's own item of a list A、B和C with what the list shares, empty where there is no such list."""
        named = phrase_of(nodes)
        items = items_of(nodes)
        if len(items) > run.size:
            items = items_of(nodes, by_conj=False)
        for word, parts in self._expansions.items():
            if word in named.text and len(parts) == run.size and (len(items) != run.size or "、" in word):
                return put(named, word, parts[run.place])
        return complete_items(items)[run.place] if len(items) == run.size else NOTHING

    def tail(self, phrase: Phrase) -> int:
        """Where the measure that a phrase ends with begins, -1 if it ends with none."""
        found = self._measures.search(phrase.text)
        return int(found.start()) if found else -1


class _Composing:
    """One candidate of a clause on its way to objects."""

    def __init__(
        self,
        composer: Composer,
        figure: Figure,
        own: Own,
        nodes: Nodes,
        rank: Names,
        memory: Memory,
        offers: list[Offer],
        found: dict[str, Composite],
    ) -> None:
        self.composer = composer
        self.lexicon = composer._lexicon
        self.figure = figure
        self.own = own
        self.nodes = nodes
        self.rank = rank
        self.memory = memory
        self.offers = offers
        self.found = found
        self.form = figure.form
        self.phrase = composer.spoken(nodes)
        self.kind = self.lexicon.kind(self.phrase.text) if nodes else "-"
        self.named = composer.class_of(self.phrase, nodes)
        self.part = _part(memory)
        self.first = group(figure.clause.nodes[0])
        sentence = memory.sentence
        self.nth = min(sum([one.sentence == sentence for one in memory.objects]), 2)
        self.subject = int(any(one.sentence == sentence for one in memory.subjects))
        self.apart = ("G" if "G" in figure.letters else "") + ("T" if "T" in figure.letters else "")
        self.last = self._last()
        self.kin = memory.kin(self.phrase.text, figure.quantity.unit) if nodes else "-"
        self.common = Names([rank.names[0], *self._of_words(), *self._of_text()])

    def _last(self) -> str:
        """How the object of the figure before compares: whether it ends with a measure, its unit and how it lay."""
        if not self.memory.objects:
            return "-"
        one = self.memory.objects[-1]
        measure = "m" if self.composer.tail(one.phrase) >= 0 else "n"
        unit = "u" if one.unit == self.figure.quantity.unit else "f" if one.form == self.figure.quantity.form else "-"
        alike = "w" if one.way.endswith(self.own.way) else "-"
        here = "s" if one.sentence == self.memory.sentence else "-"
        return measure + unit + alike + here

    def _of_words(self) -> list[str]:
        """What the candidate is by its words, where they lie and how they are counted."""
        figure, lexicon, named, nodes = self.figure, self.lexicon, self.named, self.nodes
        gap, form, joint = self.own.way, self.form, figure.clause.joint
        few = min(len(nodes), 2)
        fit = lexicon.fit(figure.quantity.unit, nodes[-1].text) if nodes else "-"
        attribute = lexicon.owned(self.phrase.text) if nodes else "-"
        verb = [f"lastverb use={lexicon.use(nodes[-1].text)} size={few}"] if nodes and group(nodes[-1]) in "VB" else []
        return [
            *verb,
            f"cls={named}",
            f"form={form}",
            f"gap={gap}",
            f"part={self.part}",
            f"first={self.first}",
            f"run={min(figure.run.size, 2)}",
            f"verb={figure.letter_before()}",
            f"fit={fit}",
            f"fit={fit} gap={gap}",
            f"cls={named} form={form}",
            f"cls={named} gap={gap}",
            f"cls={named} joint={joint}{self.part}",
            f"gap={gap} joint={joint} form={form}",
            f"len={min(len(self.phrase.text), 7)} cls={named}",
            f"attr={attribute} size={few}",
            f"kind={self.kind} {form}",
            f"kind={self.kind} size={few}",
            f"kin={self.kin} cls={named}",
            f"kin={self.kin} attr={attribute}",
        ]

    def _of_text(self) -> list[str]:
        """What the sentence has said before of other figures and subjects."""
        named, gap = self.named, self.own.way
        return [
            f"nth={self.nth}",
            f"nth={self.nth} cls={named}",
            f"nth={self.nth} subj={self.subject} cls={named}",
            f"subj={self.subject} gap={gap}",
            f"own={self.apart} cls={named}",
            f"last={self.last} cls={named}",
            f"last={self.last} gap={gap} form={self.form}",
            f"last={self.last} kind={self.kind}",
        ]

    def run(self) -> None:
        """Compose."""
        figure, own, composer = self.figure, self.own, self.composer
        phrase, named = self.phrase, self.named
        item = composer.item(self.nodes, figure.run) if figure.run.size > 1 and self.nodes else NOTHING
        if phrase:
            deed = _deed(figure.clause.nodes, own.last, figure.position) if own.way == "verb" else NOTHING
            if item:
                self._add(item, "item")
                self._add(item + deed, "itemdeed")
            self._add(phrase, "own")
            self._add(phrase + deed, "deed")
        part = item or phrase
        for offer in self.offers:
            if not phrase or named == "generic":
                pair = self._pair(offer)
                self._add(offer.antecedent.phrase, "carry", offer, pair)
                self._add(offer.stem, "stripped", offer, pair)
            elif part.text not in offer.antecedent.phrase.text:
                self._own_and(part, offer)

    def _own_and(self, part: Phrase, offer: Offer) -> None:
        before, stem, tail, owner = offer.antecedent.phrase, offer.stem, offer.tail, offer.antecedent.owner
        pair = self._pair(offer)
        if stem and not stem.text.endswith(part.text):
            self._add(stem + part, "owner", offer, pair, stem)
        self._add(before + part, "owned", offer, pair, before)
        if owner and not owner.text.endswith(part.text):
            self._add(owner + part, "chain", offer, pair, owner)
        if tail >= 0 and self.composer.tail(part) < 0:
            self._add(part + before.cut(tail, len(before.text)), "tail", offer, pair)
        self._add(_swapped(part, before), "swap", offer, pair)
        if self.memory.in_part:
            self._add(part + before, "partwhole", offer, pair)
        if self.named in ("short", "deed") or self.own.way in ("verb", "right"):
            self._add(before, "carry", offer, pair)

    def _add(
        self, made: Phrase, way: str, offer: Offer | None = None, pair: Names = NO_NAMES, owner: Phrase = NOTHING
    ) -> None:
        text = made.text
        if not made or text in self.found:
            return
        quantity, memory = self.figure.quantity, self.memory
        names: tuple[Names, ...] = (self.common,) if offer is None else (self.common, offer.names, pair)
        said = memory.said.get((text, quantity.unit))
        again: list[str] = []
        if (text, quantity.unit) in memory.recurring:
            again = ["again", f"again cls={self.named}", f"again own={self.apart}"]
        if said is not None and said != str(quantity.value):
            again.append("said")
        if again:
            names = (*names, Names(again))
        source = offer.source if offer else ""
        self.found[text] = Composite(made, way, source, self.own, self.rank, names, owner)

    def _pair(self, offer: Offer) -> Names:
        """What speaks for and against taking up an antecedent, by what the clause says."""
        one, source, named, gap = offer.antecedent, offer.source, self.named, self.own.way
        alike = int(one.way.endswith(gap) and one.form == self.figure.quantity.form)
        return Names(
            [
                f"src={source} cls={named}",
                f"src={source} gap={gap}",
                f"unit={offer.unit} cls={named}",
                f"akind={offer.kind} kind={self.kind}",
                f"acls={offer.whole} cls={named}",
                f"away={one.way} cls={named}",
                f"away={one.way} gap={gap} form={self.form}",
                f"par={alike} acls={offer.whole} cls={named}",
            ]
        )


def _part(memory: Memory) -> str:
    return "p" if memory.in_part else ""


def _swapped(part: Phrase, whole: Phrase) -> Phrase:
    """省级文化园区 of 省级 and 国家级文化园区: what the last character of `part` ends is put in its place."""
    place = whole.text.find(part.text[-1:])
    if place < 0 or place + 1 >= len(whole.text):
        return NOTHING
    return part + whole.cut(place + 1, len(whole.text))


def _deed(nodes: Nodes, last: int, position: int) -> Phrase:
    """The verb between a phrase and the figure, empty if there is none."""
    verbs = [node for node in nodes[last:position] if group(node) in "VB"]
    return Phrase((verbs[0],)) if verbs else NOTHING
