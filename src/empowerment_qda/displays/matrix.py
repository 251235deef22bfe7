"""Rows and columns: what can stand at the side or the head of a matrix, in the order of reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from empowerment_qda.displays.kinds import CELL_RULE, FORMS, RULES, TITLES, say_phrase
from empowerment_qda.evidence.witnesses import all_heard
from empowerment_qda.labels import label_of
from empowerment_qda.locale import say
from empowerment_qda.model.codebook import CodePlace
from empowerment_qda.model.display import Cell, Display, Heading, State
from empowerment_qda.model.evidence import Evidence, Reduction, by_witness
from empowerment_qda.model.study import Study, order_types

UNKNOWN = "?"
RECORDS = "notes+documents"
"""Ids that no type, group or code can have."""


def list_types(material: Material, *, ordered: bool) -> list[Heading]:
    """Informant types as the settings list them, or by distance; speech of no known type last."""
    types = material.study.settings.informant_types
    names = order_types(material.study.settings) if ordered else list(types)
    found = [Heading(name, material.label_of("type", name)) for name in names]
    if any(row.type is None for row in material.spoken):
        found.append(Heading(UNKNOWN, material.say("type_unknown")))
    return found


def heard_types(study: Study) -> set[str]:
    """Types of whom somebody was heard; speech of no known type always was."""
    return {one.type for one in all_heard(study).values() if one.type} | {UNKNOWN}


def list_groups(material: Material) -> list[Heading]:
    """The groups of the settings; speech of no known group last, which is all where there are no groups."""
    groups = material.study.settings.groups
    found = [Heading(name, material.label_of("group", name)) for name in groups]
    if any(row.group is None for row in material.spoken):
        found.append(Heading(UNKNOWN, material.say("group_unknown" if groups else "informants")))
    return found


def heard_groups(study: Study) -> set[str]:
    """Groups of whom somebody was heard; speech of no known group always was."""
    return {one.group for one in all_heard(study).values() if one.group} | {UNKNOWN}


def list_record_methods(material: Material) -> list[Heading]:
    """The methods in which nobody speaks, as far as the study has such sources."""
    methods = {source.kind for source in material.study.sources if not source.spoken}
    block = material.say("records")
    return [
        Heading(f"method:{method}", material.label_of("method", method), block) for method in sorted(methods)
    ]


def teller_of(row: Evidence) -> str:
    """Who tells it: the id of the type, or of the method where nobody speaks."""
    return (row.type or UNKNOWN) if row.witnesses else f"method:{row.method}"


def list_dimensions(material: Material) -> list[Heading]:
    """The outermost codes."""
    return [Heading(code.id, material.label(code.id)) for code in material.study.codebook.codes]


def list_aspects(material: Material) -> list[Heading]:
    """The codes of the second level in blocks by dimension; a dimension too, where it is itself coded."""
    used = {row.code for row in material.evidence}
    found = []
    for place in material.study.codebook.walk():
        code, block = place.code, material.label(place.dimension)
        if len(place.ancestors) == 1:
            found.append(Heading(code.id, material.label(code.id), block))
        elif not place.ancestors and (code.id in used or not code.codes):
            found.append(Heading(code.id, block, block if code.codes else ""))
    return found


def aspect_of(row: Evidence) -> str:
    """The id of the aspect under which evidence stands; of the dimension, where there is none."""
    return row.aspect or row.dimension


def list_codes(material: Material) -> list[Heading]:
    """The codes that passages get, in blocks by aspect: the innermost ones and whatever was used."""
    used = {row.code for row in material.evidence}
    return [
        Heading(place.code.id, material.label(place.code.id), _block(place, material))
        for place in material.study.codebook.walk()
        if place.code.id in used or (not place.code.codes and place.code.status == "active")
    ]


def _block(place: CodePlace, material: Material) -> str:
    """The label of the aspect above a code, or of the dimension where there is no aspect between."""
    above = place.ancestors[1:2] or place.ancestors[:1]
    return material.label(above[0].id) if above else ""


ONE_LOOK = 15
"""More rows or columns than that do not fit into one look (Miles & Huberman 1994: 12 to 15)."""


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

    @property
    def spoken(self) -> list[Evidence]:
        """Passages in which somebody speaks."""
        return [row for row in self.evidence if row.witnesses]

    def label(self, code: str) -> str:
        """The label of a code."""
        return self.label_of("code", code)

    def label_of(self, kind: str, name: str) -> str:
        """The label of a type, group, method or code."""
        return label_of(kind, name, self.study, self.language)

    def say(self, phrase: str, **values: object) -> str:
        """A phrase of the word list."""
        return say_phrase(phrase, self.language, **values)


def make_matrix(
    name: str,
    material: Material,
    entries: Iterable[Entry],
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    has_data: Callable[[str, str], bool] = lambda row, column: True,
    *,
    left_out: str = "unspoken",
    notes: Iterable[str] = (),
) -> Display:
    """A matrix of the evidence in `entries`; the phrase `left_out` says what of the evidence is not in it."""
    listed = list(entries)
    cells = tabulate(listed, rows, columns, has_data, material.label)
    shown = [entry.evidence for entry in listed]
    return frame(name, material, shown, rows, columns, cells, left_out=left_out, notes=notes)


def frame(
    name: str,
    material: Material,
    shown: Sequence[Evidence],
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    cells: tuple[tuple[Cell, ...], ...],
    *,
    left_out: str = "unspoken",
    notes: Iterable[str] = (),
) -> Display:
    """Cells with title, rule, totals over what is shown, and the notes that every display needs."""
    language = material.language
    form = FORMS.get(name, "matrix")
    informants = len({one.id for row in shown for one in row.witnesses})
    segments = len({row.passage for row in shown})
    return Display(
        name=name,
        title=say(TITLES[name], language),
        rule=f"{say(RULES[name], language)} {say(CELL_RULE, language)}",
        rows=tuple(rows),
        columns=tuple(columns),
        cells=cells,
        informants=informants,
        segments=segments,
        notes=(
            material.say("totals", informants=informants, segments=segments),
            *(_warn_size(material, rows, columns) if form != "network" else ()),
            *notes,
            *_caveats(material, shown, left_out),
        ),
        form=form,
        language=language,
    )


def _warn_size(material: Material, rows: Sequence[Heading], columns: Sequence[Heading]) -> Iterable[str]:
    if len(rows) > ONE_LOOK:
        yield material.say("many_rows", n=len(rows))
    if len(columns) > ONE_LOOK:
        yield material.say("many_columns", n=len(columns))


def _caveats(material: Material, shown: Sequence[Evidence], left_out: str) -> Iterable[str]:
    """What weakens every number in the display."""
    if material.reduction.only_auto:
        yield material.say("suggestions")
    hidden = {row.passage for row in material.evidence} - {row.passage for row in shown}
    if hidden:
        yield material.say(left_out, n=len(hidden))
    unsure = {one.id for row in shown for one in row.witnesses if not one.known}
    if unsure:
        yield material.say("unidentified", n=len(unsure))
    inferred = {row.passage for row in shown if row.strength == "inferred"}
    if inferred:
        yield material.say("inferred", n=len(inferred))
    uncoded = [source.id for source in material.reduction.sources if not source.segments]
    if uncoded:
        yield material.say("uncoded", names=", ".join(uncoded))


SUMMARY_WORDS = 12
_Where = tuple[str, str]


class Entry(NamedTuple):
    """A piece of evidence in the row and the column where it belongs (ids of headings)."""

    row: str
    column: str
    evidence: Evidence


def tabulate(
    entries: Sequence[Entry],
    rows: Iterable[Heading],
    columns: Sequence[Heading],
    has_data: Callable[[str, str], bool],
    label: Callable[[str], str],
) -> tuple[tuple[Cell, ...], ...]:
    """One cell for each row and column: informants and segments are counted once each, however often coded.

    Where there is no evidence, `has_data(row, column)` tells silence from no data; `label` names a code.
    """
    counted = _count(entries)
    held: dict[_Where, list[Evidence]] = {}
    for entry in entries:
        held.setdefault((entry.row, entry.column), []).append(entry.evidence)

    def make_cell(row: str, column: str) -> Cell:
        evidence = held.get((row, column))
        if evidence is None:
            return Cell(0, 0, "silent" if has_data(row, column) else "no_data")
        count = counted[row, column]
        return Cell(
            count["informants"],
            count["segments"],
            judge(count["supports"], count["limits"]),
            refs=tuple(dict.fromkeys(one.ref for one in evidence)),
            ids=tuple(dict.fromkeys(one.id for one in evidence)),
            text=summarise(label(code) for code in dict.fromkeys(one.code for one in evidence)),
            supports=count["supports"],
            limits=count["limits"],
            neutral=count["neutral"],
            unidentified=count["unidentified"],
        )

    return tuple(tuple(make_cell(row.id, column.id) for column in columns) for row in rows)


def _count(entries: Sequence[Entry]) -> dict[_Where, Counter[str]]:
    """How many distinct informants and passages each cell holds, passages by direction too."""
    counted: dict[_Where, Counter[str]] = {}
    for where, what, _ in dict.fromkeys(_list_facts(entries)):
        counted.setdefault(where, Counter())[what] += 1
    return counted


def _list_facts(entries: Sequence[Entry]) -> Iterator[tuple[_Where, str, Hashable]]:
    """Where something is to be counted, as what, and by what it is known again."""
    for row, column, one in entries:
        where = (row, column)
        yield where, "segments", one.passage
        yield where, one.direction, one.passage
        for witness in one.witnesses:
            yield where, "informants", witness.id
            if not witness.known:
                yield where, "unidentified", witness.id


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
