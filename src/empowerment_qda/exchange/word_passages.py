"""Coded passages by code as a document of Word, to read and to hand round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from empowerment_qda.evidence.passages import Passage
from empowerment_qda.evidence.rows import find_witnesses
from empowerment_qda.exchange.outgoing import Outgoing, Written, count
from empowerment_qda.exchange.plain_sources import plain_words
from empowerment_qda.exchange.word_write import WordDocument
from empowerment_qda.labels import label_of, say_when
from empowerment_qda.locale import msg, msg_of, say, say_number
from empowerment_qda.model.codebook import CodePlace
from empowerment_qda.model.source import Span
from empowerment_qda.text import inert_line

UNKNOWN = msg("Codes that the codebook does not have")
CODED_BY = msg("coded by {who}")
READ_IN = msg("read in by the analyst")
LEFT_OUT = msg("Left out, since their speakers did not agree to be quoted: {number} {passages}.")
PASSAGES = msg_of("passage", "passages")
TURN = msg_of("turn", "turns")


def write_passages(going: Outgoing) -> Written:
    """A heading for each dimension, aspect and code that has passages, with its definition; below it each passage with who says
    it, where, and what its coders noted. Whose words may not be quoted is left out and told."""
    study = going.study
    shown = [
        one
        for one in going.passages
        if one.anchor.span and not study.withheld(one.source, one.anchor.span.turns)
    ]
    hidden = len(going.passages) - len(shown)
    by_code: dict[str, list[Passage]] = defaultdict(list)
    for one in shown:
        by_code[one.coding.code].append(one)
    language, title = going.language, study.settings.title.say(going.language)
    document = WordDocument(title, language)
    document.add("Title", inert_line(title))
    document.add("Subtitle", inert_line(study.codebook.title.say(language)))
    if hidden:
        said = say(LEFT_OUT, language, number=hidden, passages=say_number(PASSAGES, hidden, language))
        document.add("Normal").write(said, "Aside")
    used = {code.id for place in study.codebook.walk() if place.code.id in by_code for code in place.line}
    for place in study.codebook.walk():
        if place.code.id in used:
            _add_code(document, place, going)
            _add_passages(document, by_code.pop(place.code.id, []), going)
    if by_code:
        document.add_heading(1, say(UNKNOWN, language))
        for code, passages in by_code.items():
            document.add_heading(2, code)
            _add_passages(document, passages, going)
    every = {place.code.id for place in study.codebook.walk() if not place.code.codes}
    lost = (
        count(hidden, "coding of words that their speaker did not agree to have quoted",
              "codings of words that their speakers did not agree to have quoted"),
        count(len(every - used), "code without passages", "codes without passages"),
        count(sum(plain_words(one.coding.quote + (one.coding.memo or ""))[1] for one in shown),
              "control character (a sign stands for it)", "control characters (a sign stands for each)"),
    )  # fmt: skip
    codes = len({one.coding.code for one in shown})
    held = f"{count(len(shown), 'coding')} of {count(codes, 'code')}" if shown else ""
    return Written(document.pack({}), (held,), lost)


def _add_code(document: WordDocument, place: CodePlace, going: Outgoing) -> None:
    code, language = place.code, going.language
    document.add_heading(len(place.line), going.study.codebook.label(code.id, language))
    if code.definition:
        document.add("Normal", inert_line(code.definition.say(language)))


def _add_passages(document: WordDocument, passages: Iterable[Passage], going: Outgoing) -> None:
    """Passages in the order of sources and words; codings of several coders on the same words stand together."""
    order = {source.id: number for number, source in enumerate(going.study.sources)}

    def where(one: Passage) -> tuple[int, Span]:
        assert one.anchor.span
        return order[one.source.id], one.anchor.span

    for (_, span), same in groupby(sorted(passages, key=where), key=where):
        codings = list(same)
        source = codings[0].source
        several = span.end_turn > span.turn
        for turn in span.turns:
            words = source.turns[turn - 1].text
            part = words[span.start if turn == span.turn else 0 : span.end if turn == span.end_turn else None]
            speaker = source.turns[turn - 1].speaker
            paragraph = document.add("Quote", like=part)
            if several and speaker:
                paragraph.write(f"{inert_line(speaker)}: ", "Speaker")
            paragraph.write(part)
        origin = document.add("Origin")
        origin.write(" · ".join(_say_origin(codings, span, going)))
        for one in codings:
            if one.coding.memo:
                memo = document.add("Memo", like=one.coding.memo)
                memo.write(f"{one.file.coder}: ", "Speaker").write(one.coding.memo)


def _say_origin(codings: list[Passage], span: Span, going: Outgoing) -> Iterator[str]:
    """Who says it, in which source and turn, when, who coded it, and the ids of the codings."""
    study, language, source = going.study, going.language, codings[0].source
    for one in find_witnesses(source, span.turns, study):
        name = source.id if one.id.endswith(":?") else one.id
        yield f"{name} ({label_of('type', one.type, study, language)})" if one.type else name
    turns = say_number(TURN, len(span.turns), language)
    yield f"{source.id}, {turns} {span.turn}" + (f"–{span.end_turn}" if span.end_turn > span.turn else "")
    if source.date:
        yield say_when(source.date, language)
    yield say(CODED_BY, language, who=", ".join(dict.fromkeys(one.file.coder for one in codings)))
    if all(one.coding.strength == "inferred" for one in codings):
        yield say(READ_IN, language)
    if ids := [one.coding.id for one in codings if one.coding.id]:
        yield ", ".join(ids)
