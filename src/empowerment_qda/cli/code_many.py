"""Many passages at once: `qda code add-hits`, and `accept` and `reject` of one suggestion or all of a cue or a code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from empowerment_qda.cli.code_by_hand import (
    CodeArgument,
    CoderOption,
    OfCodeArgument,
    WhichOption,
    at_terminal,
    do_action,
    open_desk,
    point,
    tell_step,
)
from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.find import (
    WHAT,
    AttributeOption,
    ExpressionArgument,
    FromOption,
    GroupOption,
    InformantOption,
    MethodOption,
    ToOption,
    TypeOption,
    WithinOption,
    WordsOption,
    make_filters,
)
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, choose_sources
from empowerment_qda.cli.tables import Columns, lay_out, objects
from empowerment_qda.coding import Accept, Action, Reject
from empowerment_qda.coding.many import ToDecide, Unit, code_hits, decide_all, has_cue
from empowerment_qda.coding.suggest import cues_of
from empowerment_qda.evidence.find import (
    Within,
    evidence_of,
    find_hits,
    find_passages,
    read_expression,
    require_known,
)
from empowerment_qda.evidence.passages import Passage
from empowerment_qda.files.edit import Desk
from empowerment_qda.model.codebook import Codebook
from empowerment_qda.model.coding import Status
from empowerment_qda.model.source import Span
from empowerment_qda.problems import did_you_mean, refusal

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and write nothing.")]
Yes = Annotated[
    bool, typer.Option("--yes", help="Do it without a question; needed where nobody can be asked.")
]
CodingOrAll = Annotated[
    str | None,
    typer.Argument(
        metavar="CODING",
        help="The id of a coding, or source and turn, such as KS-01#2; or --all.",
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="All suggestions that wait, or those of a code, a cue, a source.")
]
CueOption = Annotated[
    str | None,
    typer.Option(
        "--cue", metavar="CUE", help="With --all: those that this cue made, as the codebook has it."
    ),
]
OnlyCodeOption = Annotated[
    str | None, typer.Option("--code", metavar="CODE", help="With --all: those of this code.")
]
OnlySourceOption = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="ID", help="With --all: those in this source; may be repeated."),
]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage that something is done to: source, place, words, code, and why a suggestion was made."""

    source: str
    span: Span
    quote: str
    code: str
    why: str | None = None

    @classmethod
    def of(cls, passage: Passage) -> Row:
        """The row of a suggestion."""
        span, coding = passage.anchor.span or Span(0, 0, 0, 0), passage.coding
        return cls(passage.source.id, span, passage.source.quote(span), coding.code, coding.why)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done in one step: its name, the actions, and how they are shown; `notes` on what is left."""

    name: str
    actions: Sequence[Action]
    rows: Sequence[Row]
    columns: Columns
    notes: Sequence[str]


ROW: Columns = {
    "ref": lambda row: row.span.on(row.source), "source": "source", "turn": "span.turn", "start": "span.start",
    "end": "span.end", "end_turn": "span.end_turn", "code": "code", "quote": "quote", "why?": "why",
}  # fmt: skip
TO_CODE: Columns = {"turn": ROW["ref"], "words": "quote"}
TO_DECIDE: Columns = {"turn": ROW["ref"], "code": "code", "words": "quote", "why": "why"}


def _make_command(decision: type[Accept] | type[Reject], name: str, said: str) -> Callable[..., None]:
    """`accept` or `reject`: both take the same."""

    def decide(
        coder: CoderOption,
        coding: CodingOrAll = None,
        code: OfCodeArgument = None,
        which: WhichOption = None,
        every: AllOption = False,
        only: OnlyCodeOption = None,
        cue: CueOption = None,
        sources: OnlySourceOption = None,
        dry_run: DryRun = False,
        yes: Yes = False,
        study: StudyOption = None,
        format_: FormatOption = Format.table,
    ) -> None:
        if (coding is None) != every or (every and which):
            raise typer.BadParameter("name a coding, or say --all")
        if not every and (only or cue or sources or dry_run or yes or format_ != Format.table):
            narrowing = "--code, --cue, --source, --dry-run, --yes and --format"
            raise typer.BadParameter(f"{narrowing} go with --all; the code of a coding stands behind it")
        with open_desk(study, coder) as desk:
            if coding is not None:
                own: tuple[Status, ...] = ("suggested", "rejected" if decision is Accept else "accepted")
                do_action(desk, decision(*point(desk, coding, code, which, own, suggestions=True)))
                return
            waiting = list(_find_waiting(desk, sources, only, cue))
            todo = decide_all(waiting, decision, desk.codebook)
            rows = [Row.of(one) for one in todo.passages]
            notes = _say_left(todo, name)
            _carry_out(desk, Task(name, todo.actions, rows, TO_DECIDE, notes), dry_run, yes, format_)

    decide.__name__, decide.__doc__ = name, said
    return decide


accept = _make_command(
    Accept,
    "accept",
    """Accept a suggestion, or a coding of your own that you had rejected; or all suggestions.

    With --all those that wait are accepted: of a code, a cue or a source where these are named. They are shown first, and
    are one step to undo.
    """,
)
reject = _make_command(
    Reject,
    "reject",
    """Reject a suggestion, so that you are not offered it again, or a coding of your own, which stays on record; or all suggestions.

    With --all those that wait are rejected: of a code, a cue or a source where these are named. They are shown first, and
    are one step to undo.
    """,
)


def add_hits(
    code: CodeArgument,
    coder: CoderOption,
    expression: ExpressionArgument = None,
    words: WordsOption = None,
    unit: Annotated[
        Unit | None,
        typer.Option(
            "--unit",
            help="What gets the code: the sentences that hold what was found, the turns, or just the words; else sentences for words, "
            "and coded passages as they are.",
        ),
    ] = None,
    within: WithinOption = Within.overlap,
    type_: TypeOption = None,
    group: GroupOption = None,
    method: MethodOption = None,
    informant: InformantOption = None,
    attribute: AttributeOption = None,
    since: FromOption = None,
    until: ToOption = None,
    of: Annotated[
        list[str] | None,
        typer.Option("--of", metavar="NAME", help="Look at codings of this coder; else at those that count."),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Give a code to all that a search finds: words (--words), or coded passages (EXPRESSION), as `qda find` finds them.

    What would get the code is shown first. Questions, bystanders and what was reconstructed never get it; what has it already
    by this coder, or was rejected, is passed over. All of it is one step to undo.
    """
    if not expression and not words:
        raise typer.BadParameter(WHAT)
    filters = make_filters(type_, group, method, informant, attribute, since, until)
    with open_desk(study, coder) as desk:
        whole = desk.study
        code = _find_code(whole.codebook, code)
        if whole.codebook.places[code].code.status == "retired":
            raise refusal(code, "retired-code", "this code is retired", "Use the code that replaced it.")
        require_known(filters, whole)
        evidence = evidence_of(whole, of or ())
        asked = read_expression(" ".join(expression), whole) if expression else None
        passages = find_passages(asked, whole, evidence, filters, within) if asked else ()
        spans: dict[str, list[Span]] = {}
        for one in (
            find_hits(words, whole, evidence, filters, passages if asked else None) if words else passages
        ):
            spans.setdefault(one.source, []).append(one.span)
        hits = [(whole.by_id[source], found) for source, found in spans.items()]
        chosen: Unit = unit or ("sentence" if words else "words")
        todo = code_hits(hits, code, chosen, desk.passages)
        rows = [
            Row(one.source, one.span, whole.by_id[one.source].quote(one.span), code) for one in todo.actions
        ]
        notes = [
            f"{todo.passed_over} more {_has(todo.passed_over)} it already, or you had rejected it there."
        ]
        task = Task(f"add {code}", todo.actions, rows, TO_CODE, notes if todo.passed_over else [])
        _carry_out(desk, task, dry_run, yes, format_)


def _find_code(book: Codebook, said: str) -> str:
    """The code of this id or label; StudyError where there is none."""
    code = book.by_label.get(said.casefold(), said)
    if code not in book.places:
        hint = f"{did_you_mean(said, book.places)} A new one comes in with `qda code define`."
        raise refusal(said, "unknown-code", "this code is not in the codebook", hint)
    return code


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _find_waiting(
    desk: Desk, sources: list[str] | None, code: str | None, cue: str | None
) -> Iterator[Passage]:
    """The suggestions that wait for the coder, the machine's and their own, of these sources, this code, this cue.
    StudyError where the code is not in the book, or no suggestion has the cue."""
    code = code and _find_code(desk.codebook, code)
    cues: dict[str, None] = {}
    met = False
    for source in choose_sources(desk.study, sources):
        own = (one for one in desk.passages(source.id) if one.coding.status == "suggested")
        for one in (*own, *desk.suggestions(source.id)):
            if code in (None, one.coding.code):
                cues |= dict.fromkeys(cues_of(one.coding))
                if cue is None or has_cue(one, cue):
                    met = True
                    yield one
    if cue and not met:
        hint = did_you_mean(cue, cues)
        raise refusal(
            "--cue", "unknown-cue", f"no suggestion that waits here was made by the cue `{cue}`", hint
        )


def _say_left(todo: ToDecide, name: str) -> list[str]:
    """What is not decided on, and why."""
    unplaced = f"{todo.unplaced} more {_has(todo.unplaced)} no place in the source any more: `qda code` makes them anew."
    retired = f"{todo.retired} more {_has(todo.retired)} a code that no passage can get: it is retired, or not in the codebook."
    return [unplaced] * bool(todo.unplaced) + [retired] * bool(todo.retired)


def _carry_out(desk: Desk, task: Task, dry_run: bool, yes: bool, format_: Format) -> None:
    """Show what is to be done and do it: at a terminal after a question, elsewhere only with --yes. Exit code 1 where it was
    neither asked nor said."""
    rows, number = task.rows, len({row.source for row in task.rows})
    asks = format_ == Format.table and not yes and at_terminal()
    done = bool(rows) and not dry_run and (yes or asks)
    if rows or format_ != Format.table:
        show(lay_out(task.columns, rows), format_, lambda: {
            "action": task.name, "codings": objects(ROW, rows), "notes": list(task.notes), "done": done,
        })  # fmt: skip
    if rows:
        plural = "s" * (len(rows) != 1)
        tell(f"{task.name}: {len(rows)} passage{plural} in {number} source{'s' * (number != 1)}.")
    else:
        tell(f"{task.name}: nothing to do.")
    for note in task.notes:
        tell(note)
    if not rows:
        return
    if dry_run or (asks and not typer.confirm("Do it?", default=True, err=True)):
        tell("Nothing was written.")
        return
    if not done:
        tell("Nothing was written: say --yes to do it.")
        raise typer.Exit(1)
    entries = desk.apply_all(task.actions)
    if format_ == Format.table:
        tell_step(desk, entries)
    else:
        tell("Done; `qda code undo` takes it back.")
