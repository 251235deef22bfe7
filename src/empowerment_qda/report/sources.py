"""The words themselves: passages as findings cite them, and every source with its passages marked in its turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from empowerment_qda.labels import say_withheld
from empowerment_qda.locale import list_words, msg, say
from empowerment_qda.model.evidence import Evidence, Passage
from empowerment_qda.model.source import Source
from empowerment_qda.report.index import Field, Index, Link, Part, quote_anchor

UNSTATED: str = msg("somebody not named")


def view_quotes(rows: Sequence[Evidence], finding: str, side: str, index: Index) -> tuple[Part, ...]:
    """Passages in a row; what is translated above is not translated again."""
    turns = [(row.source, row.span.turns) for row in rows]
    return tuple(
        _view_quote(row, quote_anchor(finding, side, row), here == before, index)
        for row, here, before in zip(rows, turns, [None, *turns], strict=False)
    )


def _view_quote(row: Evidence, anchor: str, again: bool, index: Index) -> Part:
    """A passage with who said it, how, when and where; `again` where the one before it is of the same turns."""
    source = index.study.by_id[row.source]
    translation = "" if row.withheld else translate(source, row.span.turns, index)
    several = len(row.span.turns) > 1
    number = f"{row.turn}–{row.span.end_turn}" if several else str(row.turn)
    place = index.words["turns" if several else "turn"].format(turn=number)
    details = _details(row, source, index)
    if again and translation:
        details.append(index.words["translated_above"])
    return Part(
        id=row.id,
        anchor=anchor,
        link=Link(f"{row.source}, {place}", index.anchor(row.passage)),
        words=say_withheld(row.withheld, index.language) if row.withheld else row.quote,
        language=index.language if row.withheld else index.study.language_of(source),
        provenance=source.provenance,
        translation="" if again else translation,
        who=list_words(row.informants, index.language) or title_of(source, index),
        details=tuple(details),
        code=index.to("code", row.code),
        direction=row.direction,
    )


def title_of(source: Source, index: Index) -> str:
    """The title of a source; its id where it has none."""
    return index.say(source.title) if source.title else source.id


def _details(row: Evidence, source: Source, index: Index) -> list[str]:
    """Type, method, date, and what limits the passage's weight."""
    words = index.words
    found = [index.label("type", one) for one in dict.fromkeys(one.type for one in row.witnesses)]
    if not all(one.known for one in row.witnesses):
        found.append(words["unidentified_short"])
    found.append(index.label("method", row.method))
    if row.producer:
        found.append(words["made_by"].format(who=producer_of(row.producer, index)))
    found.append(index.date(row.date))
    if row.strength == "inferred":
        found.append(words["read_in"])
    if source.provenance != "verbatim" and len({one.provenance for one in index.study.sources}) > 1:
        found.append(words[f"provenance_{source.provenance}"])
    return found


def producer_of(name: str, index: Index) -> str:
    """Who made a document: a group by its label, the researcher, or somebody who is not named."""
    if name == "unstated":
        return say(UNSTATED, index.language)
    return index.words["researcher"] if name == "researcher" else index.label("group", name)


def translate(source: Source, turns: range, index: Index) -> str:
    """The translation of whole turns, where the source is in another language and one is given for each."""
    given = [source.turns[turn - 1].translation for turn in turns]
    texts = [one.root.get(index.language, "") if one else "" for one in given]
    return "\n".join(texts) if all(texts) and index.study.language_of(source) != index.language else ""


def view_sources(index: Index) -> tuple[Part, ...]:
    """Every source, in the order of the study."""
    return tuple(_view_source(source, index) for source in index.study.sources)


def _view_source(source: Source, index: Index) -> Part:
    number = len(index.numbers[source.id])
    return Part(
        id=source.id,
        anchor=index.to("source", source.id).anchor,
        title=title_of(source, index),
        language=index.study.language_of(source),
        provenance=source.provenance,
        fields=tuple(_fields(source, index)),
        note=index.say(source.note),
        coded=index.count("passage", number) if number else index.words["no_codes"],
        memo_links=index.memos_on(source.id),
        turns=tuple(_view_turn(at, source, index) for at in range(1, len(source.turns) + 1)),
    )


def _fields(source: Source, index: Index) -> Iterator[Field]:
    words = index.words
    yield Field(words["method"], index.label("method", source.method))
    heard = [
        f"{one.id} ({index.label('type', one.type)}"
        + (f", {words['unidentified_short']})" if one.identity == "unknown" else ")")
        for one in map(index.study.who, source.heard)
    ]
    if heard:
        yield Field(words["informant"], list_words(heard, index.language))
    yield Field(words["date"], index.date(source.date))
    if source.place:
        yield Field(words["place"], index.say(source.place))
    if source.producer:
        yield Field(words["producer"], producer_of(source.producer, index))
    yield Field(words["provenance"], words[f"provenance_{source.provenance}"])


def _view_turn(number: int, source: Source, index: Index) -> Part:
    turn = source.turns[number - 1]
    withheld = index.study.withheld(source, [number])
    text = say_withheld(withheld, index.language) if withheld else turn.text
    passages = [one for one in index.numbers[source.id] if number in one[1].turns]
    return Part(
        number=number,
        anchor=f"turn-{source.id}-{number}",
        speaker=turn.speaker or "",
        time=turn.time or "",
        question=source.is_question(number),
        reconstructed=turn.reconstructed,
        words=text,
        pieces=tuple(cut_turn(text, number, passages, index, whole=bool(withheld))),
        translation="" if withheld else translate(source, range(number, number + 1), index),
        margins=tuple(_view_margin(one, index) for one in passages if one[1].end_turn == number),
        memo_links=index.memos_on(f"{source.id}#{number}"),
    )


def cut_turn(
    text: str, number: int, passages: Sequence[Passage], index: Index, *, whole: bool = False
) -> Iterator[Part]:
    """The words of a turn, cut wherever a passage begins or ends, each piece with the marks of the passages over it;
    together they are the turn's text. A mark has the `anchor` where its passage begins, the `number` where it ends.
    `whole`: each passage is over all of it, since the text is not the turn's own."""
    spans = [
        (
            one,
            one[1].start if one[1].turn == number and not whole else 0,
            one[1].end if one[1].end_turn == number and not whole else len(text),
        )
        for one in passages
    ]
    cuts = sorted({0, len(text), *(at for _, *ends in spans for at in ends)})
    for start, end in pairwise(cuts):
        marks = [
            Part(
                anchor=index.anchor(one) if first == start and one[1].turn == number else "",
                number=index.number(one) if last == end and one[1].end_turn == number else "",
                direction=_direction(one, index),
            )
            for one, first, last in spans
            if first <= start and end <= last
        ]
        yield Part(words=text[start:end], marks=tuple(marks))


def _direction(passage: Passage, index: Index) -> str:
    """What the codes of a passage do together."""
    directions = {row.direction for row in index.by_passage[passage]} - {"neutral"}
    return "mixed" if len(directions) > 1 else next(iter(directions), "neutral")


def _view_margin(passage: Passage, index: Index) -> Part:
    """A passage beside its last turn: its codes, the findings that use it, the memos of its codings in words, and links to
    those of the study."""
    rows = index.by_passage[passage]
    return Part(
        number=index.number(passage),
        anchor=index.anchor(passage),
        direction=_direction(passage, index),
        codes=tuple(dict.fromkeys((row.id, index.to("code", row.code)) for row in rows)),
        findings=tuple(index.used_by[passage].values()),
        memos=tuple(dict.fromkeys(row.memo for row in rows if row.memo)),
        memo_links=index.memos_on(*(row.id for row in rows)),
    )
