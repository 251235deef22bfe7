"""What every display is made from, and the frame that all of them get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from empowerment_qda.labels import label_of
from empowerment_qda.locale import say
from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.model.evidence import Evidence, Reduction, by_witness
from empowerment_qda.model.study import Study
from empowerment_qda.stages.display.kinds import CELL_RULE, FORMS, RULES, TITLES
from empowerment_qda.stages.display.tabulate import Entry, tabulate
from empowerment_qda.stages.display.words import say_phrase

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
