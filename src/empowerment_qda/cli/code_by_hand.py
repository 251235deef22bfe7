"""Codings by hand: `qda code add`, `remove`, `recode`, `set`, `leave-out`, `take-in`, `define`, `undo`, `redo`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from empowerment_qda.cli.console import show_text, tell
from empowerment_qda.cli.options import StudyOption
from empowerment_qda.coding import (
    Action,
    Add,
    Entry,
    LeaveOut,
    Recode,
    Remove,
    Set,
    TakeIn,
    describe_step,
    find_coding,
    find_words,
    name_consequences,
    parse_place,
    sources_of,
)
from empowerment_qda.coding.actions import Remark
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import open_study
from empowerment_qda.model.coding import Coding
from empowerment_qda.text import inert_line

Strength = Literal["direct", "inferred"]
Origin = Literal["inductive", "in-vivo"]
OWN = ("accepted", "suggested", "rejected")
"""The states of a coder's own codings."""

CoderOption = Annotated[
    str,
    typer.Option("--coder", metavar="NAME", envvar="QDA_CODER", help="Whose codings: your name as a coder."),
]
PlaceArgument = Annotated[
    str, typer.Argument(metavar="PLACE", help="Source and turn, such as KS-01#2, or turns: KS-01#2-4.")
]
CodingArgument = Annotated[
    str, typer.Argument(metavar="CODING", help="The id of a coding, or source and turn, such as KS-01#2.")
]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="A code of the codebook.")]
OfCodeArgument = Annotated[
    str | None, typer.Argument(metavar="CODE", help="The code of that coding, where a turn has several.")
]
WhichOption = Annotated[
    int | None, typer.Option("--which", metavar="N", help="The Nth of several codings that it can be.")
]
StrengthOption = Annotated[
    Strength | None, typer.Option("--strength", help="direct: it is said; inferred: you read it in.")
]
EventDateOption = Annotated[
    str | None,
    typer.Option("--event-date", metavar="DATE", help="When the event happened that the words report."),
]
MemoOption = Annotated[str | None, typer.Option("--memo", metavar="TEXT", help="A note on the coding.")]
DirectionOption = Annotated[
    str | None,
    typer.Option("--direction-note", metavar="TEXT", help="Where it points another way than its code does."),
]


def at_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@contextmanager
def open_desk(folder: Path | None, coder: str) -> Iterator[Desk]:
    """The desk of a coder; what it notes is said at the end, on stderr."""
    root, whole = open_study(folder)
    with Desk.open(root, whole, coder) as desk:
        try:
            yield desk
        finally:
            say_notes(desk)


def say_notes(desk: Desk) -> None:
    """What the desk noted for the coder."""
    for note in desk.notes:
        tell(note)


def add(
    place: PlaceArgument,
    code: CodeArgument,
    coder: CoderOption,
    quote: Annotated[
        str, typer.Option("--quote", metavar="WORDS", help="The words; else the whole turn.")
    ] = "",
    occurrence: Annotated[
        int | None,
        typer.Option("--occurrence", metavar="N", min=1, help="Which one, where the words repeat."),
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id; else one is made.")] = None,
    strength: StrengthOption = None,
    event_date: EventDateOption = None,
    direction_note: DirectionOption = None,
    memo: MemoOption = None,
    study: StudyOption = None,
) -> None:
    """Give a code to words of a turn, or to a whole turn."""
    with open_desk(study, coder) as desk:
        source, turns = parse_place(place, desk.study)
        span = find_words(place, desk.text(source.id), turns, quote, occurrence)
        remarks = _remarks(strength, event_date, direction_note, memo)
        do_action(desk, Add(source.id, span, code, id_, remarks))


def remove(
    coding: CodingArgument,
    coder: CoderOption,
    code: OfCodeArgument = None,
    which: WhichOption = None,
    study: StudyOption = None,
) -> None:
    """Take away a coding of your own; a suggestion is rejected instead."""
    with open_desk(study, coder) as desk:
        do_action(desk, Remove(*point(desk, coding, code, which)))


def recode(
    coding: CodingArgument,
    to: Annotated[str, typer.Option("--to", metavar="CODE", help="The code that the words get.")],
    coder: CoderOption,
    code: OfCodeArgument = None,
    which: WhichOption = None,
    study: StudyOption = None,
) -> None:
    """Give the words another code; a suggestion's own code is thereby rejected."""
    with open_desk(study, coder) as desk:
        do_action(desk, Recode(*point(desk, coding, code, which, suggestions=True), to))


def set_remarks(
    coding: CodingArgument,
    coder: CoderOption,
    code: OfCodeArgument = None,
    which: WhichOption = None,
    strength: StrengthOption = None,
    event_date: EventDateOption = None,
    direction_note: DirectionOption = None,
    memo: MemoOption = None,
    study: StudyOption = None,
) -> None:
    """Set the strength, date of the event, direction note or memo of a coding; an empty text takes it away."""
    with open_desk(study, coder) as desk:
        remarks = _remarks(strength, event_date, direction_note, memo)
        do_action(desk, Set(*point(desk, coding, code, which), remarks))


def _remarks(
    strength: Strength | None, event_date: str | None, direction_note: str | None, memo: str | None
) -> dict[Remark, str]:
    given: dict[Remark, str | None] = {
        "strength": strength, "event_date": event_date, "direction_note": direction_note, "memo": memo,
    }  # fmt: skip
    return {key: one for key, one in given.items() if one is not None}


def point(
    desk: Desk,
    name: str,
    code: str | None,
    which: int | None,
    own: tuple[str, ...] = OWN,
    *,
    suggestions: bool = False,
) -> tuple[str, Coding]:
    """The source and the coding that a person means, among their own in these states and, if asked for, the suggestions."""
    pool = []
    for source in sources_of(name, desk.coder, desk.study):
        pool += [one for one in desk.passages(source) if one.coding.status in own]
        pool += desk.suggestions(source) if suggestions else ()
    found = find_coding(name, code, pool, which)
    return found.source.id, found.coding


def leave_out(
    place: PlaceArgument,
    coder: CoderOption,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="The reason; asked for if missing.")
    ] = None,
    study: StudyOption = None,
) -> None:
    """Leave answers uncoded on purpose, and say why; they are counted apart from those nobody has looked at."""
    with open_desk(study, coder) as desk:
        source, turns = parse_place(place, desk.study)
        if why is None and at_terminal():
            why = _ask(desk.reasons(source.id))
        do_action(desk, LeaveOut(source.id, turns, why or ""))
        if not why:
            tell(
                f'No reason was given; this adds one: qda code leave-out {place} --why "..." --coder {coder}'
            )


def take_in(place: PlaceArgument, coder: CoderOption, study: StudyOption = None) -> None:
    """Take back that turns were left out; giving a code to a turn does so too."""
    with open_desk(study, coder) as desk:
        source, turns = parse_place(place, desk.study)
        do_action(desk, TakeIn(source.id, turns))


def _ask(reasons: Sequence[str]) -> str:
    """A reason: one of those offered, by its number, or another in words."""
    for number, reason in enumerate(reasons, 1):
        tell(f"  {number}  {reason}")
    said = _ask_text("Why (a number, or in your own words)")
    return reasons[int(said) - 1] if said.isdigit() and 0 < int(said) <= len(reasons) else said


def define(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The id of the new code.")],
    under: Annotated[
        str,
        typer.Option("--under", metavar="CODE", help="The aspect or code that it stands under; / for none."),
    ],
    coder: CoderOption,
    definition: Annotated[
        str | None,
        typer.Option(
            "--definition",
            metavar="TEXT",
            help="What belongs under it; asked for at a terminal, and by lint.",
        ),
    ] = None,
    label: Annotated[
        str | None, typer.Option("--label", metavar="TEXT", help="Its name in tables and reports.")
    ] = None,
    origin: Annotated[
        Origin, typer.Option("--origin", help="in-vivo: named in a participant's words.")
    ] = "inductive",
    memo: Annotated[
        str | None,
        typer.Option(
            "--memo", metavar="TEXT", help="Why the codebook needs it; asked for at a terminal, and by lint."
        ),
    ] = None,
    study: StudyOption = None,
) -> None:
    """Add a code to the codebook that the material asks for, and say why; its version is raised."""
    if definition is None and at_terminal():
        definition = _ask_text(f"What belongs under {inert_line(code)} (Enter: say it later)")
    if memo is None and at_terminal():
        memo = _ask_text("Why the codebook needs it: what no other code covers (Enter: say it later)")
    with open_desk(study, coder) as desk:
        keys = {"id": code, "label": label, "definition": definition, "origin": origin, "memo": memo}
        tell_step(desk, [desk.define(under, {key: one for key, one in keys.items() if one})])


def _ask_text(question: str) -> str:
    said: str = typer.prompt(question, default="", show_default=False, err=True)
    return said.strip()


def undo(coder: CoderOption, study: StudyOption = None) -> None:
    """Take back the last thing done, as often as there is something: also a code that was added, and what was edited by
    hand. Memos stay."""
    with open_desk(study, coder) as desk:
        tell_step(desk, desk.undo(), "Nothing is left to undo.")


def redo(coder: CoderOption, study: StudyOption = None) -> None:
    """Do again what was undone last."""
    with open_desk(study, coder) as desk:
        tell_step(desk, desk.redo(), "Nothing is there to redo.")


def do_action(desk: Desk, action: Action) -> None:
    """Do something on a desk and say so."""
    tell_step(desk, [desk.apply(action)])


def tell_step(desk: Desk, entries: Sequence[Entry], otherwise: str = "") -> None:
    """Say what was done, and what a coder should know about it."""
    if not entries:
        tell(otherwise)
        return
    show_text(describe_step(entries))
    for line in dict.fromkeys(line for one in entries for line in name_consequences(one, desk.study)):
        tell(line)
