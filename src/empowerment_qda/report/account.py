"""An account of the coding: what each source gave, what did not become evidence, saturation, agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from empowerment_qda.agreement.cautions import Caution
from empowerment_qda.agreement.interpretation import CAVEAT, find_band, format_figure, write_number
from empowerment_qda.conclusions.saturation import EXCERPTS, say_notes, say_stratum
from empowerment_qda.locale import list_words, say
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.conclusion import Reading, Shuffles, Stratum
from empowerment_qda.model.evidence import Condensed, Contact, all_restated
from empowerment_qda.report.coding_views import (
    AccountView,
    AgreementView,
    CondensationView,
    CondensedRow,
    ContactsView,
    ContactView,
    SaturationRow,
    SaturationView,
)
from empowerment_qda.report.index import Index
from empowerment_qda.report.quotes import title_of
from empowerment_qda.report.views import Link
from empowerment_qda.report.words import count_words

LONGEST = 120
"""Characters of what did not become evidence that a row shows; the rest stands where it leads."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far persons agree who coded the same sources: units are turns; None is a coefficient without a value. `judged`:
    whether a word may say how good alpha is."""

    coders: tuple[str, ...]
    sources: int
    units: int
    percent: float | None
    kappa: float | None
    alpha: float | None
    cautions: tuple[Caution, ...] = ()
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """What other stages say of the coding; no strata where persons have not coded, no agreement where none is."""

    contacts: tuple[Contact, ...] = ()
    condensation: tuple[Condensed, ...] = ()
    strata: tuple[Stratum, ...] = ()
    agreement: Agreed | None = None


def view_account(account: Account, index: Index) -> AccountView:
    """The account in words."""
    return AccountView(
        contacts=_contacts(account.contacts, index),
        condensation=_condensation(account.condensation, index),
        saturation=_saturation(account.strata, index) if account.strata else None,
        agreement=_agreement(account.agreement, index),
    )


def _contacts(contacts: Sequence[Contact], index: Index) -> ContactsView:
    rows = tuple(_contact(one, index) for one in contacts)
    said = sum(one.summary.characters for one in contacts)
    coded = sum(one.summary.coded_characters for one in contacts)
    asked = {question for row in rows for question in row.questions}
    parts = [index.words["contacts_line"].format(share=f"{coded / said if said else 0:.0%}")]
    if all_restated(one.summary for one in contacts):
        parts.append(index.words["contacts_restated"])
    if asked:
        parts.append(index.words["contacts_asked"].format(n=len(asked)))
    return ContactsView("; ".join(parts), bool(asked), rows)


def _contact(one: Contact, index: Index) -> ContactView:
    source = one.summary.id
    title = title_of(index.study.by_id[source], index)
    return ContactView(
        source=index.source(source),
        title=title if title != source else "",
        share=f"{one.summary.coded_share:.0%}",
        codes=tuple((index.code(code), number) for code, number in one.main_codes),
        questions=tuple((text, _where(where, one, index)) for where, text in one.questions),
    )


def _where(name: str, one: Contact, index: Index) -> Link:
    """To the memo that asks, or to the passage whose coding does."""
    if name in one.memos:
        return Link(name, f"memo-{name}")
    return Link(name, index.anchor(index.rows[name].passage))


def _condensation(entries: Iterable[Condensed], index: Index) -> CondensationView:
    """Codings whose words were not found are told elsewhere: they are no choice of anybody's."""
    kept = [one for one in entries if not one.what.startswith("not found")]
    counted = Counter(one.what.partition(": ")[0] for one in kept)
    line = index.words["condensation_line"].format(
        turns=count_words("turn", counted["uncoded"], index.language),
        left_out=count_words("turn", counted["left out"], index.language),
        codings=count_words("coding", counted["rejected"], index.language),
    )
    return CondensationView(line, tuple(_condensed_row(one, index) for one in kept))


def _condensed_row(one: Condensed, index: Index) -> CondensedRow:
    code = one.what.partition(": ")[2]
    return CondensedRow(
        place=index.turn(one.source, one.turn) if one.turn else index.source(one.source),
        code=index.code(code) if code else None,
        left_out=one.what == "left out",
        words=shorten(one.text),
        language=index.study.language_of(index.study.by_id[one.source]),
        coder=one.coder,
        reason=one.reason,
    )


def shorten(text: str, longest: int = LONGEST) -> str:
    """Words on one line, cut between two of them where they are too many.

    >>> shorten("one two\\nthree", 9), shorten("one two", 9)
    ('one two …', 'one two')
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"


def _saturation(strata: Sequence[Stratum], index: Index) -> SaturationView:
    """A sentence on each group, or on all interviews where groups do not differ; the rest as rows."""
    said = {_name(one, index): _read(one.reading, one, index) for one in strata if one.kind == "group"}
    every = _read(strata[0].reading, strata[0], index)
    if set(said.values()) <= {every}:
        said = {_name(strata[0], index): every}
    caution = f" {say(EXCERPTS, index.language)}" if strata[0].restated else ""
    return SaturationView(
        sentence="; ".join(f"{name}: {reading}" for name, reading in said.items()) + "." + caution,
        rows=tuple(_saturation_row(one, index) for one in strata),
        notes=tuple(_notes(strata[0], index)),
    )


def _saturation_row(one: Stratum, index: Index) -> SaturationRow:
    name = _name(one, index)
    return SaturationRow(
        # A group and a type may bear the same label.
        label=index.words["of_group"].format(name=name) if one.kind == "group" else name,
        interviews=len(one.interviews),
        runs=", ".join(f"{run.new} ({run.ratio:.0%})" for run in one.reading.runs),
        reading=_read(one.reading, one, index),
        orders=_orders(one.shuffles, index) if one.shuffles else "",
    )


def _name(one: Stratum, index: Index) -> str:
    return say_stratum(one, index.language) if one.kind == "all" else index.label(one.kind, one.name)


def _read(reading: Reading, one: Stratum, index: Index) -> str:
    have, rule = len(one.interviews), reading.rule
    return index.words[f"reading_{reading.reason or reading.status}"].format(
        at=reading.at,
        run=rule.run,
        base=rule.base,
        have=have,
        need=rule.base + rule.run,
        interviews=count_words("interview", have, index.language),
    )


def _orders(shuffles: Shuffles, index: Index) -> str:
    words = index.words
    reached = words["orders_reached"].format(reached=shuffles.reached, number=shuffles.number)
    if shuffles.median is None:
        return reached
    median = write_number(f"{shuffles.median:g}", index.language)
    return words["orders_median"].format(reached=reached, median=median, low=shuffles.low, high=shuffles.high)


def _notes(every: Stratum, index: Index) -> Iterator[str]:
    rule = every.reading.rule
    yield index.words["saturation_rule"].format(base=rule.base, run=rule.run, share=f"{rule.threshold:.0%}")
    if every.uncoded:
        yield index.words["saturation_uncoded"].format(sources=", ".join(every.uncoded))
    if every.undated:
        yield index.words["saturation_undated"].format(sources=", ".join(every.undated))
    # The first note explains figures that stand here in words.
    yield from say_notes(index.language)[1:]


def _agreement(agreed: Agreed | None, index: Index) -> AgreementView | None:
    """The coefficients, or that there are none; nothing where no person has coded."""
    words, language = index.words, index.language
    persons = [one for one in index.reduction.coders if one != AUTO]
    if not persons:
        return None
    if agreed is None:
        key = "agreement_one" if len(persons) == 1 else "agreement_apart"
        coders = list_words(persons, language)
        return AgreementView(words[key].format(coder=coders, coders=coders), ())
    band = find_band(agreed.alpha) if agreed.judged else None
    alpha = _value(agreed.alpha, index) + (f" ({band[language]})" if band else "")
    line = words["agreement_line"].format(
        coders=list_words(agreed.coders, language),
        sources=count_words("source", agreed.sources, language),
        turns=count_words("turn", agreed.units, language),
        percent=_value(agreed.percent, index),
        kappa=_value(agreed.kappa, index),
        alpha=alpha,
    )
    cautions = (one.texts[language] for one in agreed.cautions)
    return AgreementView(line, (words["agreement_how"], *cautions, CAVEAT[language]))


def _value(value: float | None, index: Index) -> str:
    return index.words["undefined"] if value is None else write_number(format_figure(value), index.language)
