"""What was studied, with whom and how; what weakens all of it; the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from empowerment_qda.evidence.witnesses import persons_heard
from empowerment_qda.labels import say_when
from empowerment_qda.locale import list_words, say
from empowerment_qda.model.base import Text, When, parse_when
from empowerment_qda.model.codebook import Code
from empowerment_qda.model.evidence import Evidence, by_witness, count_informants, count_witnesses
from empowerment_qda.model.study import Researcher, order_types
from empowerment_qda.report.index import Index
from empowerment_qda.report.memos import memos_on
from empowerment_qda.report.views import (
    CodebookView,
    CodeView,
    Field,
    InformantRow,
    NoticeView,
    UnplacedView,
)
from empowerment_qda.report.words import count_words
from empowerment_qda.words import REASONS

MAIN = ("setting", "sampling", "orientation", "theory")
MORE = (
    "approach", "nonparticipation", "disclosure", "guide", "recording", "ethics", "conflicts", "funding",
)  # fmt: skip


def view_notices(index: Index) -> Iterator[NoticeView]:
    """What a reader must know before reading on."""
    words, sources = index.words, index.study.sources
    rules = index.study.settings.triangulation
    if rules.reduced:
        reason = rules.reason.say(index.language) if rules.reason else words["no_reason"]
        yield NoticeView("design", words["design"], f"{say_rule(index)} {reason}")
    if index.reduction.only_auto:
        yield NoticeView("only_auto", words["only_auto"], words["only_auto_more"])
    for key in ("restated", "translated"):
        number = sum(source.provenance == key for source in sources)
        if number:
            text = words[f"{key}_more"].format(n=number, all=len(sources))
            yield NoticeView(key, words[key], text)


def view_about(index: Index, names: Iterable[str]) -> Iterator[Field]:
    """The fields of the study that it gives."""
    for name in names:
        text: Text | None = getattr(index.study.settings, name)
        if text:
            yield Field(index.words[name], text.say(index.language))


def view_team(index: Index) -> Iterator[Field]:
    """Who researched and who coded."""
    team = [_say_researcher(one, index) for one in index.study.settings.researchers]
    if any(team):
        yield Field(index.words["researchers"], "; ".join(one for one in team if one))
    yield Field(index.words["coders"], list_words(index.reduction.coders, index.language))


def _say_researcher(one: Researcher, index: Index) -> str:
    given = (one.id, one.role, one.credentials, one.occupation, one.gender, one.experience, one.interests)
    texts = (text.say(index.language) if isinstance(text, Text) else text for text in given)
    return ", ".join(text for text in texts if text)


def view_gathered(index: Index) -> Iterator[str]:
    """Such as: interview, 9 sources, 12–24 September 2022."""
    methods = dict.fromkeys(source.kind for source in index.study.sources)
    for method in methods:
        sources = [one for one in index.study.sources if one.kind == method]
        parts = [index.label("method", method), count_words("source", len(sources), index.language)]
        dates = span_of(source.date for source in sources)
        yield ", ".join([*parts, say_when(dates, index.language)] if dates else parts)


def span_of(dates: Iterable[When | None]) -> When | None:
    """From the first day to the last, in years where a date is no more exact than that."""
    known = [date for date in dates if date]
    if not known:
        return None
    first, last = min(one.first for one in known), max(one.last for one in known)
    exact = all(len(part.strip()) == 10 for one in known for part in one.text.split("/"))
    words = [day.isoformat() if exact else f"{day.year:04}" for day in (first, last)]
    return parse_when("/".join(dict.fromkeys(words)))


def say_rule(index: Index) -> str:
    """What a finding needs to be triangulated."""
    rules = index.study.settings.triangulation
    needs = [count_words(axis, rules.min.of(axis), index.language) for axis in rules.required]
    return index.words["rule"].format(needs=list_words(needs, index.language))


def view_informants(index: Index) -> tuple[InformantRow, ...]:
    """Planned, heard and quoted, by type in their distance to the programme; those of no known type last."""
    types: list[str | None] = list(order_types(index.study.settings))
    heard = persons_heard(index.study)
    spoken = list(by_witness(index.reduction.evidence))
    if any(one.type is None for one in heard.values()):
        types.append(None)
    rows = []
    for kind in types:
        known = index.study.settings.informant_types.get(kind or "")
        persons = {name: one for name, one in heard.items() if one.type == kind}
        rows.append(
            InformantRow(
                label=index.label("type", kind) if kind else index.words["unknown_type"],
                note=known.note.say(index.language) if known and known.note else "",
                group=index.label("group", known.group if known else None),
                planned=known.planned if known else None,
                heard=count_witnesses(persons),
                quoted=count_informants(row for row in spoken if row.type == kind),
                who=tuple(persons),
                unidentified=frozenset(name for name, one in persons.items() if not one.known),
            )
        )
    return tuple(rows)


def total_informants(rows: Iterable[InformantRow], index: Index) -> InformantRow:
    """All types together: persons are counted anew, since one unidentified may be another."""
    return InformantRow(
        label=index.words["total"],
        note="",
        group="",
        planned=sum(row.planned or 0 for row in rows),
        heard=count_witnesses(persons_heard(index.study)),
        quoted=count_informants(by_witness(index.reduction.evidence)),
        who=(),
        unidentified=frozenset(),
    )


def view_unplaced(index: Index) -> tuple[UnplacedView, ...]:
    """Codings whose words cannot be placed."""
    return tuple(
        UnplacedView(
            id=one.id,
            source=index.source(one.source),
            code=index.label("code", one.code),
            coder=one.coder,
            quote=one.quote,
            why=say(REASONS[one.reason], index.language),
        )
        for one in index.reduction.not_counted
    )


def view_codebook(index: Index) -> CodebookView:
    """The codebook with its uses."""
    book, language = index.study.codebook, index.language
    return CodebookView(
        title=book.title.say(language),
        version=book.version,
        reference=book.reference.say(language) if book.reference else "",
        note=book.note.say(language) if book.note else "",
        codes=tuple(_view_code(code, index) for code in book.codes),
    )


def _view_code(code: Code, index: Index) -> CodeView:
    language, words = index.language, index.words
    family = index.study.codebook.families[code.id]
    rows = [row for row in index.reduction.evidence if row.code in family]
    rules = ("use_when", "not_when", "example", "near_miss", "memo")
    given = ((name, getattr(code, name)) for name in rules)
    traits = [] if code.codes else [words[f"direction_{code.direction}"], words[f"origin_{code.origin}"]]
    if code.status == "retired":
        traits.append(words["retired"])
    return CodeView(
        id=code.id,
        anchor=f"code-{code.id}",
        label=code.label.say(language) if code.label else code.id,
        definition=code.definition.say(language) if code.definition else "",
        rules=tuple(Field(words[name], text.say(language)) for name, text in given if text),
        traits=tuple(traits),
        direction=code.direction,
        uses=say_uses(rows, index),
        used=bool(rows),
        memo_links=memos_on([code.id], index),
        codes=tuple(_view_code(one, index) for one in code.codes),
    )


def say_uses(rows: Sequence[Evidence], index: Index) -> str:
    """Such as: 2 informants, 5 passages."""
    if not rows:
        return index.words["not_used"]
    informants = count_informants(rows)
    persons = count_words("informant", informants.upper, index.language, str(informants))
    passages = count_words("passage", len({row.passage for row in rows}), index.language)
    return f"{persons}, {passages}"
