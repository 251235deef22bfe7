"""How a person points: at turns (`KS-01#2-4`), at words in them, and at a coding; and what to know after it was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from empowerment_qda.anchors import SourceText
from empowerment_qda.coding.log_entry import Entry
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.model.coding import AUTO, turns_of
from empowerment_qda.model.finding import SIDES
from empowerment_qda.model.source import Source, Span, TurnRange
from empowerment_qda.model.study import Study
from empowerment_qda.problems import did_you_mean, refusal
from empowerment_qda.text import shorten

_PLACE = re.compile(r"(.+)#([0-9]{1,9})(?:-([0-9]{1,9}))?")


def parse_place(place: str, study: Study) -> tuple[Source, TurnRange]:
    """A source and turns of it, such as KS-01#2 or KS-01#2-4; StudyError where there is no such place."""
    found = _PLACE.fullmatch(place.strip())
    if not found:
        hint = "Write source and turn, such as KS-01#2."
        raise refusal(place, "place", "this is no place in a source", hint)
    source = study.by_id.get(found[1])
    if source is None:
        hint = did_you_mean(found[1], study.by_id)
        raise refusal(place, "unknown-source", f"there is no source `{found[1]}`", hint)
    turns = TurnRange(int(found[2]), int(found[3] or found[2]))
    if not 1 <= turns.first <= turns.last <= len(source.turns):
        number = len(source.turns)
        hint = f"It has {number} turn{'s' * (number > 1)}, counted from 1."
        raise refusal(place, "unknown-turn", f"{source.id} has no turn {turns}", hint)
    return source, turns


def find_words(place: str, text: SourceText, turns: TurnRange, quote: str, occurrence: int | None) -> Span:
    """Where the quoted words stand in these turns, as they are; an empty quote means the whole turns.

    Words that are not there, or more than once, are a StudyError that shows what is near: nothing is guessed.
    """
    anchor = text.find(quote, turns.first, turns.last, occurrence)
    if anchor.state == "exact" and anchor.span:
        return anchor.span
    near = (anchor.span, *anchor.candidates) if anchor.span else anchor.candidates
    inside = [span for span in near if turns.first <= span.turn and span.end_turn <= turns.last]
    if anchor.state == "ambiguous" and len(inside) > 1:
        shown = "; ".join(f"{n}: {_around(text, span)}" for n, span in enumerate(inside, 1))
        said = f"these words stand there {len(inside)} times: {shown}"
        hint = "Say which with --occurrence N, or quote more words."
        raise refusal(place, "quote-ambiguous", said, hint)
    elsewhere = ", ".join(f"turn {span.turn}: “{shorten(text.quote(span))}”" for span in near[:5])
    hint = f"The nearest are in {elsewhere}." if elsewhere else "Copy them from the transcript."
    raise refusal(place, "quote-lost", f"the words “{shorten(quote)}” do not stand there", hint)


def sources_of(name: str, coder: str, study: Study) -> list[str]:
    """The sources to look in for a coding of that name; StudyError where it points nowhere."""
    if "#" in name:
        return [parse_place(name, study)[0].id]
    own = [file for file in study.codings if file.coder in (coder, AUTO)]
    ids = {
        coding.id or f"{file.coder}:{file.source}:{number}": file.source
        for file in own
        for number, coding in enumerate(file.codings, 1)
    }
    if name not in ids:
        hint = f"Point with source and turn, such as KS-01#2, or by an id. {did_you_mean(name, ids)}"
        raise refusal(name, "not-there", f"{coder} has no coding of this id", hint)
    return [ids[name]]


def find_coding(name: str, code: str | None, pool: Sequence[Passage], which: int | None = None) -> Passage:
    """The one coding that a person means, by its id or by turn and code; `which` counts among several.

    StudyError where none or several are meant, with what there is to choose from.
    """
    inside = [passage for passage in pool if _is_at(passage, name)]
    meant = [passage for passage in inside if code in (None, passage.coding.code)]
    if len(meant) == 1 and which is None:
        return meant[0]
    if which is not None and 1 <= which <= len(meant):
        return meant[which - 1]
    if meant:
        listed = "; ".join(f"{n}: {_name(passage)}" for n, passage in enumerate(meant, 1))
        hint = "Say which with --which N, or by its id."
        raise refusal(name, "several", f"that can be {len(meant)} codings: {listed}", hint)
    here = "; ".join(map(_name, inside[:8]))
    hint = f"Here are: {here}." if here else "Nothing stands here that it can be done to."
    wanted = f"coding `{code}`" if code else "such coding"
    raise refusal(name, "not-there", f"there is no {wanted} here", hint)


def _is_at(passage: Passage, name: str) -> bool:
    """Whether a coding has this id, or stands in these turns of its source."""
    place, span = turns_of(name.strip()), passage.anchor.span
    own = TurnRange(span.turn, span.end_turn) if span else passage.coding.turn
    at = place is not None and own is not None and place[0] == passage.source.id and place[1].overlaps(own)
    return at or passage.id == name


def _name(passage: Passage) -> str:
    coding = passage.coding
    words = f"{coding.code} “{shorten(coding.quote)}”" if coding.quote else coding.code
    return f"{words} ({passage.id}, {coding.status})"


def _around(text: SourceText, span: Span) -> str:
    before, after = text.context(span, 3)
    return f"{before} [{shorten(text.quote(span))}] {after}".strip()


def name_consequences(entry: Entry, study: Study) -> Iterator[str]:
    """What a coder should know after an entry: a sentence for each turn that was coded though nobody said its words
    so, for each finding that cites what is gone, and for a new code that does not say yet what it means."""
    if entry.action == "define" and entry.code and not entry.code.get("definition"):
        yield f"{entry.code.get('id')} has no definition yet: `qda codebook lint` asks for it."
    source = study.by_id.get(entry.source or "")
    if source and entry.action in ("add", "accept", "recode", "anchor"):
        fresh = (one for one in entry.after if one.status == "accepted" and one not in entry.before)
        for turn in sorted({turn for one in fresh if one.turn for turn in one.turn.numbers}):
            if turn <= len(source.turns) and source.turns[turn - 1].reconstructed:
                yield f"The words of {source.id}#{turn} are reconstructed: they are the analyst's, and no evidence of what was said."
    counted = {one.id for one in entry.after if one.status == "accepted"}
    gone = [one.id for one in entry.before if one.id and one.status == "accepted" and one.id not in counted]
    for finding in study.findings.findings:
        for one in gone:
            if any(one in getattr(finding, side) for side in SIDES):
                yield f"{finding.id} cites {one}, which does not count any more: look at the findings."
