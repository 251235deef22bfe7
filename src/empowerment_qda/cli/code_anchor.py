"""`qda code anchor`: codings that are not up to date with their sources, old words and new ones side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from empowerment_qda.anchors import SourceText
from empowerment_qda.cli.code_by_hand import at_terminal, do_action, say_notes
from empowerment_qda.cli.console import show, tell
from empowerment_qda.cli.options import Format, FormatOption, StudyOption, choose_sources
from empowerment_qda.cli.tables import Columns, lay_out, objects
from empowerment_qda.coding import (
    Locate,
    Mend,
    Reanchor,
    compare_words,
    find_words,
    is_current,
    parse_place,
    plan_mends,
)
from empowerment_qda.evidence.passages import Passage, find_unnoted, passages_of
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import open_study
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError


class Mended(NamedTuple):
    """A coding whose quote is not up to date, and whether it was written anew."""

    mend: Mend
    text: SourceText
    written: bool


def count_mends(mends: Iterable[Mended]) -> str:
    """How many of each kind, such as 2 (1 moved, 1 filled)."""
    kinds = Counter(one.mend.state for one in mends)
    listed = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    return f"{kinds.total()} ({listed})" if listed else "0"


def _say_was(one: Mended) -> str:
    return _say_at(one, one.mend.passage.coding.turn, one.mend.passage.coding.quote)


def _say_now(one: Mended) -> str:
    """The new place and words; several candidates stand on lines of their own, with words around them."""
    if one.mend.after:
        return _say_at(one, one.mend.after.turn, one.mend.after.quote)
    candidates = []
    for number, span in enumerate(one.mend.candidates, 1):
        before, after = one.text.context(span, 4)
        words = " ".join(filter(None, (before, f"[{one.text.quote(span)}]", after)))
        candidates.append(f"{number}? {_say_at(one, span.turn, words)}")
    return "\n".join(candidates) or "nowhere"


def _say_at(one: Mended, turn: object, words: str) -> str:
    return f"{one.mend.passage.source.id}{f'#{turn}' if turn else ''} {words}".strip()


MENDS: Columns = {
    "coding": "mend.passage.id", "code": "mend.passage.coding.code", "state": "mend.state", "was": _say_was,
    "now": _say_now, "written": "written",
}  # fmt: skip
"""Without those of the state `noted`: their words and their place are as noted."""
MEND: Columns = {
    "coder": "mend.passage.file.coder",
    "source": "mend.passage.source.id",
    "id": "mend.passage.id",
    "code": "mend.passage.coding.code",
    "state": "mend.state",
    "turn": lambda one: str(one.mend.passage.coding.turn or ""),
    "quote": "mend.passage.coding.quote",
    "new_turn": lambda one: str(one.mend.after.turn) if one.mend.after else None,
    "new_quote": lambda one: one.mend.after.quote if one.mend.after else None,
    "candidates": lambda one: [
        {"turn": span.turn, "quote": one.text.quote(span), "around": one.text.context(span)}
        for span in one.mend.candidates
    ],
    "written": "written",
}
"""`candidates` are places that may be meant."""


def anchor(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Ids of sources, or of single codings; else all sources."),
    ] = None,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="Only this coder; else all persons.")
    ] = None,
    changed: Annotated[
        bool,
        typer.Option("--changed", help="Also take the new words where a quote was edited in the source."),
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="PLACE", help="Say where one coding stands: source and turn, such as KS-01#2."
        ),
    ] = None,
    quote: Annotated[
        str | None,
        typer.Option("--quote", metavar="WORDS", help="With --at: the words there; else those that it has."),
    ] = None,
    occurrence: Annotated[
        int | None,
        typer.Option(
            "--occurrence", metavar="N", min=1, help="With --at: which one, where the words repeat."
        ),
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Bring codings up to date with their sources where the place is certain; show the rest side by side.

    Of the rest only a person knows where it stands now: `qda code anchor first-003 --at KS-01#5 --quote "the words"`.
    """
    if at is not None:
        if changed or format_ is not Format.table:
            raise typer.BadParameter("--changed and --format go without --at.")
        _locate(study, names or [], coder, at, quote, occurrence)
        return
    if quote is not None or occurrence is not None:
        raise typer.BadParameter("--quote and --occurrence go with --at.")

    root, whole = open_study(study)
    single = {one for one in names or () if one not in whole.by_id and _find(one, whole, coder)}
    rest = [one for one in names or () if one not in single]
    chosen = {source.id for source in choose_sources(whole, rest)} if rest or not single else set()
    stale = {
        (one.file.coder, one.source.id)
        for one in (*(one for one in passages_of(whole) if not is_current(one)), *find_unnoted(whole))
        if one.source.id in chosen or one.id in single
    }
    coders = sorted({one for one, _ in stale if one != AUTO and coder in (None, one)})
    mended: list[Mended] = []
    problems: list[Problem] = []
    for one in coders:
        try:
            with Desk.open(root, whole, one) as desk:
                for source in sorted(source for by, source in stale if by == one):
                    only = None if source in chosen else single
                    mended += _mend(desk, source, changed, format_ is Format.table, only)
                say_notes(desk)
        except StudyError as error:
            problems += error.problems
    table = lay_out(MENDS, (one for one in mended if one.mend.state != "noted"))
    show(table, format_, lambda: {"codings": objects(MEND, mended)})
    left = [one for one in mended if not one.written]
    written = count_mends(one for one in mended if one.written)
    tell(f"Written anew: {written}. Left for a person: {count_mends(left)}.")
    if any(one.mend.state == "changed" for one in left):
        tell("Take the words as they are now with --changed, if they still say it.")
    if coder in (None, AUTO) and any(by == AUTO for by, _ in stale):
        tell("Suggestions of the machine are not up to date: `qda code` makes them anew.")
    if left:
        tell("Say where one stands with --at, such as: qda code anchor CODING --at SOURCE#TURN --quote WORDS")
    if problems:
        raise StudyError(problems)


def _find(name: str, study: Study, coder: str | None) -> list[Passage]:
    """The codings with this id, of the coder or of any person."""
    named = [one for one in passages_of(study) if one.id == name]
    return [one for one in named if one.file.coder == coder or (coder is None and one.file.coder != AUTO)]


def _locate(
    folder: Path | None,
    names: list[str],
    coder: str | None,
    at: str,
    quote: str | None,
    occurrence: int | None,
) -> None:
    """Note where one coding stands, as the person says."""
    root, whole = open_study(folder)
    found = [one for name in names for one in _find(name, whole, coder)]
    if len(names) != 1 or len(found) != 1:
        said = "--at is about one coding"
        if len(names) == 1:
            said = f"{coder} has no coding of this id" if coder else "no person has a coding of this id"
        hint = "Name one coding by its id: `qda code anchor` lists those that need it."
        raise StudyError([Problem(Place(" ".join(names) or "qda code anchor"), "not-there", said, hint)])
    (passage,) = found
    source, turns = parse_place(at, whole)
    if source.id != passage.source.id:
        said, hint = f"{passage.id} is a coding of {passage.source.id}", "Name a turn of that source."
        raise StudyError([Problem(Place(at), "place", said, hint)])
    with Desk.open(root, whole, passage.file.coder) as desk:
        words = passage.coding.quote if quote is None else quote
        span = find_words(at, desk.text(source.id), turns, words, occurrence)
        do_action(desk, Locate(source.id, passage.coding, span))
        say_notes(desk)


def _mend(desk: Desk, source: str, changed: bool, ask: bool, only: set[str] | None) -> list[Mended]:
    """Write anew what is certain in one source, and give back all that is not up to date; or `only` some of it."""
    text = desk.text(source)
    passages = [one for one in desk.passages(source) if only is None or one.id in only]
    mended = [
        Mended(
            one, text, one.after is not None and (one.state != "changed" or changed or (ask and _agreed(one)))
        )
        for one in plan_mends(passages, text)
    ]
    pairs = tuple(
        (one.mend.passage.coding, one.mend.after) for one in mended if one.written and one.mend.after
    )
    if pairs:
        desk.apply(Reanchor(source, pairs))
    return mended


def _agreed(mend: Mend) -> bool:
    """Whether the person at the terminal takes the new words; without a terminal nobody does."""
    if mend.after is None or not at_terminal():
        return False
    tell(f"{mend.passage.id} ({mend.passage.coding.code})")
    was, now = compare_words(mend.passage.coding.quote, mend.after.quote)
    tell(f"  was: {was}\n  now: {now}")
    return typer.confirm("Take the new words?", err=True)
