"""What every display is made from, and the frame that all of them get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from empowerment_qda.model.display import Cell, Display, Heading
from empowerment_qda.model.evidence import Evidence, Reduction
from empowerment_qda.model.study import Study
from empowerment_qda.stages.display.tabulate import Entry, tabulate
from empowerment_qda.stages.display.words import CELL_RULE, RULES, TITLES, pick, say


@dataclass(frozen=True)
class Material:
    """The study, its evidence, and the language of labels."""

    study: Study
    reduction: Reduction
    language: str

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All coded passages that count."""
        return self.reduction.evidence

    @property
    def spoken(self) -> list[Evidence]:
        """Passages in which somebody speaks."""
        return [row for row in self.evidence if row.voice]

    def label(self, code: str) -> str:
        """The label of a code."""
        return self.study.codebook.label(code, self.language)


def make_matrix(
    name: str,
    material: Material,
    entries: Iterable[Entry],
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    has_data: Callable[[str, str], bool] = lambda row, column: True,
    notes: Iterable[str] = (),
) -> Display:
    """A matrix of the evidence in `entries`."""
    listed = list(entries)
    cells = tabulate(listed, rows, columns, has_data, material.label)
    return frame(name, material, [entry.evidence for entry in listed], rows, columns, cells, notes)


def frame(
    name: str,
    material: Material,
    shown: Sequence[Evidence],
    rows: Sequence[Heading],
    columns: Sequence[Heading],
    cells: tuple[tuple[Cell, ...], ...],
    notes: Iterable[str] = (),
) -> Display:
    """Cells with title, rule, totals over what is shown, and the notes that every display needs."""
    language = material.language
    informants = len({row.voice for row in shown if row.voice})
    segments = len({row.passage for row in shown})
    totals = say("totals", language, informants=informants, segments=segments)
    return Display(
        name=name,
        title=pick(TITLES[name], language),
        rule=f"{pick(RULES[name], language)} {pick(CELL_RULE, language)}",
        rows=tuple(rows),
        columns=tuple(columns),
        cells=cells,
        informants=informants,
        segments=segments,
        notes=(totals, *notes, *_caveats(material, shown)),
    )


def _caveats(material: Material, shown: Sequence[Evidence]) -> Iterable[str]:
    language = material.language
    if material.reduction.only_auto:
        yield say("suggestions", language)
    passages = {row.passage for row in shown}
    hidden = {row.passage for row in material.evidence if not row.voice} - passages
    if hidden:
        yield say("unspoken", language, n=len(hidden))
    unsure = {row.voice for row in shown if row.voice and not row.identity_known}
    if unsure:
        yield say("unidentified", language, n=len(unsure))
    inferred = {row.passage for row in shown if row.strength == "inferred"}
    if inferred:
        yield say("inferred", language, n=len(inferred))
    uncoded = [source.id for source in material.reduction.sources if not source.segments]
    if uncoded:
        yield say("uncoded", language, names=", ".join(uncoded))
