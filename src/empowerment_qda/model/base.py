"""What all nouns share: frozen, strict about their keys, and built from scalars that are still text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, NamedTuple, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    InstanceOf,
    PlainSerializer,
    RootModel,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

YES = ("yes", "true", "on", "ya")
NO = ("no", "false", "off", "tidak")
FORMAT = 2
"""The newest format of the files that this version reads (docs/upgrades.md)."""


class Noun(BaseModel):
    """A frozen value read from a file; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=False)


class Text(RootModel[dict[str, str]]):
    """Text in languages: ISO 639-1 code to text; plain text stands under the empty code.

    >>> Text.of("Pelatihan").say("en")
    'Pelatihan'
    >>> Text.model_validate({"id": "Pelatihan", "en": "Training"}).say("en")
    'Training'
    """

    model_config = ConfigDict(frozen=True)

    @classmethod
    def of(cls, text: str) -> Text:
        """Plain text, of no declared language."""
        return cls({"": text})

    def say(self, language: str) -> str:
        """The text in that language, or in whichever exists: plain, English, Indonesian, then the first."""
        for code in (language, "", "en", "id"):
            if self.root.get(code):
                return self.root[code]
        return next(iter(self.root.values()), "")

    def __str__(self) -> str:
        return self.say("")


def _parse_text(value: Any) -> Any:
    if isinstance(value, str):
        return {"": value}
    if isinstance(value, dict):
        for code in value:
            if not re.fullmatch(r"[a-z]{2}", str(code)):
                raise PydanticCustomError(
                    "language",
                    "`{code}` is not a language code of two letters such as id or en",
                    {"code": str(code)},
                )
    return value


def _parse_answer(value: Any) -> Any:
    word = value.casefold() if isinstance(value, str) else value
    if word in YES or word is True:
        return True
    if word in NO or word is False:
        return False
    raise PydanticCustomError("answer", "should be yes or no")


def _parse_number(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise PydanticCustomError("whole_number", "should be a whole number such as 2")


def _check_id(value: str) -> str:
    if not re.fullmatch(r"[\w.\-]+", value):
        raise PydanticCustomError(
            "id",
            "`{value}` is not an id: use letters, digits, `-`, `_` and `.`, without spaces",
            {"value": value},
        )
    return value


def is_color(text: str) -> bool:
    """Whether a text is a colour as REFI-QDA writes it: `#1F77B4`."""
    return bool(re.fullmatch(r"#[0-9A-Fa-f]{6}", text))


def _check_color(value: Any) -> Any:
    if value is None:  # YAML takes what stands behind ` #` for a comment
        raise PydanticCustomError("color", "has no value: `#` without quotes begins a comment")
    if not is_color(str(value)):
        raise PydanticCustomError("color", "is `{given}`, which is no colour", {"given": str(value)[:40]})
    return value


def _as_list(value: Any) -> Any:
    """One value stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


class _OrOne:
    """In a JSON Schema: a list, or the one value that stands for it."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


def _any_case(words: Iterable[str]) -> str:
    """A pattern for these words in any case; the engines of editors know no flag for that."""
    cased = ("".join(f"[{one.upper()}{one}]" for one in word) for word in words)
    return f"^({'|'.join(cased)})$"


# What an editor is told. A scalar has a type there already; the folder reads it as text again.
SCALAR = ["string", "number", "boolean"]
LANGUAGE = "^[a-z]{2}$"
TEXT_SCHEMA = {
    "description": "Plain text, or the text in languages such as {id: ..., en: ...}.",
    "anyOf": [
        {"type": SCALAR},
        {
            "type": "object",
            "patternProperties": {LANGUAGE: {"type": SCALAR}},
            "additionalProperties": False,
        },
    ],
}
# `\w` means ASCII to some engines, so the pattern says what an id is not made of.
ID_SCHEMA = {"type": SCALAR, "pattern": r"""^[^\s!"#$%&'()*+,/:;<=>?@\[\\\]^`{|}~]+$"""}
_ANSWER_SCHEMA = {"type": ["boolean", "string"], "pattern": _any_case((*YES, *NO))}
T = TypeVar("T")
Texts = Annotated[Text, BeforeValidator(_parse_text), WithJsonSchema(TEXT_SCHEMA)]
Answer = Annotated[bool, BeforeValidator(_parse_answer), WithJsonSchema(_ANSWER_SCHEMA)]
Whole = Annotated[int, Field(ge=0), BeforeValidator(_parse_number)]
Positive = Annotated[int, Field(ge=1), BeforeValidator(_parse_number)]
Id = Annotated[str, AfterValidator(_check_id), WithJsonSchema(ID_SCHEMA)]
Color = Annotated[
    str | None,
    BeforeValidator(_check_color),
    WithJsonSchema({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}),
]
Many = Annotated[tuple[T, ...], BeforeValidator(_as_list), _OrOne()]


class FileNoun(Noun):
    """A noun that is a whole file and remembers which (relative to the study; empty where made in code)."""

    format: Positive | None = Field(
        default=None, description=f"of this kind of file: {FORMAT} is the newest, none says 1"
    )
    _path: str = ""

    def model_post_init(self, context: Any) -> None:
        """Take the path from the reader's validation context."""
        if isinstance(context, dict):
            self._path = context.get("path", "")

    @property
    def path(self) -> str:
        """The file it was read from, relative to the study's folder."""
        return self._path

    def at(self, path: str) -> Self:
        """The same noun, standing in that file."""
        moved = self.model_copy()
        moved._path = path
        return moved


class When(NamedTuple):
    """A span of days, both ends included, and the words it was written in."""

    first: date
    last: date
    text: str

    def __str__(self) -> str:
        return self.text


def parse_when(text: str) -> When:
    """Read `2022-09-12`, `2022-06-27/2022-06-30`, `2022-09` or `2022`; ValueError with a sentence otherwise.

    >>> parse_when("2022-06-27/2022-06-30").last
    datetime.date(2022, 6, 30)
    >>> parse_when("2022").first
    datetime.date(2022, 1, 1)
    """
    parts = text.strip().split("/")
    if len(parts) > 2:
        raise ValueError(
            f"`{text}` is not a date such as 2022-09-12, a range 2022-06-27/2022-06-30, or a year"
        )
    first, last = _span(parts[0], text)[0], _span(parts[-1], text)[1]
    if last < first:
        raise ValueError(f"`{text}` ends before it begins")
    return When(first, last, text.strip())


def _span(part: str, whole: str) -> tuple[date, date]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", part.strip())
    if not found:
        raise ValueError(
            f"`{whole}` is not a date such as 2022-09-12, a range 2022-06-27/2022-06-30, or a year"
        )
    year, month, day = (int(piece) if piece else None for piece in found.groups())
    try:
        if year and month and day:
            only = date(year, month, day)
            return only, only
        if year and month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year or 0, 1, 1), date(year or 0, 12, 31)
    except ValueError:
        raise ValueError(f"`{whole}` names a day that does not exist") from None


def _validate(value: Any) -> Any:
    if isinstance(value, When):
        return value
    if isinstance(value, date):
        value = value.isoformat()
    try:
        return parse_when(str(value))
    except ValueError as error:
        raise PydanticCustomError("when", "{sentence}", {"sentence": str(error)}) from None


Date = Annotated[
    InstanceOf[When],
    BeforeValidator(_validate),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\s*\d{4}(-\d\d(-\d\d)?)?\s*(/\s*\d{4}(-\d\d(-\d\d)?)?\s*)?$",
            "description": "a day 2022-09-12, a range of two days with /, or a year",
        }
    ),
]
