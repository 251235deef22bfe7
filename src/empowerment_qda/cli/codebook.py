"""What `qda codebook` answers: the tree of codes with their use, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer

from empowerment_qda.checks import check_study
from empowerment_qda.checks.lint import LINT
from empowerment_qda.cli.console import show, show_check, show_lines, tell, terminal_width
from empowerment_qda.cli.group import DefaultGroup
from empowerment_qda.cli.options import AllOption, Format, FormatOption, Language, StudyOption, tell_doubts
from empowerment_qda.cli.tables import Table, make_table
from empowerment_qda.coding.codebook_changes import ONLY_CUES, CodeChange, compare_codebooks
from empowerment_qda.evidence.frequencies import CodeInUse, Use, branch_of, use_codebook
from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.evidence.reduce import reduce_study
from empowerment_qda.files.read import locate, open_study
from empowerment_qda.files.revisions import read_old_codebook
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Code, Codebook
from empowerment_qda.model.coding import TurnRange
from empowerment_qda.text import Line, Piece, cut, pad, width_of, wrap

TEXTS = ("definition", "use_when", "not_when", "example", "near_miss", "source", "memo")
WORDS = ("direction", "origin", "status", "since")
LEGEND = (
    "own, all: informants / passages with the code itself, and with it or a code below it; "
    "a parent counts each informant and each passage once."
)


def answer_codebook(codebook: Codebook, codes: Iterable[CodeInUse], language: str) -> dict[str, Any]:
    """Every code with its fields and use; `own` is the code alone, `all` with those below it."""
    return {
        "title": codebook.title.say(language),
        "version": codebook.version,
        "codes": [_code(one, language) for one in codes],
    }


def _code(one: CodeInUse, language: str) -> dict[str, Any]:
    code = one.place.code
    return {
        "code": code.id,
        "path": one.place.path,
        "level": len(one.place.ancestors) + 1,
        "label": code.label.say(language) if code.label else None,
        **{name: _say(getattr(code, name), language) for name in TEXTS},
        **{name: getattr(code, name) for name in WORDS},
        "cues": {name: list(phrases) for name, phrases in code.cues.suggest.items()},
        "own": _use(one.own),
        "all": _use(one.whole),
    }


def _say(text: Text | None, language: str) -> str | None:
    return text.say(language) if text else None


def _use(use: Use) -> dict[str, int]:
    return {
        "informants": use.informants.lower,
        "informants_at_most": use.informants.upper,
        "segments": use.segments,
    }


def table_codebook(codes: Iterable[CodeInUse], language: str, *, full: bool = False) -> Table:
    """One row for each code; informants are a lower bound where some are not identified."""
    names = (
        "code",
        "label",
        "own informants",
        "own segments",
        "all informants",
        "all segments",
        "definition",
    )
    more = (*TEXTS[1:], *WORDS) if full else ()
    rows = []
    for one in codes:
        code = one.place.code
        told = {name: _say(getattr(code, name), language) for name in TEXTS}
        told |= {name: getattr(code, name) for name in WORDS}
        rows.append((
            one.place.path, _say(code.label, language), one.own.informants.lower, one.own.segments,
            one.whole.informants.lower, one.whole.segments, told["definition"], *(told[name] for name in more),
        ))  # fmt: skip
    return make_table((*names, *more), rows)


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
        label = cut(_say(code.label, language) or "", room)
        if code.status == "retired":
            label = cut(f"(retired) {label}", room)
        definition = code.definition.say(language) if code.definition else ""
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
        yield (Piece(one.place.path, "strong"), Piece(f"  {_say(code.label, language) or ''}"))
        use = f"own {one.own}, all {one.whole} (informants / passages)"
        yield from wrap([Piece(f"{', '.join(_marks(code))}; {use}", "dim")], width)
        for name in TEXTS:
            said = _say(getattr(code, name), language)
            if said:
                yield from _field(name, said, width)
        for key, phrases in code.cues.suggest.items():
            yield from _field(f"cues ({key})", ", ".join(phrases), width)
        yield ()
    yield from wrap([Piece(LEGEND, "dim")], width)


def _marks(code: Code) -> list[str]:
    since = [f"since {code.since}"] if code.since else []
    return [code.direction, code.origin, code.status, *since]


def _field(name: str, said: str, width: int) -> Iterator[Line]:
    label = f"  {name + ':':<12} "
    for at, line in enumerate(wrap([Piece(said)], max(20, width - len(label)))):
        yield (Piece(label if at == 0 else " " * len(label), "dim"), *line)


SHOWN = 6
"""Codings named on a line; the rest are counted."""


def answer_changes(
    old_name: str, old: Codebook, new: Codebook, changes: Iterable[CodeChange]
) -> dict[str, Any]:
    """Every change with its codings by coder."""
    return {
        "old": {"name": old_name, "version": old.version},
        "new": {"name": new.path, "version": new.version},
        "changes": [
            {
                "change": one.change,
                "code": one.code,
                "was": one.was,
                "now": one.now,
                "fields": list(one.fields),
                "codings": [
                    {
                        "coder": coding.file.coder,
                        "id": coding.id,
                        "ref": _ref(coding),
                        "code": coding.coding.code,
                    }
                    for coding in one.codings
                ],
            }
            for one in changes
        ],
    }


def _ref(passage: Passage) -> str:
    span = passage.anchor.span
    turns = TurnRange(span.turn, span.end_turn) if span else passage.coding.turn
    return f"{passage.source.id}#{turns}" if turns else passage.source.id


def table_changes(changes: Iterable[CodeChange]) -> Table:
    """One row for each change; the codings that it touches are counted by coder, and the first are named."""
    rows = ((one.change, one.code, _what(one), _touched(one.codings)) for one in changes)
    return make_table(("change", "code", "what", "codings to look at again"), rows)


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


codebook_app = typer.Typer(cls=DefaultGroup, rich_markup_mode=None, add_completion=False)


@codebook_app.command()
def codebook(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Only this code and the codes below it.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="All fields of each code.")] = False,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="The language of labels; else that of the study.")
    ] = None,
    study: StudyOption = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show the codebook as a tree: labels, definitions, and how many informants and passages each code has.

    A parent counts the distinct informants and passages of all codes below it, so its numbers are no sums.
    """

    _, whole = open_study(study)
    reduction = reduce_study(whole)
    book, language = whole.codebook, lang or whole.settings.language
    codes = branch_of(use_codebook(book, reduction.evidence), code)
    tell_doubts(reduction)
    if format_ is Format.table:
        lines = lines_in_full if full else lines_of_codebook
        show_lines(lines(codes, language, terminal_width()))
    else:
        show(
            table_codebook(codes, language, full=full),
            format_,
            lambda: answer_codebook(book, codes, language),
        )


@codebook_app.command()
def lint(study: StudyOption = None, every: AllOption = False, format_: FormatOption = Format.table) -> None:
    """Check how well the codebook can be applied; exit code 1 where there is something to look at.

    code-undefined: no definition, use_when or not_when. code-unexplained: came in later, with no memo on why.
    code-without-dimension: under no dimension. code-twice: the label or definition of another code. code-alike: an id
    or label easily taken for another. code-unused, code-used-once. code-too-broad: on more than 25% of all coded
    passages. codes-together: more than 80% of each of two codes' passages have the other too. in-vivo-label: words
    that no passage has. retired-code: retired, and still on passages. cue-covered: a cue that another of its list makes
    needless. cue-everyday: a cue that fires on sentences of daily life. cue-contradicts: a cue that fires in its code's
    near_miss or not_when alone, or stands in its example only negated. code-without-counterpart: a code for a lack without
    one for the thing itself, or an aspect whose codes all say the same side. Shares are told from four uses on; retired
    codes are not looked at otherwise.
    """

    root, whole = open_study(study)
    problems = locate(check_study(whole, LINT), root)
    closing = f"{len(problems)} to look at." if problems else "Nothing to look at."
    show_check(problems, format_, closing, every=every)
    raise typer.Exit(1 if problems else 0)


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
        show(table_changes(changes), format_, lambda: answer_changes(old, before, now, changes))
    said = f"version {before.version}" + (f" to {now.version}" if now.version != before.version else "")
    tell(f"{len(changes)} change{'s' * (len(changes) != 1)}, {said}.")
    if any(one.fields != ONLY_CUES for one in changes) and now.version == before.version:
        tell(
            f"The version is the same in both: raise it in {now.path}, so that codings can be told apart by it."
        )
