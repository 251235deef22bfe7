"""`qda code leave-out` and `take-in`: turns that a coder leaves uncoded on purpose."""

from typing import TYPE_CHECKING, Annotated

import typer

from empowerment_qda.commands import code_by_hand
from empowerment_qda.commands.code_by_hand import CoderOption, PlaceArgument
from empowerment_qda.commands.options import StudyOption

if TYPE_CHECKING:
    from collections.abc import Sequence


def leave_out(
    place: PlaceArgument,
    coder: CoderOption,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="The reason; asked for if missing.")
    ] = None,
    study: StudyOption = None,
) -> None:
    """Leave answers uncoded on purpose, and say why; they are counted apart from those nobody has looked at."""
    from empowerment_qda.console import say
    from empowerment_qda.desk import LeaveOut, parse_place

    with code_by_hand.open_desk(study, coder) as desk:
        source, turns = parse_place(place, desk.study)
        if why is None and code_by_hand.at_terminal():
            why = _ask(desk.reasons(source.id))
        code_by_hand.do_action(desk, LeaveOut(source.id, turns, why or ""))
        if not why:
            say(f'No reason was given; this adds one: qda code leave-out {place} --why "..." --coder {coder}')


def take_in(place: PlaceArgument, coder: CoderOption, study: StudyOption = None) -> None:
    """Take back that turns were left out; giving a code to a turn does so too."""
    from empowerment_qda.desk import TakeIn, parse_place

    with code_by_hand.open_desk(study, coder) as desk:
        source, turns = parse_place(place, desk.study)
        code_by_hand.do_action(desk, TakeIn(source.id, turns))


def _ask(reasons: "Sequence[str]") -> str:
    """A reason: one of those offered, by its number, or another in words."""
    from empowerment_qda.console import say

    for number, reason in enumerate(reasons, 1):
        say(f"  {number}  {reason}")
    said: str = typer.prompt("Why (a number, or in your own words)", default="", show_default=False, err=True)
    said = said.strip()
    return reasons[int(said) - 1] if said.isdigit() and 0 < int(said) <= len(reasons) else said
