"""What displays are made of: their kinds, the headings that can stand at the side or the head, and cells that are counted.

A kind of display lays out rows, columns and cells; title, rule, totals and the notes that every display needs come to that
in `Kind.make`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from empowerment_qda.evidence.rows import all_heard, group_rows
from empowerment_qda.labels import label_of
from empowerment_qda.locale import msg, say
from empowerment_qda.model.codebook import CodePlace
from empowerment_qda.model.display import Cell, Display, Form, Heading, State
from empowerment_qda.model.evidence import Evidence, Reduction, by_witness, voices
from empowerment_qda.model.study import Study, order_types

UNKNOWN = "?"
RECORDS = "notes+documents"
"""Ids that no type, group or code can have."""
ONE_LOOK = 15
"""More rows or columns than that do not fit into one look (Miles & Huberman 1994: 12 to 15)."""
SUMMARY_WORDS = 12
CELL_RULE = msg(
    "A cell counts distinct informants, then distinct segments (informants/segments): + "
    "supporting, − limiting, ± both, o neutral; ≤ where some are not identified. – is "
    "silence (there is talk, but not of this); n/a is no talk at all."
)
UNSPOKEN = msg("Segments of notes and documents, in which nobody speaks, are not shown: {n}.")
TYPE_UNKNOWN = msg("type not known")
PHRASES = {
    "turned": msg("It is turned here: rows stand at the head, columns at the side."),
    "link": msg("code"),
    "with": msg("with"),
    "turns": msg("informants/turns"),
    "overlapping": msg("of them overlapping"),
    "passages": msg("passages"),
    "quotations": msg("The passages behind the cells"),
    "code": msg("code"),
    "quotation": msg("quotation"),
}
"""Words of the forms in which displays are shown."""


def say_phrase(phrase: str, language: str) -> str:
    """A phrase in a language (English where there is none)."""
    return say(PHRASES[phrase], language)


@dataclass(frozen=True)
class Material:
    """The study, its evidence, and the language of labels."""

    study: Study
    reduction: Reduction
    language: str

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """All coded passages that count, each once for each of those whose words it is."""
        return tuple(by_witness(self.reduction.evidence))

    @cached_property
    def spoken(self) -> list[Evidence]:
        """Passages in which somebody speaks."""
        return [row for row in self.evidence if row.witnesses]

    def head(self, kind: str, name: str, block: str = "") -> Heading:
        """A type, group, method or code as a heading, by its label."""
        return Heading(name, self.label_of(kind, name), block)

    def label_of(self, kind: str, name: str) -> str:
        """The label of a type, group, method or code."""
        return label_of(kind, name, self.study, self.language)

    def say(self, message: str, **values: object) -> str:
        """A message in the language."""
        return say(message, self.language, **values)

    def heard(self, axis: Literal["type", "group"]) -> set[str]:
        """Types or groups of whom somebody was heard; speech of no known one always was."""
        return {getattr(one, axis) or UNKNOWN for one in all_heard(self.study).values()} | {UNKNOWN}


class Matrix(NamedTuple):
    """What a display lays out; `shown` is the evidence in its cells, `notes` say what only this one needs."""

    rows: Sequence[Heading]
    columns: Sequence[Heading]
    cells: Sequence[Sequence[Cell]]
    shown: Sequence[Evidence]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of display: what it is called, what it shows in one line, by which rule, and what lays it out.

    `form` says how it is best looked at, `left_out` what of the evidence is not in it.
    """

    name: str
    title: str
    line: str
    rule: str
    lay_out: Callable[[Material], Matrix]
    form: Form = "matrix"
    left_out: str = UNSPOKEN

    def describe(self, language: str) -> tuple[str, str]:
        """Title and line in a language."""
        return say(self.title, language), say(self.line, language)

    def make(self, material: Material) -> Display:
        """The display with its title, its rule, totals over what is shown, and the notes that every display needs."""
        laid = self.lay_out(material)
        informants, segments = len(voices(laid.shown)), len({row.passage for row in laid.shown})
        totals = msg("Informants shown: {informants}; segments: {segments}.")
        return Display(
            name=self.name,
            title=material.say(self.title),
            rule=f"{material.say(self.rule)} {material.say(CELL_RULE)}",
            rows=tuple(laid.rows),
            columns=tuple(laid.columns),
            cells=tuple(map(tuple, laid.cells)),
            informants=informants,
            segments=segments,
            notes=(
                material.say(totals, informants=informants, segments=segments),
                *(_warn_size(laid, material) if self.form != "network" else ()),
                *laid.notes,
                *self._warn(laid.shown, material),
            ),
            form=self.form,
            language=material.language,
        )

    def _warn(self, shown: Sequence[Evidence], material: Material) -> Iterator[str]:
        """What weakens every number in the display."""
        if material.reduction.only_auto:
            yield material.say(msg("No person has coded yet: these are the machine's suggestions."))
        numbers: dict[str, Collection[object]] = {
            self.left_out: {row.passage for row in material.evidence} - {row.passage for row in shown},
            msg(
                "Informants who are not identified and may be the same person as another: {n}. The "
                "number of informants is an upper bound."
            ): {one.id for row in shown for one in row.witnesses if not one.known},
            msg("Segments that the analyst reads in (strength: inferred): {n}."): {
                row.passage for row in shown if row.strength == "inferred"
            },
        }
        yield from (material.say(message, n=len(found)) for message, found in numbers.items() if found)
        if uncoded := [source.id for source in material.reduction.sources if not source.segments]:
            message = msg("Not coded yet, so that silence there says nothing: {names}.")
            yield material.say(message, names=", ".join(uncoded))


def _warn_size(laid: Matrix, material: Material) -> Iterator[str]:
    rows = msg("{n} rows are more than one look can hold (about 15): read it block by block.")
    columns = msg(
        "{n} columns are more than one look can hold (about 15): where people read, it stands in parts."
    )
    for message, headings in ((rows, laid.rows), (columns, laid.columns)):
        if len(headings) > ONE_LOOK:
            yield material.say(message, n=len(headings))


def display(
    name: str, title: str, line: str, rule: str, form: Form = "matrix", left_out: str = UNSPOKEN
) -> Callable[[Callable[[Material], Matrix]], Kind]:
    """Make a kind of display of the function that lays it out."""
    return lambda lay_out: Kind(name, title, line, rule, lay_out, form, left_out)


class Entry(NamedTuple):
    """A piece of evidence in the row and the column where it belongs (ids of headings)."""

    row: str
    column: str
    evidence: Evidence


def tabulate(
    material: Material,
    entries: Iterable[Entry],
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    has_data: Callable[[str, str], bool] = lambda row, column: True,
    notes: Sequence[str] = (),
) -> Matrix:
    """One cell for each row and column. Where there is no evidence, `has_data(row, column)` tells silence from no data."""
    listed = list(entries)
    held: dict[tuple[str, str], list[Evidence]] = {}
    for entry in listed:
        held.setdefault(entry[:2], []).append(entry.evidence)

    def make(row: str, column: str) -> Cell:
        if evidence := held.get((row, column)):
            codes = dict.fromkeys(one.code for one in evidence)
            text = summarise(material.label_of("code", code) for code in codes)
            return make_cell(evidence, group_rows(evidence, lambda one: one.passage).values(), text)
        return Cell(0, 0, "silent" if has_data(row, column) else "no_data")

    cells = [[make(row.id, column.id) for column in columns] for row in rows]
    return Matrix(rows, columns, cells, [entry.evidence for entry in listed], notes)


def make_cell(rows: Sequence[Evidence], segments: Collection[Sequence[Evidence]], text: str) -> Cell:
    """Informants and segments are counted once each, however often coded; a segment points wherever a code of it does."""
    supports, limits, neutral = (
        sum(any(row.direction == direction for row in segment) for segment in segments)
        for direction in ("supports", "limits", "neutral")
    )
    return Cell(
        informants=len(voices(rows)),
        segments=len(segments),
        state=judge(supports, limits),
        refs=tuple(dict.fromkeys(row.ref for row in rows)),
        ids=tuple(dict.fromkeys(row.id for row in rows)),
        text=text,
        supports=supports,
        limits=limits,
        neutral=neutral,
        unidentified=len({one.id for row in rows for one in row.witnesses if not one.known}),
    )


def judge(supports: int, limits: int) -> State:
    """What the segments of a cell say together; neutral segments do not tip it."""
    if supports and limits:
        return "mixed"
    if supports or limits:
        return "support" if supports else "limit"
    return "neutral"


def summarise(labels: Iterable[str]) -> str:
    """At most twelve words (Miles & Huberman: a cell holds a phrase, quotations stand apart)."""
    words = "; ".join(labels).split()
    return " ".join(words[:SUMMARY_WORDS]) + (" ..." if len(words) > SUMMARY_WORDS else "")


def list_types(material: Material, *, ordered: bool) -> list[Heading]:
    """Informant types as the settings list them, or by distance; speech of no known type last."""
    settings = material.study.settings
    found = [
        material.head("type", name)
        for name in (order_types(settings) if ordered else settings.informant_types)
    ]
    unknown = any(row.type is None for row in material.spoken)
    return found + [Heading(UNKNOWN, material.say(TYPE_UNKNOWN))] * unknown


def list_groups(material: Material) -> list[Heading]:
    """The groups of the settings; speech of no known group last, which is all where there are no groups."""
    found = [material.head("group", name) for name in material.study.settings.groups]
    label = material.say(msg("group not known") if found else msg("Informants"))
    unknown = any(row.group is None for row in material.spoken)
    return found + [Heading(UNKNOWN, label)] * unknown


def list_record_methods(material: Material) -> list[Heading]:
    """The methods in which nobody speaks, as far as the study has such sources."""
    methods = {source.kind for source in material.study.sources if not source.spoken}
    block = material.say(msg("Notes and documents"))
    return [Heading(f"method:{one}", material.label_of("method", one), block) for one in sorted(methods)]


def teller_of(row: Evidence) -> str:
    """Who tells it: the id of the type, or of the method where nobody speaks."""
    return (row.type or UNKNOWN) if row.witnesses else f"method:{row.method}"


def list_dimensions(material: Material) -> list[Heading]:
    """The outermost codes."""
    return [material.head("code", code.id) for code in material.study.codebook.codes]


def list_aspects(material: Material) -> list[Heading]:
    """The codes of the second level in blocks by dimension; a dimension too, where it is itself coded."""
    used = {row.code for row in material.evidence}
    found = []
    for place in material.study.codebook.walk():
        code, block = place.code, material.label_of("code", place.dimension)
        if len(place.ancestors) == 1 or (not place.ancestors and (code.id in used or not code.codes)):
            found.append(material.head("code", code.id, block if place.ancestors or code.codes else ""))
    return found


def aspect_of(row: Evidence) -> str:
    """The id of the aspect under which evidence stands; of the dimension, where there is none."""
    return row.aspect or row.dimension


def list_codes(material: Material) -> list[Heading]:
    """The codes that passages get, in blocks by aspect: the innermost ones and whatever was used."""
    used = {row.code for row in material.evidence}
    return [
        material.head("code", place.code.id, _block(place, material))
        for place in material.study.codebook.walk()
        if place.code.id in used or (not place.code.codes and place.code.status == "active")
    ]


def _block(place: CodePlace, material: Material) -> str:
    """The label of the aspect above a code, or of the dimension where there is no aspect between."""
    above = place.ancestors[1:2] or place.ancestors[:1]
    return material.label_of("code", above[0].id) if above else ""
