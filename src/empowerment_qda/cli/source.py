"""`qda source edit`, `text` and `undo`: a transcript is corrected, and what hangs on its words moves along."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from empowerment_qda.anchors import NewTurn
from empowerment_qda.cli.code_by_hand import at_terminal
from empowerment_qda.cli.console import show, show_text, tell
from empowerment_qda.cli.group import QdaGroup
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, choose_sources, edited
from empowerment_qda.cli.tables import Columns, each, lay_out, objects, same
from empowerment_qda.coding import parse_place
from empowerment_qda.coding.source_edit import TurnChange
from empowerment_qda.coding.turn_blocks import format_turns, parse_turns, replace_turn, require_turn
from empowerment_qda.files.code_operations import undo_operation
from empowerment_qda.files.edit import read_clock
from empowerment_qda.files.read import open_study
from empowerment_qda.files.source_edit import SourcePlan, do_edit, plan_edit
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study


def _say_turn(name: str, change: TurnChange) -> str | None:
    """A key of a turn before an edit or after it, such as was_text."""
    side, _, key = name.partition("_")
    return getattr(getattr(change, side), key, None)


ROWS: Columns = same("what where becomes was now")
TURN: Columns = {
    "turn": "before",
    "new_turn": "after",
    **each(("was_speaker", "was_text", "now_speaker", "now_text"), _say_turn),
}
CODING: Columns = {
    "coder": "passage.file.coder",
    "id": "passage.id",
    "code": "passage.coding.code",
    "becomes": "outcome",
    "turn": lambda one: str(one.passage.coding.turn or ""),
    "quote": "passage.coding.quote",
    "new_turn": lambda one: str(one.after.turn or ""),
    "new_quote": "after.quote",
}
SourceArgument = Annotated[
    str, typer.Argument(metavar="SOURCE", help="The id of a source, or one turn of it: KS-01#4.")
]
TurnOption = Annotated[
    int | None, typer.Option("--turn", metavar="N", min=1, help="Only this turn; else the whole source.")
]

source_app = typer.Typer(cls=QdaGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True)


@source_app.command()
def edit(
    source: SourceArgument,
    turn: TurnOption = None,
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="TEXT",
            help="What is to stand there; `-` reads standard input. Else your editor opens.",
        ),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="With a turn: who speaks it.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing; without a terminal nothing is written else.")
    ] = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Correct the words of a transcript. Codings of all coders, suggestions, turns left out and memos' links move along.

    Without a turn the whole source opens: a block for each turn, under a line such as `[4] KS`. `[+] KS` begins a new turn;
    taking such a line out joins its words to the turn above.
    """
    root, whole = open_study(study)
    one, number = _find(whole, source, turn)
    if speaker is not None and number is None:
        raise typer.BadParameter("--speaker goes with one turn: name it, or write it into the text.")
    given = one.turns[number - 1].text if number else format_turns(one)
    if text is None and speaker is not None:
        writing: Any = nullcontext(given)
    elif text is None and at_terminal():
        writing = edited(".txt", given if given.endswith("\n") else given + "\n")
    else:
        writing = nullcontext(sys.stdin.read() if text in (None, "-") else text)
    with writing as said:
        turns = replace_turn(one, number, said, speaker) if number else parse_turns(said, one)
        if text is None and list(turns) == list(parse_turns(format_turns(one), one)):
            tell("Nothing was changed.")
            return
        _carry_out(root, whole, one, turns, dry_run, yes, format_)


def _find(study: Study, name: str, turn: int | None) -> tuple[Source, int | None]:
    """The source, and the number of the turn that is meant, if only one is."""
    if name not in study.by_id and "#" in name:
        source, turns = parse_place(name, study)
        if turn is not None or turns.last > turns.first:
            raise typer.BadParameter("name one turn, such as KS-01#4, or the source alone")
        return source, turns.first
    (source,) = choose_sources(study, [name])
    return source, require_turn(source, turn) if turn is not None else None


def _carry_out(
    root: Path,
    study: Study,
    source: Source,
    turns: tuple[NewTurn, ...],
    dry_run: bool,
    yes: bool,
    format_: Format,
) -> None:
    """Show what an edit changes, then do it: at a terminal after a question."""
    now = read_clock()
    plan = plan_edit(root, study, source, turns, now)
    asks = not (dry_run or yes)
    done = not dry_run and (yes or at_terminal())
    show(lay_out(ROWS, plan.rows(), plan.change.said), format_, lambda: answer(plan, done))
    for line in (plan.say_counts(), *plan.notes):
        tell(line)
    if asks and not at_terminal():
        tell("Nothing was written; `--yes` does it.")
        raise typer.Exit(1)
    if dry_run or (asks and not typer.confirm("Do it?", default=True, err=True)):
        tell("Nothing was written.")
        raise typer.Exit(0 if dry_run else 1)
    do_edit(root, plan, now)
    tell("Done; `qda source undo` takes it back.")
    if plan.counts["lost"]:
        tell("Say where the lost ones stand: `qda code anchor`, or `p` in the workbench.")


def answer(plan: SourcePlan, done: bool) -> dict[str, Any]:
    """The JSON of an edit."""
    return {
        "source": plan.edit.source.id,
        "turns": objects(TURN, plan.edit.find_changes()),
        "codings": objects(CODING, plan.followed),
        "links": [{"memo": path, "link": was, "new_link": now} for path, was, now in plan.links],
        "verdicts": [{"finding": one, "before": was, "after": now} for one, was, now in plan.find_moves()],
        "notes": list(plan.notes),
        "files": sorted(plan.change.files),
        "done": done,
    }


@source_app.command()
def text(source: SourceArgument, turn: TurnOption = None, study: StudyOption = None) -> None:
    """Print a source, or one turn, as `qda source edit --text -` takes it."""
    _, whole = open_study(study)
    one, number = _find(whole, source, turn)
    show_text((one.turns[number - 1].text if number else format_turns(one)).rstrip("\n"))


@source_app.command()
def undo(study: StudyOption = None) -> None:
    """Take back the last correction of a transcript, with all that moved along, unless later work depends on it."""
    root, _ = open_study(study, ())
    done = undo_operation(root, read_clock(), command="qda source undo")
    tell(f"Taken back: {done}." if done else "No correction is to be taken back.")
