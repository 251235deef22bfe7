"""What a flag is: one record of its code, its sentence, the rule that raises it, and what would lift it.

The records stand in `flags`. Here is what they are made of: how one is raised and said, and, in `Gap`, what is missing
where it is raised, called by the study's own labels.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from empowerment_qda.evidence.citations import Citations, Sides
from empowerment_qda.labels import label_of
from empowerment_qda.locale import list_words, msg, say
from empowerment_qda.model.evidence import Reduction, Witness, list_witnesses
from empowerment_qda.model.finding import Claim, Verdict
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Axis, Study, TriangulationRules, order_types
from empowerment_qda.model.triangulation import AxisResult, By, FindingTriangulation, Flag
from empowerment_qda.triangulation.axes import Corpus

SHOWN = 5
"""How many values a sentence names; the flag's value holds all of them."""
STATES = {
    "silent": msg("interviewed, but silent on this"),
    "no_data": msg("no transcript yet"),
    "contradict": msg("speaking against it so far"),
    "mixed": "",
    "support": "",
}
"""How a type of informant stands to a finding, in the order in which they are best asked, and what is said of it."""
ANYONE = msg("anyone who has not spoken of it")
NOUNS = {
    "informant": (msg("informant"), msg("informants")),
    "passage": (msg("passage"), msg("passages")),
}


class Weighed(NamedTuple):
    """A claim, what is cited for and against it, and its axes and verdict; `answered`: by a memo (R14)."""

    claim: Claim
    sides: Sides
    axes: Mapping[str, AxisResult]
    verdict: Verdict
    answered: bool
    rules: TriangulationRules
    corpus: Corpus
    citations: Citations

    @property
    def bare(self) -> bool:
        """Whether nothing counts as support."""
        return self.axes["method"].status == "no_evidence"


class Ground(NamedTuple):
    """What the findings of a study are triangulated on, and what is odd about it.

    `coders` gives, by source and code, who coded which words; `by` the columns of the convergence matrix.
    """

    study: Study
    reduction: Reduction
    citations: Citations
    corpus: Corpus
    coders: Mapping[tuple[str, str], Sequence[tuple[Span, str]]]
    by: By


class Gap:
    """What a finding lacks where a flag was raised, in words of a language; of a note on the study, nothing is known."""

    def __init__(self, flag: Flag, found: FindingTriangulation | None, study: Study, language: str) -> None:
        self.study, self.value, self.language = study, flag.value or "", language
        self.axes = found.axes if found else {}
        self.supporting = found.supporting if found else ()
        self.contradicting = found.contradicting if found else ()
        self._cells = found.convergence.cells if found else {}

    @property
    def heard(self) -> Collection[Witness]:
        """Those who are heard in the supporting passages."""
        return list_witnesses(self.supporting).values()

    def say(self, message: str, **values: str) -> str:
        """A message with the flag's value and others."""
        return say(message, self.language, value=self.value, **values)

    def name(self, names: Iterable[str | None], kind: str = "", last: Literal["and", "or"] = "and") -> str:
        """Names in a row, each once, by their labels as a `kind` of thing."""
        each = dict.fromkeys(name for name in names if name)
        return list_words(
            [label_of(kind, name, self.study, self.language) for name in each], self.language, last
        )

    def count(self, noun: str, number: int) -> str:
        """Such as `2 informants`; at least one."""
        one, several = NOUNS[noun]
        return f"{max(number, 1)} {self.say(several if number > 1 else one)}"

    def lacking(self, count: int | None = None) -> str:
        """How many informants more it takes, where so many count."""
        axis = self.axes["informant"]
        return self.count("informant", axis.minimum - (axis.count if count is None else count))

    def others(self, axis: Axis, names: Iterable[str]) -> str:
        """Those of the names that do not support the finding yet."""
        return self.name((name for name in names if name not in self.axes[axis].values), axis, "or")

    def types(self, wanted: Callable[[str], bool]) -> str:
        """Types of informants, those that were interviewed and are silent apart from those of whom there is no transcript."""
        kinds = [kind for kind in order_types(self.study.settings) if wanted(kind)]
        parts = []
        for state, words in STATES.items():
            named = self.name((kind for kind in kinds if self._cells.get(kind) == state), "type", "or")
            if state == "silent" and self.study.restated:
                words = msg("quoted, but not on this")
            if named:
                parts.append(f"{named} ({self.say(words)})" if words else named)
        return "; ".join(parts)

    def persons(self) -> str:
        """Whom to ask: types that do not support the finding, else another person of those that do."""
        there = self.axes["type"].values
        if others := self.types(lambda kind: kind not in there):
            return others
        if there:
            return " ".join((self.say(msg("another informant of")), self.name(there, "type", "or")))
        return self.say(ANYONE)


On = TypeVar("On")
Raised = bool | Iterable[str]
Lift = str | Callable[[Gap], str]


@dataclass(frozen=True)
class FlagRecord(Generic[On]):
    """A flag: `raised` tells whether it is, or yields a value for each time that it is; `lift` is what would lift it, a
    sentence or what makes one of a gap; `value` is what its values are (a kind of `label_of`)."""

    code: str
    name: str
    sentence: str
    raised: Callable[[On], Raised]
    lift: Lift = ""
    value: str = ""

    def flag(self, value: str | None = None) -> Flag:
        """The flag, with its English sentence."""
        return Flag(self.code, self.name, value, self.say(value, "en"))

    def say(self, value: str | None, language: str, label: Callable[[str], str] = str) -> str:
        """The sentence in a language (English where there is none), its values shown by `label`, at most SHOWN."""
        values = value.split(", ") if value else []
        named = ", ".join(map(label, values[:SHOWN]))
        if len(values) > SHOWN:
            named += say(msg(" and {n} more"), language, n=len(values) - SHOWN)
        return say(self.sentence, language, value=named, count=len(values))


def raise_flags(records: Iterable[FlagRecord[On]], on: On) -> Iterator[Flag]:
    """All flags that the rules of some records raise."""
    for record in records:
        raised = record.raised(on)
        for value in [None] * raised if isinstance(raised, bool) else raised:
            yield record.flag(value)
