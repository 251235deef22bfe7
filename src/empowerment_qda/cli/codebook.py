"""What `qda codebook` answers: the tree of codes with their use, and what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer

from empowerment_qda.checks import check_study
from empowerment_qda.checks.lint import LINT
from empowerment_qda.cli.codebook_change import COMMANDS
from empowerment_qda.cli.codebook_edit import edit
from empowerment_qda.cli.console import end_with_problems, show, tell
from empowerment_qda.cli.group import DefaultGroup
from empowerment_qda.cli.options import (
    AllOption,
    Format,
    FormatOption,
    LangOption,
    StudyOption,
    read_evidence,
    tell_doubts,
)
from empowerment_qda.cli.tables import Columns, Table, each, lay_out, object_of, objects, same
from empowerment_qda.coding.codebook_changes import ONLY_CUES, CodeChange, compare_codebooks
from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.evidence.reduce import CodeInUse, Use, branch_of, use_codebook
from empowerment_qda.files.read import locate, open_study
from empowerment_qda.files.revisions import read_old_codebook
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Code, Codebook
from empowerment_qda.model.source import TurnRange
from empowerment_qda.text import Line, Piece, cut, hang, pad, width_of, wrap

TEXTS = ("definition", "use_when", "not_when", "example", "near_miss", "source", "memo")
WORDS = ("direction", "origin", "status", "since", "color")
LEGEND = (
    "own, all: informants / passages with the code itself, and with it or a code below it; "
    "a parent counts each informant and each passage once."
)


USE: Columns = {
    "informants": "informants.lower",
    "informants_at_most": "informants.upper",
    "segments": "segments",
}


def answer_codebook(codebook: Codebook, codes: Iterable[CodeInUse], language: str) -> dict[str, Any]:
    """Every code with its fields and use; `own` is the code alone, `all` with those below it."""
    columns: Columns = {
        "code": "place.code.id", "path": "place.path", "level": lambda one: len(one.place.ancestors) + 1,
        **fields_of_code(language),
        "cues": "place.code.cues.suggest",
        "own": lambda one: object_of(USE, one.own), "all": lambda one: object_of(USE, one.whole),
    }  # fmt: skip
    title = codebook.title.say(language)
    return {"title": title, "version": codebook.version, "codes": objects(columns, codes)}


def fields_of_code(language: str) -> dict[str, str | Callable[[CodeInUse], str | None]]:
    """The label and the other texts of a code in a language, and what is said of it in one word."""
    return {
        **each(("label", *TEXTS), lambda name, one: _say(one, name, language)),
        **{name: f"place.code.{name}" for name in WORDS},
    }


def _say(one: CodeInUse, name: str, language: str) -> str | None:
    text: Text | None = getattr(one.place.code, name)
    return text.say(language) if text else None


def table_codebook(codes: Iterable[CodeInUse], language: str, *, full: bool = False) -> Table:
    """One row for each code; informants are a lower bound where some are not identified."""
    fields = fields_of_code(language)
    columns = {
        "code": "place.path", "label": fields.pop("label"), "own informants": "own.informants.lower",
        "own segments": "own.segments", "all informants": "whole.informants.lower", "all segments": "whole.segments",
        "definition": fields.pop("definition"), **(fields if full else {}),
    }  # fmt: skip
    return lay_out(columns, codes)


def lines_of_codebook(codes: Sequence[CodeInUse], language: str, width: int) -> Iterator[Line]:
    """The tree: id, use and label of each code, and its definition on one line as far as there is room."""
    top = min((len(one.place.ancestors) for one in codes), default=0)
    names = ["  " * (len(one.place.ancestors) - top) + one.place.code.id for one in codes]
    owns, alls = [str(one.own) for one in codes], [str(one.whole) for one in codes]
    first = max(map(width_of, ("code", *names))) + 2
    own, whole = max(map(len, ("own", *owns))) + 2, max(map(len, ("all", *alls))) + 2
    yield (Piece(f"{'code':<{first}}{'own':<{own}}{'all':<{whole}}label: definition", "strong"),)
    room = max(16, width - first - own - whole)
    for one, name, alone, below in zip(codes, names, owns, alls, strict=True):
        code = one.place.code
        label = cut(_say(one, "label", language) or "", room)
        if code.status == "retired":
            label = cut(f"(retired) {label}", room)
        definition = _say(one, "definition", language) or ""
        left = room - width_of(label) - 2
        told = cut(definition, left) if definition and left > 12 else ""
        yield (
            *pad((Piece(name, "code" if not code.codes else "strong"),), first),
            *pad((Piece(_quiet(alone, one.own), "dim" if not one.own.segments else "plain"),), own),
            *pad((Piece(_quiet(below, one.whole), "dim" if not one.whole.segments else "plain"),), whole),
            Piece(label, "strong" if code.codes else "plain"),
            Piece(f": {told}" if told and label else told, "dim"),
        )
    yield ()
    yield from wrap([Piece(LEGEND, "dim")], width)


def _quiet(shown: str, use: Use) -> str:
    return shown if use.segments else "-"


def lines_in_full(codes: Iterable[CodeInUse], language: str, width: int) -> Iterator[Line]:
    """Each code with all its fields, a paragraph each."""
    for one in codes:
        code = one.place.code
        yield (Piece(one.place.path, "strong"), Piece(f"  {_say(one, 'label', language) or ''}"))
        use = f"own {one.own}, all {one.whole} (informants / passages)"
        yield from wrap([Piece(f"{', '.join(_marks(code))}; {use}", "dim")], width)
        for name in TEXTS:
            if said := _say(one, name, language):
                yield from _field(name, said, width)
        for key, phrases in code.cues.suggest.items():
            yield from _field(f"cues ({key})", ", ".join(phrases), width)
        yield ()
    yield from wrap([Piece(LEGEND, "dim")], width)


def _marks(code: Code) -> list[str]:
    since = [f"since {code.since}"] if code.since else []
    return [code.direction, code.origin, code.status, *since, *filter(None, [code.color])]


def _field(name: str, said: str, width: int) -> list[Line]:
    label = f"  {name + ':':<12} "
    return hang((Piece(label, "dim"),), wrap([Piece(said)], max(20, width - len(label))), len(label))


SHOWN = 6
"""Codings named on a line; the rest are counted."""


def _ref(passage: Passage) -> str:
    span = passage.anchor.span
    turns = TurnRange(span.turn, span.end_turn) if span else passage.coding.turn
    return f"{passage.source.id}#{turns}" if turns else passage.source.id


def _what(one: CodeChange) -> str | None:
    match one.change:
        case "added" | "retired" | "revived":
            return one.now
        case "removed":
            return one.was
        case "redefined":
            return ", ".join(one.fields)
        case _:
            return f"{one.was} → {one.now}"


def _touched(codings: tuple[Passage, ...]) -> str:
    by_coder: dict[str, list[str]] = {}
    for one in codings:
        name = f"{one.coding.id} ({_ref(one)})" if one.coding.id else _ref(one)
        by_coder.setdefault(one.file.coder, []).append(name)
    return "; ".join(
        f"{coder}: {len(names)} ({', '.join(names[:SHOWN])}{', ...' if len(names) > SHOWN else ''})"
        for coder, names in by_coder.items()
    )


CODING: Columns = {"coder": "file.coder", "id": "id", "ref": _ref, "code": "coding.code"}
CHANGE: Columns = {
    **same("change code was now fields"),
    "codings": lambda one: objects(CODING, one.codings),
}
CHANGES: Columns = {
    **same("change code"), "what": _what, "codings to look at again": lambda one: _touched(one.codings),
}  # fmt: skip

codebook_app = typer.Typer(cls=DefaultGroup, rich_markup_mode=None, add_completion=False)


@codebook_app.command()
def codebook(
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help="Only this code and the codes below it.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="All fields of each code.")] = False,
    lang: LangOption = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show the codebook as a tree: labels, definitions, and how many informants and passages each code has.

    A parent counts the distinct informants and passages of all codes below it, so its numbers are no sums.
    """
    _, whole, reduction = read_evidence(study)
    language = lang or whole.settings.language
    codes = branch_of(use_codebook(whole.codebook, reduction.evidence), code)
    tell_doubts(reduction)
    lines = lines_in_full if full else lines_of_codebook
    show(
        table_codebook(codes, language, full=full),
        format_,
        lambda: answer_codebook(whole.codebook, codes, language),
        lambda width: lines(codes, language, width),
    )


@codebook_app.command()
def lint(study: StudyOption = None, every: AllOption = False, format_: FormatOption = Format.table) -> None:
    """Check how well the codebook can be applied; exit code 1 where there is something to look at.

    code-undefined: no definition, use_when or not_when. code-unexplained: came in later, with no memo on why.
    code-without-dimension: under no dimension. code-twice: the label or definition of another code. code-alike: an id
    or label easily taken for another. code-unused, code-used-once. code-too-broad: on more than 25% of all coded
    passages. codes-together: more than 80% of each of two codes' passages have the other too. in-vivo-label: words
    that no passage has. cue-covered: a cue that another of its list makes
    needless. cue-everyday: a cue that fires on sentences of daily life. cue-contradicts: a cue that fires in its code's
    near_miss or not_when alone, or stands in its example only negated. code-without-counterpart: a code for a lack without
    one for the thing itself, or an aspect whose codes all say the same side. Shares are told from four uses on; retired
    codes are not looked at otherwise.
    """
    root, whole = open_study(study)
    problems = locate(check_study(whole, LINT), root)
    closing = f"{len(problems)} to look at." if problems else "Nothing to look at."
    end_with_problems(problems, format_, closing, every=every)


@codebook_app.command()
def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="A file with an older codebook, or a git revision such as HEAD~1."
        ),
    ],
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show what changed since an older codebook, and which codings to look at again.

    Codes are added, removed, renamed (another id for the same definition), moved, redefined (with the fields that
    differ), retired or revived. Each change names the codings that carry the code, coder by coder.
    """
    root, whole = open_study(study, ())
    before, now = read_old_codebook(root, whole.settings.codebook, old), whole.codebook
    changes = compare_codebooks(before, now, passages_of(whole))
    if changes or format_ is not Format.table:
        names = {
            "old": {"name": old, "version": before.version},
            "new": {"name": now.path, "version": now.version},
        }
        show(lay_out(CHANGES, changes), format_, lambda: {**names, "changes": objects(CHANGE, changes)})
    said = f"version {before.version}" + (f" to {now.version}" if now.version != before.version else "")
    tell(f"{len(changes)} change{'s' * (len(changes) != 1)}, {said}.")
    if any(one.fields != ONLY_CUES for one in changes) and now.version == before.version:
        tell(
            f"The version is the same in both: raise it in {now.path}, so that codings can be told apart by it."
        )


for change in (edit, *COMMANDS):
    codebook_app.command()(change)
