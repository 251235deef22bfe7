"""Code expressions such as `training and not (rare or near(no-module, follow-up, 2 turns))`: read and written.

`not` binds before `and`, `and` before `or`. A code whose id is one of these words stands in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean

DEEPEST = 50
"""Parentheses in parentheses; more is no question that a person asks."""
TURNS = 2
"""How near is near where nobody says: the answer before or after, with a question between."""
_WINDOW = 70
_WORDS = ("and", "or", "not", "near")
_TOKEN = re.compile(r"""\s*(?:(?P<id>[\w.\-]+)|"(?P<quoted>[^"]+)"|(?P<sign>[(),])|(?P<odd>\S))""")


@dataclass(frozen=True, slots=True)
class Named:
    """A code, with all codes below it; `at` is its place in the text."""

    code: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What does not hold."""

    part: Expression


@dataclass(frozen=True, slots=True)
class And:
    """What holds together."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Of which at least one holds."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two that stand at most so many turns apart in a source."""

    one: Expression
    other: Expression
    turns: int = TURNS


Expression = Named | Not | And | Or | Near


class _Token(NamedTuple):
    """A word, sign or quoted id of an expression, and where it begins; the last one is empty."""

    kind: str
    text: str
    at: int

    def is_word(self, word: str) -> bool:
        """Whether it is that word of the grammar; a quoted one never is."""
        return self.kind == "id" and self.text.lower() == word


def parse_expression(text: str, ids: Mapping[str, str] | None = None) -> Expression:
    """Read an expression; StudyError with a sentence that points at the place where it cannot be read. `ids` are those of codes
    by their labels in small letters. A label of several words may stand as it is, unless it holds signs or words of the
    grammar; then it stands in quotation marks."""
    reader = _Reader(text, ids or {})
    whole = reader.read_or()
    reader.require_end()
    return whole


class _Reader:
    """Reads an expression from left to right, one token ahead."""

    def __init__(self, text: str, ids: Mapping[str, str]) -> None:
        self.text, self._ids = text, ids
        self._tokens = list(_split(text))
        self._next = self._depth = 0

    @property
    def ahead(self) -> _Token:
        """The token that comes next."""
        return self._tokens[self._next]

    def read_or(self) -> Expression:
        """Parts joined by `or`, each of parts joined by `and`."""
        return self._join("or", lambda: self._join("and", self._read_part, And), Or)

    def _join(
        self, word: str, read: Callable[[], Expression], make: Callable[[tuple[Expression, ...]], Expression]
    ) -> Expression:
        parts = [read()]
        while self.ahead.is_word(word):
            self._next += 1
            parts.append(read())
        return parts[0] if len(parts) == 1 else make(tuple(parts))

    def require_end(self) -> None:
        """Nothing may follow a whole expression."""
        token = self.ahead
        if token.text == ")":
            raise self._refuse("this parenthesis closes none that was opened")
        if token.kind in ("id", "quoted"):
            raise self._refuse(f"`and` or `or` is missing before `{token.text}`")
        if token.kind != "end":
            raise self._refuse(f"`{token.text}` does not belong here")

    def _read_part(self) -> Expression:
        """One code, `not ...`, `near(...)`, or an expression in parentheses."""
        token = self.ahead
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._refuse(f"this is nested more than {DEEPEST} deep")
        if token.is_word("not"):
            self._next += 1
            part: Expression = Not(self._read_part())
        elif token.text == "(":
            self._next += 1
            part = self.read_or()
            self._require(")", "a parenthesis is not closed")
        elif token.is_word("near"):
            self._next += 1
            part = self._read_near()
        elif token.kind == "quoted" or (token.kind == "id" and token.text.lower() not in _WORDS):
            part = self._read_code()
        else:
            found = f"; `{token.text}` stands there" if token.text else ", and there is nothing"
            raise self._refuse(f"a code should stand here{found}")
        self._depth -= 1
        return part

    def _read_code(self) -> Named:
        """A code by its id or label: of the words that stand here, as many as are a label."""
        first, count = self.ahead, 1
        words = [first.text]
        if first.kind == "id":
            rest = takewhile(
                lambda one: one.kind == "id" and one.text.lower() not in _WORDS,
                self._tokens[self._next + 1 :],
            )
            words += [one.text for one in rest]
            joined = (
                number
                for number in range(len(words), 1, -1)
                if " ".join(words[:number]).casefold() in self._ids
            )
            count = next(joined, 1)
        self._next += count
        said = " ".join(words[:count])
        return Named(self._ids.get(said.casefold(), said), first.at)

    def _read_near(self) -> Near:
        self._require("(", "`near` should be followed by a parenthesis, as in near(one, other, 2 turns)")
        one = self.read_or()
        self._require(",", "`near` takes two codes with a comma between, as in near(one, other, 2 turns)")
        other, turns = self.read_or(), TURNS
        if self.ahead.text == ",":
            self._next += 1
            number = self.ahead.text
            if not re.fullmatch("[0-9]{1,6}", number):
                raise self._refuse("a number of turns should stand here, such as 2 turns")
            turns = int(number)
            self._next += 1
            if self.ahead.is_word("turn") or self.ahead.is_word("turns"):
                self._next += 1
        self._require(")", "the parenthesis of `near` is not closed")
        return Near(one, other, turns)

    def _require(self, sign: str, otherwise: str) -> None:
        if self.ahead.kind != "sign" or self.ahead.text != sign:
            raise self._refuse(otherwise)
        self._next += 1

    def _refuse(self, message: str) -> StudyError:
        return StudyError([_point(self.text, self.ahead.at, message)])


def _split(text: str) -> Iterator[_Token]:
    """The tokens of an expression, and an empty one at its end."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "odd"
        at = found.start(kind) - (kind == "quoted")
        if kind == "odd":
            raise StudyError([_point(text, at, f"`{found[kind]}` means nothing here")])
        yield _Token(kind, found[kind], at)
    yield _Token("end", "", len(text.rstrip()) + 1 if text.strip() else 0)


def _point(text: str, at: int, message: str, hint: str = "") -> Problem:
    """A problem whose next step shows the expression with a sign under the place."""
    start = max(0, at - _WINDOW // 2)
    shown = "".join(" " if one.isspace() else one for one in text[start : start + _WINDOW])
    under = f"{shown}\n    {' ' * (at - start)}^"
    return Problem(Place("find"), "expression", message, f"{under}\n    {hint}" if hint else under)


def require_codes(expression: Expression, text: str, known: Iterable[str]) -> None:
    """StudyError that names every code of an expression which is not among the known ones."""
    ids = list(known)
    unknown = [one for one in named_in(expression) if one.code not in ids]
    if unknown:
        raise StudyError(
            _point(text, one.at, f"there is no code `{one.code}`", did_you_mean(one.code, ids))
            for one in unknown
        )


def named_in(expression: Expression) -> Iterator[Named]:
    """The codes that an expression names, in its order."""
    match expression:
        case Named():
            yield expression
        case Not(part):
            yield from named_in(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from named_in(part)
        case Near(one, other):
            yield from named_in(one)
            yield from named_in(other)


def format_expression(expression: Expression) -> str:
    """An expression with no more parentheses than it needs.

    >>> format_expression(parse_expression('(a) or (b AND NOT(c))'))
    'a or b and not c'
    >>> format_expression(parse_expression('near((a or "not"), b)'))
    'near(a or "not", b, 2 turns)'
    """
    match expression:
        case Named(code):
            return f'"{code}"' if code.lower() in _WORDS else code
        case Not(part):
            return f"not {_inside(part, And, Or)}"
        case And(parts):
            return " and ".join(_inside(part, And, Or) for part in parts)
        case Or(parts):
            return " or ".join(_inside(part, Or) for part in parts)
        case Near(one, other, turns):
            said = f"{turns} turn{'s' * (turns != 1)}"
            return f"near({format_expression(one)}, {format_expression(other)}, {said})"


def _inside(part: Expression, *looser: type) -> str:
    """A part as it is written inside another one, in parentheses where it binds no more tightly."""
    return f"({format_expression(part)})" if isinstance(part, looser) else format_expression(part)
