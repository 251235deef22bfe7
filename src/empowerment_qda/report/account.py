"""An account of the coding: what each source gave, what did not become evidence, saturation, agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from empowerment_qda.agreement.interpretation import CAVEAT, find_band, format_figure, write_number
from empowerment_qda.conclusions.saturation import EXCERPTS, say_notes, say_stratum
from empowerment_qda.locale import list_words, say
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.conclusion import Shuffles, Stratum
from empowerment_qda.model.evidence import Condensed, Contact, all_restated
from empowerment_qda.report.index import Index, Link, Part
from empowerment_qda.report.sources import title_of

if TYPE_CHECKING:
    from empowerment_qda.agreement.compare import Agreement

LONGEST = 120
"""Characters of what did not become evidence that a row shows; the rest stands where it leads."""


@dataclass(frozen=True, slots=True)
class Account:
    """What other stages say of the coding; no strata where persons have not coded, no agreement where no two persons
    coded the same source."""

    contacts: tuple[Contact, ...] = ()
    condensation: tuple[Condensed, ...] = ()
    strata: tuple[Stratum, ...] = ()
    agreement: Agreement | None = None


def view_account(account: Account, index: Index) -> Part:
    """The account in words; what is None was not measured, or does not apply."""
    return Part(
        contacts=_contacts(account.contacts, index),
        condensation=_condensation(account.condensation, index),
        saturation=_saturation(account.strata, index) if account.strata else None,
        agreement=_agreement(account.agreement, index),
    )


def _contacts(contacts: Sequence[Contact], index: Index) -> Part:
    """All sources in a line, and a row for each; `asked` tells whether any has a question."""
    said = sum(one.summary.characters for one in contacts)
    coded = sum(one.summary.coded_characters for one in contacts)
    rows = tuple(_contact(one, index) for one in contacts)
    asked = {question for row in rows for question in row.questions}
    parts = [index.words["contacts_line"].format(share=f"{coded / said if said else 0:.0%}")]
    if all_restated(one.summary for one in contacts):
        parts.append(index.words["contacts_restated"])
    if asked:
        parts.append(index.words["contacts_asked"].format(n=len(asked)))
    return Part(line="; ".join(parts), asked=bool(asked), rows=rows)


def _contact(one: Contact, index: Index) -> Part:
    """What a source gave: the share of it that is coded, its main codes with their passages, questions with where."""
    title = title_of(index.study.by_id[one.summary.id], index)
    return Part(
        source=index.to("source", one.summary.id),
        title=title if title != one.summary.id else "",
        share=f"{one.summary.coded_share:.0%}",
        codes=tuple((index.to("code", code), number) for code, number in one.main_codes),
        questions=tuple((text, _where(where, one, index)) for where, text in one.questions),
    )


def _where(name: str, one: Contact, index: Index) -> Link:
    """To the memo that asks, or to the passage whose coding does."""
    return index.to("memo", name) if name in one.memos else Link(name, index.anchor(index.rows[name].passage))


def _condensation(entries: Iterable[Condensed], index: Index) -> Part:
    """How much did not become evidence in a line, and a row for each. Codings whose words were not found are told
    elsewhere: they are no choice of anybody's."""
    kept = [one for one in entries if not one.what.startswith("not found")]
    counted = Counter(one.what.partition(": ")[0] for one in kept)
    line = index.words["condensation_line"].format(
        turns=index.count("turn", counted["uncoded"]),
        left_out=index.count("turn", counted["left out"]),
        codings=index.count("coding", counted["rejected"]),
    )
    return Part(line=line, rows=tuple(_condensed(one, index) for one in kept))


def _condensed(one: Condensed, index: Index) -> Part:
    """A turn without a coding, `left_out` on purpose or not, or a rejected coding (with its `code`); `words` are short."""
    code = one.what.partition(": ")[2]
    place = Link(f"{one.source}#{one.turn}", f"turn-{one.source}-{one.turn}")
    return Part(
        place=place if one.turn else index.to("source", one.source),
        code=index.to("code", code) if code else None,
        left_out=one.what == "left out",
        words=shorten(one.text),
        language=index.study.language_of(index.study.by_id[one.source]),
        coder=one.coder,
        reason=one.reason,
    )


def shorten(text: str) -> str:
    """Words on one line, cut between two of them where they are too many.

    >>> shorten("one two\\nthree"), len(shorten("four " * 40)), shorten("four " * 40)[-6:]
    ('one two three', 121, 'four …')
    """
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"


def _saturation(strata: Sequence[Stratum], index: Index) -> Part:
    """A sentence on each group, or on all interviews where groups do not differ; the rest as rows."""
    every = strata[0]
    said = {_name(one, index): _read(one, index) for one in strata if one.kind == "group"}
    if set(said.values()) <= {_read(every, index)}:
        said = {_name(every, index): _read(every, index)}
    caution = f" {say(EXCERPTS, index.language)}" if every.restated else ""
    return Part(
        sentence="; ".join(f"{name}: {reading}" for name, reading in said.items()) + "." + caution,
        rows=tuple(_stratum(one, index) for one in strata),
        notes=tuple(_notes(every, index)),
    )


def _stratum(one: Stratum, index: Index) -> Part:
    """The interviews of a group or type: how many, the new codes of each run, what the rule says, other orders."""
    name = _name(one, index)
    return Part(
        # A group and a type may bear the same label.
        label=index.words["of_group"].format(name=name) if one.kind == "group" else name,
        interviews=len(one.interviews),
        runs=", ".join(f"{run.new} ({run.ratio:.0%})" for run in one.reading.runs),
        reading=_read(one, index),
        orders=_orders(one.shuffles, index) if one.shuffles else "",
    )


def _name(one: Stratum, index: Index) -> str:
    return say_stratum(one, index.language) if one.kind == "all" else index.label(one.kind, one.name)


def _read(one: Stratum, index: Index) -> str:
    reading, have = one.reading, len(one.interviews)
    return index.words[f"reading_{reading.reason or reading.status}"].format(
        at=reading.at,
        run=reading.rule.run,
        base=reading.rule.base,
        have=have,
        need=reading.rule.base + reading.rule.run,
        interviews=index.count("interview", have),
    )


def _orders(shuffles: Shuffles, index: Index) -> str:
    reached = index.words["orders_reached"].format(reached=shuffles.reached, number=shuffles.number)
    if shuffles.median is None:
        return reached
    return index.words["orders_median"].format(
        reached=reached,
        median=write_number(f"{shuffles.median:g}", index.language),
        low=shuffles.low,
        high=shuffles.high,
    )


def _notes(every: Stratum, index: Index) -> Iterator[str]:
    rule = every.reading.rule
    yield index.words["saturation_rule"].format(base=rule.base, run=rule.run, share=f"{rule.threshold:.0%}")
    if every.uncoded:
        yield index.words["saturation_uncoded"].format(sources=", ".join(every.uncoded))
    if every.undated:
        yield index.words["saturation_undated"].format(sources=", ".join(every.undated))
    # The first note explains figures that stand here in words.
    yield from say_notes(index.language)[1:]


def _agreement(found: Agreement | None, index: Index) -> Part | None:
    """The coefficients and what to mind, or that there are none; nothing where no person has coded."""
    words, language = index.words, index.language
    persons = [one for one in index.reduction.coders if one != AUTO]
    if not persons:
        return None
    if found is None:
        key = "agreement_one" if len(persons) == 1 else "agreement_apart"
        coders = list_words(persons, language)
        return Part(sentence=words[key].format(coder=coders, coders=coders), notes=())
    absent = Counter(source for ids in found.missing.values() for source in ids)
    shared = sum(len(found.coders) - absent[source] > 1 for source in found.sources)
    percent, kappa, alpha = (found.overall[name].value for name in ("percent", found.kappa, "alpha"))
    band = find_band(alpha) if found.judged else None
    sentence = words["agreement_line"].format(
        coders=list_words(found.coders, language),
        sources=index.count("source", shared),
        turns=index.count("turn", found.units),
        percent=_value(percent, index),
        kappa=_value(kappa, index),
        alpha=_value(alpha, index) + (f" ({say(band, language)})" if band else ""),
    )
    cautions = (one.say(language) for one in found.cautions)
    return Part(sentence=sentence, notes=(words["agreement_how"], *cautions, say(CAVEAT, language)))


def _value(value: float | None, index: Index) -> str:
    return index.words["undefined"] if value is None else write_number(format_figure(value), index.language)
