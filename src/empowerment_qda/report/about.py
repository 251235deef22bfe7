"""What was studied, with whom and how; what weakens all of it; the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from empowerment_qda.evidence.rows import persons_heard
from empowerment_qda.labels import REASONS, say_when
from empowerment_qda.locale import list_words, say
from empowerment_qda.model.base import Text, When, parse_when
from empowerment_qda.model.codebook import Code
from empowerment_qda.model.evidence import by_witness, count_informants, count_witnesses
from empowerment_qda.model.source import natural
from empowerment_qda.model.study import order_types
from empowerment_qda.report.index import Field, Index, Part

MAIN = ("setting", "sampling", "orientation", "theory")
MORE = (
    "approach", "nonparticipation", "disclosure", "guide", "recording", "ethics", "conflicts", "funding",
)  # fmt: skip
RULES = ("use_when", "not_when", "example", "near_miss", "memo")


class InformantRow(Part):
    """A type of informant: how many were planned, heard and quoted (from, to), and who (`unidentified` among them)."""


class UnplacedView(Part):
    """A coding whose words cannot be placed."""


def view_notices(index: Index) -> Iterator[Part]:
    """What a reader must know before reading on."""
    words, sources = index.words, index.study.sources
    rules = index.study.settings.triangulation
    if rules.reduced:
        reason = index.say(rules.reason) if rules.reason else words["no_reason"]
        yield Part(key="design", heading=words["design"], text=f"{say_rule(index)} {reason}")
    if index.reduction.only_auto:
        yield Part(key="only_auto", heading=words["only_auto"], text=words["only_auto_more"])
    if hidden := [row for row in index.reduction.evidence if row.withheld]:
        who = sorted({one for row in hidden for one in row.withheld}, key=natural)
        passages = index.count("passage", len({row.passage for row in hidden}))
        text = words["withheld_more"].format(who=list_words(who, index.language), passages=passages)
        yield Part(key="withheld", heading=words["withheld"], text=text)
    for key in ("restated", "translated"):
        if number := sum(source.provenance == key for source in sources):
            text = words[f"{key}_more"].format(n=number, all=len(sources))
            yield Part(key=key, heading=words[key], text=text)


def view_fields(given: object, names: Iterable[str], index: Index) -> tuple[Field, ...]:
    """The texts of these names that the settings, or a code, give."""
    texts: Iterator[tuple[str, Text | None]] = ((name, getattr(given, name)) for name in names)
    return tuple(Field(index.words[name], index.say(text)) for name, text in texts if text)


def view_team(index: Index) -> Iterator[Field]:
    """Who researched and who coded."""
    names = ("id", "role", "credentials", "occupation", "gender", "experience", "interests")
    team = []
    for one in index.study.settings.researchers:
        given = (getattr(one, name) for name in names)
        texts = (index.say(text) if isinstance(text, Text) else text for text in given)
        team.append(", ".join(text for text in texts if text))
    if any(team):
        yield Field(index.words["researchers"], "; ".join(one for one in team if one))
    yield Field(index.words["coders"], list_words(index.reduction.coders, index.language))


def view_gathered(index: Index) -> Iterator[str]:
    """Such as: interview, 9 sources, 12–24 September 2022."""
    for method in dict.fromkeys(source.kind for source in index.study.sources):
        sources = [one for one in index.study.sources if one.kind == method]
        dates = span_of(source.date for source in sources)
        parts = (index.label("method", method), index.count("source", len(sources)))
        yield ", ".join((*parts, say_when(dates, index.language)) if dates else parts)


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
    needs = [index.count(axis, rules.min.of(axis)) for axis in rules.required]
    return index.words["rule"].format(needs=list_words(needs, index.language))


def view_informants(index: Index) -> tuple[tuple[InformantRow, ...], InformantRow]:
    """Planned, heard and quoted, by type in their distance to the programme, those of no known type last; and all types
    together: persons are counted anew there, since one unidentified may be another."""
    settings, heard = index.study.settings, persons_heard(index.study)
    spoken = list(by_witness(index.reduction.evidence))
    types: list[str | None] = list(order_types(settings))
    if any(one.type is None for one in heard.values()):
        types.append(None)
    rows = []
    for kind in types:
        known = settings.informant_types.get(kind or "")
        persons = {name: one for name, one in heard.items() if one.type == kind}
        rows.append(
            InformantRow(
                label=index.label("type", kind),
                note=index.say(known.note) if known else "",
                group=index.label("group", settings.group_of(kind)),
                planned=known.planned if known else None,
                heard=count_witnesses(persons),
                quoted=count_informants(row for row in spoken if row.type == kind),
                who=tuple(persons),
                unidentified=frozenset(name for name, one in persons.items() if not one.known),
            )
        )
    total = InformantRow(
        label=index.words["total"],
        note="",
        group="",
        planned=sum(row.planned or 0 for row in rows),
        heard=count_witnesses(heard),
        quoted=count_informants(spoken),
        who=(),
        unidentified=frozenset(),
    )
    return tuple(rows), total


def view_unplaced(index: Index) -> tuple[UnplacedView, ...]:
    """Codings whose words cannot be placed."""
    return tuple(
        UnplacedView(
            id=one.id,
            source=index.to("source", one.source),
            code=index.label("code", one.code),
            coder=one.coder,
            quote=one.quote,
            why=say(REASONS[one.reason], index.language),
        )
        for one in index.reduction.not_counted
    )


def view_codebook(index: Index) -> Part:
    """The codebook with its uses."""
    book = index.study.codebook
    return Part(
        title=index.say(book.title),
        version=book.version,
        reference=index.say(book.reference),
        note=index.say(book.note),
        codes=tuple(_view_code(code, index) for code in book.codes),
    )


def _view_code(code: Code, index: Index) -> Part:
    """A node of the codebook with its uses, its own and those below it, such as: 2 informants, 5 passages."""
    words, family = index.words, index.study.codebook.families[code.id]
    rows = [row for row in index.reduction.evidence if row.code in family]
    traits = [] if code.codes else [words[f"direction_{code.direction}"], words[f"origin_{code.origin}"]]
    if code.status == "retired":
        traits.append(words["retired"])
    informants, passages = count_informants(rows), len({row.passage for row in rows})
    uses = f"{index.count('informant', informants.upper, informants)}, {index.count('passage', passages)}"
    return Part(
        id=code.id,
        anchor=index.to("code", code.id).anchor,
        label=index.label("code", code.id),
        definition=index.say(code.definition),
        rules=view_fields(code, RULES, index),
        traits=tuple(traits),
        direction=code.direction,
        uses=uses if rows else words["not_used"],
        used=bool(rows),
        memo_links=index.memos_on(code.id),
        codes=tuple(_view_code(one, index) for one in code.codes),
    )
