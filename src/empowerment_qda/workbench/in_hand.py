"""What is said of the passage in hand: its codings and what they mean, beside the transcript or below it, and the status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len
from textual.content import Content

from empowerment_qda.coding.cursor import Cursor
from empowerment_qda.workbench.layout import clean, fit_name, label_of, wrap
from empowerment_qda.workbench.panels import say_code
from empowerment_qda.workbench.session import Selection, Session, ShownCoding

NO_CODE = "What a code means stands here: the one under the cursor, or in the tree (s or Tab)."


def say_here(here: Sequence[ShownCoding], chosen: ShownCoding | None, notes: Sequence[str] = ()) -> Content:
    """The codings under the cursor, the one that is taken up first, with all that is noted on it; `notes` on the turn."""
    codings = sorted(here, key=lambda one: one is not chosen)
    if chosen and chosen not in here:
        codings.insert(0, chosen)
    parts: list[Any] = [] if codings else ["No coding here.\n"]
    for one in codings:
        taken = one is chosen
        parts.append((f"{'▸' if taken else ' '} {clean(label_of(one))}\n", "bold" if taken else ""))
        coding = one.coding
        noted = [
            coding.why,
            f"happened {coding.event_date}" if coding.event_date else None,
            f"direction: {coding.direction_note}" if coding.direction_note else None,
            f"memo: {coding.memo}" if coding.memo else None,
            f"* {', '.join(one.memos)}" if one.memos else None,
            coding.id,
        ]
        if taken and any(noted):
            parts.append((f"    {clean(' · '.join(filter(None, noted)))}\n", "italic"))
    parts += [f"  {clean(note)}\n" for note in notes]
    return Content.assemble(*parts).rstrip()


def say_side(
    session: Session, selection: Selection, code: str | None, width: int = 0, strip: int | None = None
) -> dict[str, Content]:
    """What the parts beside and below the transcript say about the passage under the cursor and the code in hand, by the
    names of the parts. `width`: columns of the screen, 0 for any number. `strip`: lines below the transcript, where there
    is no side; if it has no lines the status names the coding that is taken up."""
    chosen, cursor = selection.chosen, selection.cursor
    notes = dict.fromkeys(note for turn in cursor.span.turns for note in session.notes_on(turn))
    place = session.desk.codebook.places.get(code or "")
    memos = [f"* {memo.id} {memo.heading}" for memo in session.memos_on(code)]
    taken = f"▸ {clean(label_of(chosen))}" if chosen and strip == 0 else ""
    return {
        "here": say_here(session.under(cursor.span), chosen, [*notes]),
        "meaning": say_code(place, session.language, memos) if place else Content(NO_CODE),
        "strip": say_strip(session, selection, width, strip) if strip else Content(""),
        "status": Content(say_status(session, cursor, selection.growing, taken, width)),
    }


def say_strip(session: Session, selection: Selection, width: int, height: int) -> Content:
    """The codings of the turn in hand, one a line: the one that is taken up, those under the cursor, the others; and on
    two lines or those that are left what the code that is taken up means."""
    chosen, span = selection.chosen, selection.cursor.span
    under = session.under(span)
    turns = [one for turn in span.turns for one in session.by_turn.get(turn, ())]
    here = list({id(one): one for one in ([chosen] if chosen else []) + under + turns}.values())
    meaning = _meaning(session, chosen.coding.code) if chosen else ""
    rows = wrap(meaning, width) if meaning else ()
    room = max(1, height - min(2, len(rows)))
    more = f"  +{len(here) - room}" if len(here) > room else ""
    lines: list[Any] = []
    for at, one in enumerate(here[:room], 1):
        said = f"{'▸' if one is chosen else ' '} {clean(label_of(one))}"
        rest = more if at == room else ""
        beside = fit_name(_label(session, one.coding.code), max(1, width - cell_len(said) - len(rest))).rstrip()  # fmt: skip
        style = "bold" if one is chosen else "" if one in under else "dim"
        lines += [(fit_name(said, width).rstrip(), style), (beside, "dim"), rest, "\n"]
    left = height - len(here[:room])
    told = [meaning[start:end] for start, end in rows[:left]]
    if len(rows) > left:
        told[-1] = fit_name(f"{told[-1]} {meaning[rows[left][0] :]}", width)
    return Content.assemble(*lines, "\n".join(told)).rstrip() if here else Content("No coding in this turn.")


def _meaning(session: Session, code: str) -> str:
    """What a code means, when to use it and when not, on one line; nothing where the book does not say."""
    place = session.desk.codebook.places.get(code)
    if place is None:
        return ""
    asked = {"": place.code.definition, "Use when: ": place.code.use_when, "Not when: ": place.code.not_when}
    return clean(" ".join(f"{name}{text.say(session.language)}" for name, text in asked.items() if text))


def say_status(session: Session, cursor: Cursor, growing: bool, taken: str = "", width: int = 0) -> str:
    """The coding that is `taken` up, source, coder, numbers, and what the cursor stands on; on so many columns only what
    matters more finds room."""
    counts, span, left_out = session.counts, cursor.span, len(session.left_out)
    turns = str(span.turn) if span.turn == span.end_turn else f"{span.turn}-{span.end_turn}"
    what = "passage" if growing or cursor.anchor != cursor.head else cursor.kind
    parts = [
        (0, taken),
        (1, f"{session.source.id} ({session.at + 1} of {len(session.sources)})"),
        (8, f"coder {session.desk.coder}"),
        (6, "others shown" if session.others else "others hidden"),
        (7, "" if session.suggestions else "suggestions hidden"),
        (3, f"✓ {counts['accepted']}  ? {counts['suggested']}  ✗ {counts['rejected']}"),
        (5, f"{session.uncoded} of {session.answers} answers uncoded"),
        (9, f"{left_out} left out" if left_out else ""),
        (4, f"{session.broken} problem{'s' * (session.broken > 1)}" if session.broken else ""),
        (2, f"{'growing ' if growing else ''}{what} in #{turns}"),
    ]
    told = sorted((rank, said) for rank, said in parts if said)
    while width and len(told) > 1 and sum(cell_len(said) + 3 for _, said in told) - 3 > width:
        told.pop()
    return " · ".join(said for rank, said in parts if (rank, said) in told)


def _label(session: Session, code: str) -> str:
    """The label of a code, after two spaces; nothing where it has none."""
    place = session.desk.codebook.places.get(code)
    return f"  {clean(place.code.label.say(session.language))}" if place and place.code.label else ""
