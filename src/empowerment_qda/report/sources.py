"""The appendix of sources: every turn, its passages marked, their codes in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from empowerment_qda.labels import say_when
from empowerment_qda.locale import list_words
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.source import Source, Span
from empowerment_qda.report.coding_views import (
    MarginView,
    MarkView,
    PieceView,
    SourceView,
    TurnView,
)
from empowerment_qda.report.index import Index, Passage
from empowerment_qda.report.memos import memos_on, memos_on_turns
from empowerment_qda.report.quotes import producer_of, title_of, translate
from empowerment_qda.report.views import Field
from empowerment_qda.report.words import count_words


def view_sources(index: Index) -> tuple[SourceView, ...]:
    """Every source, in the order of the study."""
    return tuple(_view_source(source, index) for source in index.study.sources)


def _view_source(source: Source, index: Index) -> SourceView:
    language = index.study.language_of(source)
    passages = index.by_source[source.id]
    return SourceView(
        id=source.id,
        anchor=index.source(source.id).anchor,
        title=title_of(source, index),
        language=language,
        provenance=source.provenance,
        fields=tuple(_fields(source, index)),
        note=source.note.say(index.language) if source.note else "",
        coded=count_words("passage", len(passages), index.language) if passages else index.words["no_codes"],
        memo_links=memos_on([source.id], index),
        turns=tuple(
            _view_turn(number, source, passages, index) for number in range(1, len(source.turns) + 1)
        ),
    )


def _fields(source: Source, index: Index) -> Iterator[Field]:
    words, language = index.words, index.language
    yield Field(words["method"], index.label("method", source.method))
    heard = []
    for one in map(index.study.who, source.heard):
        unsure = f", {words['unidentified_short']}" if one.identity == "unknown" else ""
        kind = index.label("type", one.type) if one.type else words["unknown_type"]
        heard.append(f"{one.id} ({kind}{unsure})")
    if heard:
        yield Field(words["informant"], list_words(heard, language))
    yield Field(words["date"], say_when(source.date, language) if source.date else words["undated"])
    if source.place:
        yield Field(words["place"], source.place.say(language))
    if source.producer:
        yield Field(words["producer"], producer_of(source.producer, index))
    yield Field(words["provenance"], words[f"provenance_{source.provenance}"])


def _view_turn(number: int, source: Source, passages: Sequence[Passage], index: Index) -> TurnView:
    turn = source.turns[number - 1]
    here = [passage for passage in passages if passage[1].turn <= number <= passage[1].end_turn]
    return TurnView(
        number=number,
        anchor=index.turn(source.id, number).anchor,
        speaker=turn.speaker or "",
        time=turn.time or "",
        question=source.is_question(number),
        reconstructed=turn.reconstructed,
        words=turn.text,
        pieces=tuple(cut_turn(turn.text, number, here, index)),
        translation=translate(source, range(number, number + 1), index),
        margins=tuple(_view_margin(passage, index) for passage in here if passage[1].end_turn == number),
        memo_links=memos_on_turns(source.id, range(number, number + 1), index),
    )


def cut_turn(text: str, number: int, passages: Sequence[Passage], index: Index) -> Iterator[PieceView]:
    """The words of a turn, cut wherever a passage begins or ends; together they are the turn's text."""
    spans = [(passage, *_inside(passage[1], number, len(text))) for passage in passages]
    cuts = sorted({0, len(text), *(at for _, *ends in spans for at in ends)})
    for start, end in pairwise(cuts):
        marks = [
            MarkView(
                anchor=index.anchor(passage) if first == start and passage[1].turn == number else "",
                number=str(index.numbers[passage]) if last == end and passage[1].end_turn == number else "",
                direction=direction_of(index.by_passage[passage]),
            )
            for passage, first, last in spans
            if first <= start and end <= last
        ]
        yield PieceView(text[start:end], tuple(marks))


def _inside(span: Span, turn: int, length: int) -> tuple[int, int]:
    """Start and end of a passage within one of its turns."""
    return (span.start if span.turn == turn else 0), (span.end if span.end_turn == turn else length)


def direction_of(rows: Sequence[Evidence]) -> str:
    """What the codes of a passage do together."""
    directions = {row.direction for row in rows} - {"neutral"}
    return "mixed" if len(directions) > 1 else next(iter(directions), "neutral")


def _view_margin(passage: Passage, index: Index) -> MarginView:
    rows = index.by_passage[passage]
    return MarginView(
        number=str(index.numbers[passage]),
        anchor=index.anchor(passage),
        direction=direction_of(rows),
        codes=tuple(dict.fromkeys((row.id, index.code(row.code)) for row in rows)),
        findings=tuple(index.used_by[passage].values()),
        memos=tuple(dict.fromkeys(row.memo for row in rows if row.memo)),
        memo_links=memos_on([row.id for row in rows], index),
    )
