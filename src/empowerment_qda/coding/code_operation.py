"""Operations on codes: what a person asks for, and whether it can be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from empowerment_qda.evidence.passages import Passage, passages_of
from empowerment_qda.model.codebook import TOP
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

Kind = Literal["rename", "merge", "split", "move", "retire", "restore"]
_JOIN = {"rename": " to ", "merge": " into ", "split": " into ", "move": " under "}


CodingPlace = tuple[str, str, int]
"""Where a coding stands: its coder, its source, its number in the file (from 0)."""


class Operation(NamedTuple):
    """A change of codes: `codes` are those that change, `target` the new id, the code merged into or split off, or the code
    that it comes under; `chosen` says which codings a split gives away, and to which code."""

    kind: Kind
    codes: tuple[str, ...]
    target: str = ""
    chosen: Mapping[CodingPlace, str] = MappingProxyType({})

    @property
    def said(self) -> str:
        """Such as: merge a, b into c."""
        return f"{self.kind} {', '.join(self.codes)}{_JOIN.get(self.kind, '')}{', '.join(self.targets)}"

    @property
    def targets(self) -> tuple[str, ...]:
        """The code that it leads to; a split may lead to several."""
        return tuple(dict.fromkeys(filter(None, (self.target, *self.chosen.values()))))

    @property
    def ids(self) -> dict[str, str]:
        """From ids that go to the one that codings, findings and memos then have."""
        return dict.fromkeys(self.codes, self.target) if self.kind in ("rename", "merge") else {}


def require_operation(study: Study, operation: Operation) -> None:
    """StudyError with every reason why an operation cannot be done."""
    kind, codes, target, _ = operation
    book, problems = study.codebook, []

    def refuse(rule: str, message: str, hint: str) -> None:
        problems.append(Problem(Place(book.path), rule, message, hint))

    known = (
        book.places
        if kind != "rename"
        else book.places | {old: book.places[now] for old, now in book.former.items()}
    )
    for code in codes:
        if code not in known:
            refuse("unknown-code", f"code `{code}` is not in the codebook", did_you_mean(code, book.places))
    for one in operation.targets if kind in ("merge", "split", "move") else ():
        if one not in book.places and (kind, one) != ("move", TOP):
            hint = f"Add it first with `qda code define`. {did_you_mean(one, book.places)}"
            refuse("unknown-code", f"code `{one}` is not in the codebook", hint)
    now = book.former.get(codes[0])
    if kind == "rename" and now and now != target:
        hint = f"To write that everywhere: `qda codebook rename {codes[0]} {now}`; for another id: `qda codebook rename {now} {target}`."
        refuse("former-code", f"`{codes[0]}` is called `{now}` already", hint)
    elif kind == "rename" and target in book.places and target not in (now, *codes):
        refuse(
            "duplicate-id",
            f"there is a code `{target}` already",
            f"To make one of both: `qda codebook merge {codes[0]} {target}`.",
        )
    if kind == "rename" and target in {one.id for file in study.codings for one in file.codings}:
        refuse(
            "duplicate-id",
            f"a coding has the id `{target}`",
            "Choose another id: findings could not tell the two apart.",
        )
    if kind == "rename" and not re.fullmatch(r"[\w.\-]+", target):
        refuse("id", f"`{target}` is no id", "Use letters, digits, `-`, `_` and `.`, without spaces.")
    for one in operation.targets:
        if one in codes:
            refuse("same-code", f"`{one}` stands on both sides", "Name two codes.")
    if problems:
        raise StudyError(problems)
    for code in codes:
        place = book.places.get(code)
        if kind == "merge" and place and place.code.codes:
            below = ", ".join(one.id for one in place.code.codes)
            refuse(
                "codes-below",
                f"`{code}` has codes below it: {below}",
                f"Move them first: `qda codebook move CODE {target}`.",
            )
        if kind == "move" and target in book.families[code]:
            refuse("same-code", f"`{target}` is `{code}` or below it", "Name a code elsewhere in the tree.")
        if kind in ("retire", "restore") and place and (place.code.status == "retired") == (kind == "retire"):
            refuse("status", f"`{code}` is {place.code.status} already", "Nothing is to be done.")
    if problems:
        raise StudyError(problems)


def find_places(study: Study, code: str) -> list[Passage]:
    """The codings of a code that a split can ask about: those whose words stand in their source."""
    return [one for one in passages_of(study) if one.coding.code == code and one.anchor.span]


def place_of(passage: Passage) -> CodingPlace:
    """What `chosen` calls a coding."""
    return passage.file.coder, passage.file.source, passage.number


def find_differences(study: Study, operation: Operation) -> Iterator[str]:
    """What a merge would hide: codes that say different things of their dimension."""
    if operation.kind == "merge":
        into = study.codebook.places[operation.target].code
        for code in operation.codes:
            own = study.codebook.places[code].code.direction
            if own != into.direction:
                one, other = ("is neutral to" if way == "neutral" else way for way in (own, into.direction))
                yield f"`{code}` {one} its dimension, and `{into.id}` {other}{' it' * (other != into.direction)}"
