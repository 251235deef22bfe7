"""What comparing coders gives: coefficients over all codes and per code, disagreements, what to mind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from empowerment_qda.agreement import Caution, Coefficient, Marks

Pair = tuple[str, str]
CodePair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code as a yes/no question; `marks` over the units that every coder rated, `prevalence` a share 0 to 1."""

    code: str
    marks: Marks
    prevalence: float | None
    coefficients: Mapping[str, Coefficient]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What one coder gave where another gave something else: a code with its quotations, or no code."""

    coder: str
    code: str | None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two coders, one unit, two codes (or one and none).

    `turn`, `start`, `end_turn`, `end` and `text` place the unit in its source; a row of a table has none of them. `units`
    is 1, or the number of characters.
    """

    source: str
    sides: tuple[Side, Side]
    turn: int | None = None
    start: int | None = None
    end_turn: int | None = None
    end: int | None = None
    text: str = ""
    units: int = 1

    @property
    def ref(self) -> str:
        """Such as KS-01#2 or KS-01#2-3; the name of the unit where there are no turns."""
        last = f"-{self.end_turn}" if self.end_turn != self.turn else ""
        return f"{self.source}#{self.turn}{last}" if self.turn else self.source

    @property
    def coders(self) -> Pair:
        """Both coders."""
        return self.sides[0].coder, self.sides[1].coder

    @property
    def codes(self) -> CodePair:
        """The code of each; None for no code."""
        return self.sides[0].code, self.sides[1].code


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything `qda agree` answers.

    `units` were rated by two coders or more, `dropped` by one. `confusion` counts, for each two coders, the units of
    each pair of codes; equal codes are agreement. `levels` has the coefficients over all codes once more, for the
    levels above the one compared. `coded_only` says that units were left out which nobody coded. `unused` are the codes that nobody gave to a unit compared. `missing` names the
    sources that a coder has not coded though another has, `uncoded` those that none of them has.
    """

    unit: str
    coders: tuple[str, ...]
    units: int
    dropped: int
    overall: Mapping[str, Coefficient]
    codes: tuple[CodeAgreement, ...]
    disagreements: tuple[Disagreement, ...]
    confusion: Mapping[Pair, Counter[CodePair]]
    cautions: tuple[Caution, ...]
    distance: str
    level: str = "code"
    coded_only: bool = False
    levels: Mapping[str, Mapping[str, Coefficient]] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uncoded: tuple[str, ...] = ()

    @property
    def of_sets(self) -> bool:
        """Whether a unit can have several codes, each a yes/no decision; else it has one value of several."""
        return "same_codes" in self.overall

    @property
    def kappa(self) -> str:
        """The kappa for so many coders in which each has their own chance; of coders without a name, Fleiss'."""
        if not self.coders:
            return "fleiss_kappa"
        return "kappa" if len(self.coders) == 2 else "conger_kappa"

    @property
    def judged(self) -> bool:
        """Whether a word may say how good a figure is: not of copies, nor of coded units alone."""
        return not self.coded_only and all(one.code != "copies" for one in self.cautions)

    def codes_of(self, pair: Pair) -> tuple[str | None, ...]:
        """The codes that either of two coders gave, in the order of the codebook; None last, where one gave none."""
        used = {code for codes in self.confusion[pair] for code in codes}
        known = [one.code for one in self.codes]
        # An interval or ratio scale has numbers for codes, and no row for each.
        every = {code for counts in self.confusion.values() for codes in counts for code in codes if code}
        ordered = [*known, *sorted(every.difference(known))]
        return (*(code for code in ordered if code in used), *([None] if None in used else []))
