"""What `qda codebook` answers: the tree of codes with their use, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from empowerment_qda.answers.lines import Line, Piece, cut, pad, width_of, wrap
from empowerment_qda.answers.table import Table, make_table
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Code, Codebook
from empowerment_qda.uses import CodeInUse, Use

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
