"""What to mind when reading figures of agreement, of a code or of a whole study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from empowerment_qda.agreement.interpretation import RARE, format_share, write_number
from empowerment_qda.agreement.ratings import RatingsTable
from empowerment_qda.agreement.units import Compared, Unit, UnitKind
from empowerment_qda.evidence.passages import group_copies, makers_of, passages_of
from empowerment_qda.locale import list_words, msg, msg_of, say, say_number
from empowerment_qda.model.coding import AUTO, INSTEAD, Coding
from empowerment_qda.model.source import Span
from empowerment_qda.model.study import Study

FEW_UNITS = 30
MOSTLY = 0.5
MOST_NAMED = 6
MORE = msg("and {number} more")
SHARE = msg("{coder} {number} of {all}")
NO_UNITS_RATED = msg("No unit was rated by two coders or more: there is nothing to compare.")

Place = tuple[str, str, Span | None]
"""Source, code and words of a coding."""

CAUTIONS: dict[str, str] = {
    "few-units": msg("few units"),
    "rare": msg("rare"),
    "nearly-universal": msg("nearly everywhere"),
    "undefined-resamples": msg("rough interval"),
}
"""Those of a code in a word or two."""
Named = Sequence[str] | tuple[str, int, int]
"""Coders who are alike in something, or a coder, how many of their codings, and of how many."""

MESSAGES: dict[str, str | tuple[str, str]] = {
    "few-units": msg_of(
        "Only {number} unit was rated by two coders or more; below {few} coefficients are unsteady.",
        "Only {number} units were rated by two coders or more; below {few} coefficients are unsteady.",
    ),
    "rare": msg("The code is rare ({share}): kappa and alpha fall though coders agree; read AC1 too."),
    "nearly-universal": msg(
        "The code is almost everywhere ({share}): kappa and alpha fall though coders agree; read AC1 too."
    ),
    "undefined-resamples": msg_of(
        "{number} resample had no variation and is left out of the interval: it is a rough one.",
        "{number} resamples had no variation and are left out of the interval: it is a rough one.",
    ),
    "untouched": msg(
        "Nobody coded {share} of the units; percent, Brennan-Prediger and AC1 count them as agreement: "
        "read alpha and the overlap of coded text too."
    ),
    "one-coder": msg("Units left out, because only one of the coders has coded their source: {number}."),
    "copies": msg(
        "The very same codings, to the last character: {names}. Where one is a copy of another, the "
        "figures say nothing of agreement."
    ),
    "same-columns": msg(
        "The same ratings throughout: {names}. Where one column is a copy of another, the figures say "
        "nothing of agreement."
    ),
    "apart": msg(
        "No unit was coded by both: {names}. Where coders divided the work among them, there is no "
        "agreement to measure."
    ),
    "consensus": msg(
        "Decided in a reconciliation round: {names}; a consensus agrees with those whom it followed."
    ),
    "accepted": msg(
        "Codings that are suggestions of the machine, accepted or the same to the last character: "
        "{names}. Coders who accept the same suggestions agree with the machine, not with each other."
    ),
    "coded-only": msg(
        "Only units that one of the coders coded are compared: {number} that nobody coded are left out. "
        "Chance is worked out among the coded units alone, so no word says how good these figures are."
    ),
    "unlisted": msg("Codings left out, because they stand in none of the listed units: {number}."),
    "unpaired": msg("Units that fewer than two coders rated: {number}; there is nothing to compare in them."),
    "several": msg(
        "Cells with several codes: {number}; alpha compares sets of codes, and each code is a yes/no "
        "question."
    ),
    "outside": msg("Codings left out, because they stand on the interviewer's words alone: {number}."),
    "unplaced": msg("Codings left out, because their words cannot be found: {number}; run `qda check`."),
    "rare-codes": msg(
        "Rare or nearly universal codes: {number}; there kappa and alpha fall though coders agree; read "
        "AC1 too."
    ),
    "characters": msg(
        "Characters are not independent of each other: they have no interval, and their number "
        "({number}) is no large sample."
    ),
    "suggestions": msg(
        "The codings of `auto` are the machine's suggestions: this compares people with cues."
    ),
}


@dataclass(frozen=True, slots=True)
class Caution:
    """Why to read a coefficient with care: a code for machines, the value that led to it, those it is about."""

    code: str
    value: float
    named: Sequence[Named] = ()

    def say(self, language: str) -> str:
        """A sentence, with the first of those named where they are many."""
        message = MESSAGES[self.code] if self.value or self.code != "few-units" else NO_UNITS_RATED
        if isinstance(message, str):
            said = say(message, language)
        else:
            said = say_number(message, int(self.value), language)
        names = [_say_named(one, language) for one in self.named[:MOST_NAMED]]
        if more := self.named[MOST_NAMED:]:
            names.append(say(MORE, language, number=len(more)))
        share = write_number(format_share(self.value), language)
        return said.format(number=self.value, share=share, few=FEW_UNITS, names="; ".join(names))


def _say_named(named: Named, language: str) -> str:
    match named:
        case (coder, int(number), int(every)):
            return say(SHARE, language, coder=coder, number=number, all=every)
        case _:
            return list_words(named, language)


def find_cautions(
    units: int, prevalence: float | None = None, undefined_resamples: int = 0
) -> tuple[Caution, ...]:
    """Cautions for a code or table: few units, a rare or nearly universal code, an interval with holes.

    >>> [caution.code for caution in find_cautions(12, 0.05)]
    ['few-units', 'rare']
    """
    share = 0.5 if prevalence is None else prevalence
    return _choose(
        ("few-units", units, units < FEW_UNITS),
        ("rare", share, share < RARE),
        ("nearly-universal", share, share > 1 - RARE),
        ("undefined-resamples", undefined_resamples, undefined_resamples),
    )


def _choose(*cautions: tuple[str, float, object]) -> tuple[Caution, ...]:
    """Those that apply, from their code, the number that led to them, and whether it does."""
    return tuple(Caution(code, value) for code, value, applies in cautions if applies)


def find_study_cautions(
    study: Study, coders: Sequence[str], compared: Compared, paired: Sequence[Unit], kind: UnitKind,
    numbers: Mapping[str, int],
) -> tuple[Caution, ...]:  # fmt: skip
    """Those that apply to `paired` units, most important first; `numbers` of other things by the code of their caution."""
    units = sum(one.weight for one in paired)
    untouched = sum(one.weight for one in paired if not any(one.given)) / max(units, 1)
    characters = kind == "character"
    return (
        *find_dependence(study, coders, compared),
        *_choose(("coded-only", numbers.get("coded-only", 0), "coded-only" in numbers)),
        *(() if characters else find_cautions(units)),
        *_choose(
            ("characters", units, characters and units),
            ("untouched", untouched, untouched >= MOSTLY),
            ("rare-codes", numbers["rare-codes"], numbers["rare-codes"]),
            ("one-coder", numbers["one-coder"], numbers["one-coder"]),
            ("unlisted" if kind == "listed" else "outside", compared.outside, compared.outside),
            ("unplaced", compared.unplaced, compared.unplaced),
            ("suggestions", 1, AUTO in coders),
        ),
    )


def find_dependence(study: Study, coders: Sequence[str], compared: Compared) -> Iterator[Caution]:
    """Coders who did not work independently of each other, or not on the same text."""
    common = {answers.source.id for answers in compared.shared} or compared.marks.keys()
    own: dict[str, dict[Place, Coding]] = {coder: {} for coder in coders}
    for source in common:
        for mark in compared.marks.get(source, ()):
            coding, span = mark.passage.coding, mark.passage.anchor.span
            own[coders[mark.coder]][source, coding.code, span] = coding
    yield from _name_copies("copies", {coder: frozenset(given) for coder, given in own.items()})
    pairs = set(combinations([number for number, coder in enumerate(coders) if own[coder]], 2))
    for unit in compared.units if pairs else ():
        pairs.difference_update(combinations([number for number, given in enumerate(unit.given) if given], 2))
    apart = tuple((coders[one], coders[other]) for one, other in sorted(pairs))
    decided = tuple((coder,) for coder in coders if not makers_of(study, coder).isdisjoint(coders))
    yield from (
        Caution(code, len(named), named)
        for code, named in (("apart", apart), ("consensus", decided))
        if named
    )
    offered = {
        (one.source.id, one.coding.code, one.anchor.span)
        for one in passages_of(study)
        if one.file.coder == AUTO and one.coding.status == "suggested"
    }
    taken = {
        coder: sum(place in offered or _says_why(coding) for place, coding in given.items())
        for coder, given in own.items()
        if coder != AUTO
    }
    if any(taken.values()):
        shares = [(coder, number, len(own[coder])) for coder, number in taken.items()]
        yield Caution("accepted", sum(taken.values()), shares)


def find_table_cautions(ratings: RatingsTable, units: int, rare: int) -> Iterator[Caution]:
    """Those of a table, of which two coders or more rated so many units; columns with the very same ratings may be copies."""
    columns = zip(ratings.coders, zip(*ratings.values, strict=True), strict=True) if ratings.coders else ()
    yield from _name_copies("same-columns", {coder: frozenset(enumerate(own)) for coder, own in columns})
    yield from find_cautions(units)
    unpaired, several = len(ratings.values) - units, ratings.several
    yield from _choose(
        ("unpaired", unpaired, unpaired), ("several", several, several), ("rare-codes", rare, rare)
    )


def _name_copies(code: str, given: Mapping[str, frozenset[Any]]) -> Iterator[Caution]:
    copies = tuple(tuple(group) for group in group_copies(given) if group[1:])
    if copies:
        yield Caution(code, sum(map(len, copies)), copies)


def _says_why(coding: Coding) -> bool:
    """Whether a coding keeps the reason of the suggestion that it was; one given instead of a suggestion is a person's."""
    return bool(coding.why) and not str(coding.why).startswith(INSTEAD)
