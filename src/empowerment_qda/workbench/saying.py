"""The sentences and lines around the transcript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from empowerment_qda.problems import Problem, StudyError
from empowerment_qda.workbench.layout import clean
from empowerment_qda.workbench.margin import label_of
from empowerment_qda.workbench.session import Mark, Session
from empowerment_qda.workbench.units import Cursor


def say_source(session: Session) -> str:
    """Which source it is, who speaks, when, and how near to what was said."""
    source = session.source
    who = [one if isinstance(one, str) else f"{one.id} ({one.type})" if one.type else one.id for one in source.heard]  # fmt: skip
    title = source.title.say(session.language) if source.title else source.id
    memos = [memo.id for memo in session.memos_on(source.id)]
    facts = [
        title,
        ", ".join(who),
        str(source.date or ""),
        source.provenance,
        f"* {', '.join(memos)}" if memos else "",
    ]
    return clean(" · ".join(filter(None, facts)))


def say_here(here: Sequence[Mark], chosen: Mark | None, notes: Sequence[str] = ()) -> Content:
    """The codings under the cursor, the one that is taken up first, with all that is noted on it; `notes` on the turn."""
    marks = sorted(here, key=lambda mark: mark is not chosen)
    if chosen and chosen not in here:
        marks.insert(0, chosen)
    parts: list[Any] = [] if marks else ["No coding here.\n"]
    for mark in marks:
        taken = mark is chosen
        parts.append((f"{'▸' if taken else ' '} {clean(label_of(mark))}\n", "bold" if taken else ""))
        coding = mark.coding
        noted = [
            coding.why,
            f"happened {coding.event_date}" if coding.event_date else None,
            f"direction: {coding.direction_note}" if coding.direction_note else None,
            f"memo: {coding.memo}" if coding.memo else None,
            f"* {', '.join(mark.memos)}" if mark.memos else None,
            coding.id,
        ]
        if taken and any(noted):
            parts.append((f"    {clean(' · '.join(filter(None, noted)))}\n", "italic"))
    parts += [f"  {clean(note)}\n" for note in notes]
    return Content.assemble(*parts).rstrip()


def say_status(session: Session, cursor: Cursor, growing: bool) -> str:
    """Source, coder, numbers, and what the cursor stands on."""
    counts, span = session.counts, cursor.span
    turns = str(span.turn) if span.turn == span.end_turn else f"{span.turn}-{span.end_turn}"
    what = "passage" if growing or cursor.anchor != cursor.head else cursor.kind
    parts = [
        f"{session.source.id} ({session.at + 1} of {len(session.sources)})",
        f"coder {session.desk.coder}",
        "others shown" if session.others else "others hidden",
        "" if session.suggestions else "suggestions hidden",
        f"✓ {counts.accepted}  ? {counts.suggested}  ✗ {counts.rejected}",
        f"{counts.uncoded} of {counts.answers} answers uncoded",
        f"{counts.left_out} left out" if counts.left_out else "",
        f"{counts.strays} problem{'s' * (counts.strays > 1)}" if counts.strays else "",
        f"{'growing ' if growing else ''}{what} in #{turns}",
    ]
    return " · ".join(filter(None, parts))


def say_refusal(error: StudyError | OSError, files: bool = False) -> str:
    """Why something was not done; `files`: in which file that is to be put right."""
    if isinstance(error, StudyError):
        return " ".join((say_place(one) if files else "") + say_problem(one) for one in error.problems)
    return f"The disk refuses: {error.strerror or error}. Nothing was changed."


def say_place(problem: Problem) -> str:
    """The file and the line."""
    line = f":{problem.place.line}" if problem.place.line else ""
    return f"{problem.place.path}{line}: "


def say_problem(problem: Problem) -> str:
    """A problem on one line: what, and what to do next."""
    message = problem.message.rstrip(".")
    return f"{message[:1].upper()}{message[1:]}. {problem.hint}"
