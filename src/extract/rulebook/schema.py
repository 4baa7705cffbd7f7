"""What each file of `rules/` holds. Unknown keys, empty words and broken patterns are refused on load.

pydantic does that; it is not needed, and not imported, where rules come checked out of the cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import regex

from extract.matching.patterns import compiled
from extract.model.record import Bound, Status

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Check:
    """Lets pydantic hand a field to a function that raises ValueError for what it may not hold."""

    check: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of `source`, and this check behind it."""
        from pydantic_core.core_schema import no_info_after_validator_function

        return no_info_after_validator_function(self.check, handler(source))


@dataclass(frozen=True, slots=True)
class Joined:
    """Lets a file give a pattern as a list of its alternatives, one a line."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of `source`, a list joined before it."""
        from pydantic_core.core_schema import no_info_before_validator_function

        return no_info_before_validator_function(_joined, handler(source))


def _joined(pattern: Any) -> Any:
    is_list = isinstance(pattern, list) and bool(pattern) and all(isinstance(part, str) and part for part in pattern)
    return "|".join(pattern) if is_list else pattern


def _check_regex(pattern: str) -> str:
    try:
        compiled(pattern.replace("{n}", "0").replace("{verb}", "0").replace("{scope}", "0"))
    except regex.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    except RecursionError as error:
        raise ValueError("not a regular expression: nested too deep") from error
    return pattern


def _check_words(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words or not all(words):
        raise ValueError("a list of words must not be empty nor hold an empty word: it would match everywhere")
    return words


def _check_word(word: str) -> str:
    if not word:
        raise ValueError("a word must not be empty")
    return word


Pattern = Annotated[str, Check(_check_regex), Joined()]
Words = Annotated[tuple[str, ...], Check(_check_words)]
Word = Annotated[str, Check(_check_word)]


@dataclass(frozen=True, kw_only=True)
class Schema:
    """A part of a rule file: no unknown keys, no change after loading."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Rule(Schema):
    """What every rule has: an id and a one-line reason."""

    id: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Compound(Schema):
    """A smaller unit that may follow another: `makes` of them make one; the sum is said in the unit `of`."""

    unit: Word
    part: Word
    makes: int
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class NumeralRules(Schema):
    """`numerals.yaml`: how numbers are written."""

    digits: dict[str, int]
    scales: dict[str, int]
    point: Words
    grouped: Pattern
    group: Pattern
    group_before: Pattern
    more_digits: Pattern
    power: Pattern
    signs: Words
    minus: Words
    negative: Pattern
    negative_words: Words
    glued: str
    scale_of_one: Word
    counted_scale: Pattern
    letter_scales: dict[str, int]
    vague_after: Words
    vague_before: Words
    range_separators: Words
    bounded_from: Words
    bounded_to: Words
    list_separators: Words
    fraction_mark: str
    fraction_slash: Words
    between: Pattern
    between_joints: Words
    tenth: Words
    tenth_not_before: dict[str, str]
    bare_not_before: str
    half_tenth: Word
    half: str
    half_not_before: str
    half_words: Words
    half_after: Words
    half_units: Words
    half_behind: Words
    half_behind_not_before: str
    half_of: Words
    half_of_after: Words
    per_units: Words
    per_symbols: dict[str, str]
    per_word: Word
    per_word_units: Words
    per_unknown: Pattern
    unknown_unit: Pattern
    moved: Pattern
    places: Pattern
    places_in_words: Pattern
    places_listed: Pattern
    uncounted: Pattern
    year: Pattern
    casualty: Pattern
    compounds: tuple[Compound, ...]
    doubling: str
    doubling_verb: str
    index_cue: Pattern
    score_cue: Pattern
    rate_cue: Pattern
    ratio_mark: str
    ratio_colons: str
    ratio_cue: Pattern
    currencies: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Unit(Schema):
    """A row of `units.csv`: one way to write a unit after a number."""

    surface: Word
    unit: str
    dimension: str
    not_before: str = ""
    example: str = ""
    counter_example: str = ""


@dataclass(frozen=True, kw_only=True)
class BoundExample(Schema):
    text: str
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, kw_only=True)
class BoundRule(Rule):
    """An entry of `bounds.yaml`: words beside a quantity that say on which side of the number it lies."""

    bound: Bound
    before: Words
    after: Words
    remote: Pattern = ""
    unless: tuple[str, ...] = ()
    examples: tuple[BoundExample, ...]
    counter_examples: tuple[BoundExample, ...]


@dataclass(frozen=True, kw_only=True)
class Mask(Rule):
    """An entry of `exclusions.yaml` that hides a stretch of text (its group `mask`, else the whole match)."""

    pattern: Pattern
    examples: Words
    counter_examples: Words


@dataclass(frozen=True, kw_only=True)
class Veto(Rule):
    """An entry of `exclusions.yaml` that rejects a quantity by its dimension, its text and its neighbours."""

    dimensions: tuple[str, ...] = ()
    text: Pattern = ""
    before: Pattern = ""
    after: Pattern = ""
    unless_before: Pattern = ""
    unless_after: Pattern = ""
    unless_beside: Pattern = ""
    examples: Words
    counter_examples: Words


@dataclass(frozen=True, kw_only=True)
class Exclusions(Schema):
    """`exclusions.yaml`: what looks like a quantity and is none."""

    named: Pattern
    masks: tuple[Mask, ...]
    vetoes: tuple[Veto, ...]


@dataclass(frozen=True, kw_only=True)
class RankRule(Rule):
    """A rule of `ranks.yaml`: group `numeral` (or `value`) is the place, group `span` what the record spans."""

    pattern: Pattern
    value: int | None = None
    bound: Bound = "exact"
    examples: Words
    counter_examples: Words


@dataclass(frozen=True, kw_only=True)
class Ranks(Schema):
    """`ranks.yaml`: places in an order."""

    verbs: Words
    scopes: Words
    joint: Pattern
    rules: tuple[RankRule, ...]


@dataclass(frozen=True, kw_only=True)
class Aside(Rule):
    """What stands in a line of text and is the page's own."""

    pattern: Pattern
    role: Literal["furniture", "caption"] = "furniture"
    examples: Words
    counter_examples: Words


@dataclass(frozen=True, kw_only=True)
class LayoutRules(Schema):
    """`layout.yaml`: how a page of text is put together."""

    asides: tuple[Aside, ...]
    terminal: Pattern
    full_stop: Pattern
    prose: Pattern
    continues: Pattern
    opening: Pattern
    item: Pattern
    subhead_length: int
    inside: Pattern
    open_end: Pattern
    furniture: Pattern
    sentence_end: Pattern
    byline: Pattern
    numbered_heading: Pattern
    caption: Pattern
    caption_length: int
    full_date: Pattern
    short_date: Pattern
    packed_date: Pattern
    named_date: Pattern
    yearless_stamp: Pattern
    dated_line: Pattern
    month_day: Pattern
    chinese_date: Pattern
    year: Pattern
    year_to_come: Pattern
    year_coming: Pattern
    year_due: Pattern
    year_going: Pattern
    year_ended: Pattern
    year_start: Pattern
    year_planned: Pattern
    base_year: Pattern
    same_time: Pattern
    lasting_bases: Words
    last_year: Pattern
    year_range: Pattern
    reported_part: Pattern
    reported_day: Pattern
    beside_years: Pattern
    this_year: Pattern
    title_length: int
    kicker_length: int
    deck: Pattern
    end_matter: Pattern
    related: Pattern
    source: Words
    credit: Pattern
    credited: Pattern
    dateline: Pattern


@dataclass(frozen=True, kw_only=True)
class CharacterRules(Schema):
    """`characters.yaml`: how characters are read."""

    hidden: Pattern
    broken: Pattern
    alike: Pattern
    radicals: dict[str, str]
    traditional: Word
    traditional_share: float
    traditional_quotes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class FoldExample(Schema):
    text: str
    read: str


@dataclass(frozen=True, kw_only=True)
class Fold(Rule):
    """An entry of `folding.yaml`: characters that are read as others, or dropped."""

    pattern: Pattern
    becomes: dict[str, str]
    prose: bool = False
    examples: tuple[FoldExample, ...]
    counter_examples: Words


@dataclass(frozen=True, kw_only=True)
class FoldRules(Schema):
    """`folding.yaml`: the written forms of numbers that are read as the plain one."""

    prose: Pattern
    apart: Pattern
    spaced: Pattern
    close: Pattern
    folds: tuple[Fold, ...]


@dataclass(frozen=True, kw_only=True)
class TableRules(Schema):
    """`tables.yaml`: how the heads and figures of tables are read."""

    row: Pattern
    parted: tuple[Pattern, ...]
    border: Pattern
    no_cell: Pattern
    figure: Pattern
    empty: Pattern
    year: Pattern
    time: Pattern
    caption_time: Pattern
    captioned: Pattern
    caption: Pattern
    prefix: Pattern
    note: Pattern
    units: Pattern
    bracket: Pattern
    unit_head: Pattern
    skipped: Pattern
    generic: Pattern
    planned: Pattern
    change: Pattern
    base: Pattern
    rank: Pattern
    area: Pattern


@dataclass(frozen=True, kw_only=True)
class Term(Schema):
    """A row of `lexicon.csv`: a word for the segmenter with its part of speech."""

    word: Word
    tag: Word


@dataclass(frozen=True, kw_only=True)
class Area(Schema):
    """A row of `areas.csv`: an administrative division, zone or region; of `areas-former.csv`, one up to a year."""

    code: str
    name: Word
    short: str = ""
    level: Literal["nation", "province", "prefecture", "county", "zone", "region"]
    parent: str = ""
    until: int = 0


@dataclass(frozen=True, kw_only=True)
class TimeRule(Rule):
    """A rule of `times.yaml`: a way to write a time, and the period it stands for."""

    pattern: Pattern
    period: str
    unless_after: Pattern = ""
    lookback: bool = False
    runs: bool = True
    leads: Literal["lead", "first", "never"] = "lead"
    is_event: bool = False
    is_telling: bool = False
    is_point: bool = False
    narrows: bool = False
    own_clause: bool = False
    is_now: bool = False
    is_that_month: bool = False
    is_that_year: bool = False
    is_that_day: bool = False
    examples: tuple[tuple[str, str], ...]
    counter_examples: Words


@dataclass(frozen=True, kw_only=True)
class TimeRules(Schema):
    """`times.yaml`: words that place something in time."""

    holidays: dict[str, dict[int, str]]
    parts: dict[str, str]
    rules: tuple[TimeRule, ...]
    base_before: Pattern
    base_around: tuple[tuple[Pattern, Pattern], ...]
    entry: Pattern
    own_quantity: Pattern
    steady_years: Pattern
    steady_months: Pattern
    attributive_before: Pattern
    attributive_after: Pattern
    from_on: Pattern
    plan_titles: Pattern
    report_titles: Pattern
    review_titles: Pattern
    year_plans: Pattern
    yearly_review: Pattern
    lookback_cues: Pattern
    yearly_cues: Pattern
    lasting_verbs: Words
    stock_verbs: Words
    stock_nouns: Pattern
    standing_nouns: Pattern
    added: Pattern
    arrivals: Pattern
    rises: Words
    standings: Words
    growths: Pattern
    long_bases: Pattern
    flow_verbs: Words
    event_words: Pattern
    event_openings: Pattern
    intent_words: Pattern
    run_in_heading: Pattern
    telling: Pattern
    heard: Pattern
    fresh_starts: Pattern
    month_on_month: Pattern


@dataclass(frozen=True, kw_only=True)
class FrameRules(Schema):
    """`frame.yaml`: what tells the area that a document is about."""

    nation_bodies: Words
    branch: Pattern
    passive: Pattern
    nation_unions: Pattern
    nation_words: Pattern
    abroad: Pattern
    countries: Words
    own_country: Words
    no_country: Pattern
    office: Pattern
    wide_office: Pattern
    bearer: Pattern
    scene: Pattern
    line_on: Pattern
    by_source: Pattern
    beside: Pattern
    measured_against: Pattern
    measured: Pattern
    local_office: Pattern
    aside: Pattern
    dateline: Pattern
    paper: Pattern
    town: Pattern
    own: Pattern
    levels: dict[str, str]
    before_figure: Pattern
    of_level: Pattern
    item_number: Pattern
    superlative: Pattern
    of_nation: Pattern
    goes_on: Pattern
    institution: Pattern
    any_place: Pattern
    apposed: Pattern
    officials: Pattern
    leads_to: Pattern
    rank_figure: Pattern


@dataclass(frozen=True, kw_only=True)
class OwnerRules(Schema):
    """`owners.yaml`: what tells whose a figure is, where it is not the area's own."""

    endings: dict[str, Words]
    natural: Words
    local: Words
    local_enterprises: Words
    parts: Pattern
    building: Pattern
    listed: Pattern
    several: Pattern
    source: Pattern
    not_of: Pattern
    levels: Words
    goes_on: Pattern


@dataclass(frozen=True, kw_only=True)
class StatusExample(Schema):
    text: str
    status: tuple[Status, ...]


@dataclass(frozen=True, kw_only=True)
class StatusRule(Rule):
    """An entry of `status.yaml`: a cue, what it says, and how far it reaches."""

    pattern: Pattern
    status: Status
    reach: Literal["clause", "subject", "before", "section", "heading", "reset"]
    undated: bool = False
    dated: bool = False
    weak: bool = False
    examples: tuple[StatusExample, ...]
    counter_examples: tuple[StatusExample, ...]


@dataclass(frozen=True, kw_only=True)
class WordRules(Schema):
    """`words.yaml`: the word classes that label a clause, and the words that candidates are made with."""

    classes: dict[str, Words]
    adverbials: Pattern
    per: Pattern
    uncut: Words
    tags: dict[str, Words]
    parting: Words
    enumerators: Pattern
    joiners: Words
    suffixes: Words
    attributive: Words
    standing: Words
    towns: Words
    measures: Pattern
    relational: Words
    attributes: Pattern
    partial: Pattern
    leading: Words
    unspoken: Words
    trailing: Words
    bounding: Words
    nouned: Words
    greatness: Words
    compounding: Words
    moving: Words
    tails: Words
    steps: Words
    degrees: Words
    containers: Words
    renewals: Pattern
    places: Pattern
    local_before: Pattern
    local_after: Pattern
    change_nouns: Pattern
    down_nouns: Pattern
    change_before: Pattern
    change_after: Pattern
    share_after: Pattern
    compared_with: Pattern
    above_mark: Pattern
    share_before: Pattern
    advanced: Pattern
    reached: Pattern
    left: Pattern
    giving: Words
    generic_areas: dict[str, str]
    expansions: dict[str, Words]
    comparison: str
    endings: dict[str, str]
    ordinary: Words
