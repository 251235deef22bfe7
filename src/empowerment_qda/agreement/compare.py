"""How far coders of a study agree, or the columns of a table of ratings: where the room begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from empowerment_qda.agreement.bootstrap import Bootstrap
from empowerment_qda.agreement.cautions import Caution, find_study_cautions, find_table_cautions
from empowerment_qda.agreement.coefficients import NO_PAIRS, Coefficient
from empowerment_qda.agreement.disagreements import (
    CodePair,
    Disagreement,
    Pair,
    Side,
    count_confusion,
    join_stretches,
    list_disagreements,
    pair_coders,
    sort_disagreements,
)
from empowerment_qda.agreement.interpretation import CAVEAT, count_units
from empowerment_qda.agreement.krippendorff import DistanceName
from empowerment_qda.agreement.measures import (
    CodeAgreement,
    SetDistance,
    measure_coders,
    measure_ratings,
    measure_text,
)
from empowerment_qda.agreement.ratings import RatingsTable
from empowerment_qda.agreement.tables import make_table
from empowerment_qda.agreement.units import (
    LEVELS,
    Level,
    Listed,
    Unit,
    UnitKind,
    count_given,
    raise_code,
    unitize,
)
from empowerment_qda.evidence.passages import CONSENSUS
from empowerment_qda.locale import msg, say
from empowerment_qda.model.study import Study

MOST_IN_ROUND = 9
"""A round of the workbench takes no more coders."""
NOT_CODED = msg("Not coded by {coder}: {sources}.")
UNCODED = msg("Not coded by any of them: {sources}.")
UNUSED = msg("Codes that none of them gave to any unit: {number} of {all}.")
SETTLE = msg("To settle them{turns}:")


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

    def tell(self, language: str) -> list[str]:
        """What to mind when reading the figures, a line each, the caveat last."""
        lines = [one.say(language) for one in self.cautions]
        for coder, ids in self.missing.items():
            lines.append(say(NOT_CODED, language, coder=coder, sources=", ".join(ids)))
        if self.unused and self.units:
            number = len(self.unused)
            lines.append(say(UNUSED, language, number=number, all=number + len(self.codes)))
        if self.uncoded:
            lines.append(say(UNCODED, language, sources=", ".join(self.uncoded)))
        return [*lines, say(CAVEAT, language)]

    @property
    def round_command(self) -> str:
        """The command that opens a reconciliation round; nothing where there is nothing, or nobody, to reconcile."""
        coders = self.coders
        if self.unit == "row" or not self.disagreements or CONSENSUS in coders or len(coders) > MOST_IN_ROUND:
            return ""
        return f"qda code --review --coder {CONSENSUS} --reconcile {','.join(coders)}"

    def tell_round(self, language: str) -> str:
        """What stands before that command: how many turns there are to settle."""
        turns = len({(one.source, one.turn) for one in self.disagreements})
        # A round goes through turns and codes: on other units or levels there are more of them than were listed.
        counted = (self.unit, self.level) == ("turn", "code")
        told = f" ({count_units('turn', turns, language)})" * counted
        return say(SETTLE, language, turns=told)


def agree_coders(
    study: Study,
    coders: Sequence[str],
    unit: UnitKind = "turn",
    level: Level = "code",
    distance: SetDistance = "jaccard",
    bootstrap: Bootstrap | None = None,
    *,
    listed: Listed | None = None,
    coded_only: bool = False,
) -> Agreement:
    """How far coders of a study agree; StudyError where one of them has coded nothing.

    Units of a source that only one of them has coded are dropped; to more than two, what one has not coded is missing.
    `listed` units take the place of `unit`; `coded_only` leaves out units that none of them coded.
    """
    unit = unit if listed is None else "listed"
    compared = unitize(study, coders, unit, level, listed)
    rated = [one for one in compared.units if len(coders) - one.given.count(None) > 1]
    paired = [one for one in rated if any(one.given)] if coded_only else rated
    units, dropped = _weigh(paired), _weigh(compared.units) - _weigh(rated)
    given = count_given(paired)
    used = {code for row in given for own in row for code in own or ()}
    in_use = tuple(code for code in study.codebook.places if code in used)
    overall, codes = measure_coders(
        make_table(given), in_use, len(coders), distance, None if unit == "character" else bootstrap
    )
    if not rated and compared.units:
        overall = {name: replace(one, reason=NO_PAIRS) for name, one in overall.items()}
    if listed is None:  # text that stands in no unit of a file is not compared
        text, text_per_code = measure_text(compared, in_use, len(coders))
        overall |= text
        codes = tuple(
            replace(one, coefficients={**one.coefficients, **text_per_code[one.code]}) for one in codes
        )
    listing = list_disagreements(paired, coders)
    numbers = {"one-coder": dropped, "rare-codes": _count_rare(codes)}
    if coded_only:
        numbers["coded-only"] = _weigh(rated) - units
    return Agreement(
        unit=unit,
        coders=tuple(coders),
        units=units,
        dropped=dropped,
        overall=overall,
        codes=codes,
        disagreements=sort_disagreements(
            join_stretches(listing) if unit == "character" else listing, in_use, compared.sources
        ),
        confusion=count_confusion(((one.given, one.weight) for one in paired), coders),
        cautions=find_study_cautions(study, coders, compared, paired, unit, numbers),
        distance=distance,
        level=level,
        coded_only=coded_only,
        levels=dict(_measure_above(study, paired, level, len(coders), distance)),
        unused=tuple(code for code in _list_codes(study, level) if code not in used),
        sources=compared.sources,
        missing=compared.missing,
        uncoded=compared.uncoded,
    )


def _weigh(units: Iterable[Unit]) -> int:
    return sum(one.weight for one in units)


def _measure_above(
    study: Study, units: Sequence[Unit], level: Level, coders: int, distance: SetDistance
) -> Iterator[tuple[Level, dict[str, Coefficient]]]:
    """The coefficients over all codes on each level above, where the codes there are others."""
    for above in LEVELS[LEVELS.index(level) + 1 :]:
        raised = {code: raise_code(study, code, above) for code in study.codebook.places}
        given = count_given(
            one._replace(given=tuple(own and frozenset(map(raised.__getitem__, own)) for own in one.given))
            for one in units
        )
        if given != count_given(units):
            used = {code for row in given for own in row for code in own or ()}
            in_use = [code for code in dict.fromkeys(raised.values()) if code in used]
            yield above, measure_coders(make_table(given), in_use, coders, distance)[0]


def _list_codes(study: Study, level: Level) -> list[str]:
    """What passages can get on a level: codes that have none below them and are not retired, or what is above these."""
    places = study.codebook.places.values()
    leaves = (place.code for place in places if not place.code.codes and place.code.status == "active")
    return list(dict.fromkeys(raise_code(study, code.id, level) for code in leaves))


def _count_rare(codes: Sequence[CodeAgreement]) -> int:
    return sum(any(one.code in ("rare", "nearly-universal") for one in code.cautions) for code in codes)


def agree_ratings(
    ratings: RatingsTable, distance: DistanceName | None = None, bootstrap: Bootstrap | None = None
) -> Agreement:
    """How far the columns of a table agree, in which a unit has one value, or several codes.

    alpha takes the distance between values, which must be numbers for ordinal, interval and ratio (see `parse_ratings`);
    between single values jaccard and masi are nominal. All else asks whether values are the same, or of several codes
    about each of them.
    """
    paired = [row for row in ratings.values if len(row) - row.count(None) > 1]
    if ratings.several:
        values: Sequence[str] = tuple(
            dict.fromkeys(code for row in ratings.values for own in row for code in sorted(own or ()))
        )
        apart: SetDistance = distance if distance in ("masi", "nominal") else "jaccard"
        overall, codes = measure_coders(make_table(paired), values, len(ratings.coders), apart, bootstrap)
    else:
        overall, codes, values = measure_ratings(ratings, distance or "nominal", bootstrap)
    differing = [
        Disagreement(unit, (Side(ratings.coders[one], code), Side(ratings.coders[other], other_code)))
        for unit, row in zip(ratings.units, ratings.values, strict=True)
        for (one, other), (code, other_code) in (pair_coders(row) if ratings.coders else ())
        if code != other_code
    ]
    return Agreement(
        unit="row",
        coders=ratings.coders,
        units=overall["alpha"].units,
        dropped=len(ratings.values) - len(paired),
        overall=overall,
        codes=codes,
        disagreements=sort_disagreements(differing, values, ratings.units),
        confusion=count_confusion(((row, 1) for row in ratings.values if ratings.coders), ratings.coders),
        cautions=tuple(find_table_cautions(ratings, len(paired), _count_rare(codes))),
        distance=distance or ("jaccard" if ratings.several else "nominal"),
    )
