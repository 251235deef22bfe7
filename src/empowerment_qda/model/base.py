"""What all nouns share: frozen, strict about their keys, and built from scalars that are still text."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, WithJsonSchema
from pydantic_core import PydanticCustomError

YES = ("yes", "true", "on", "ya")
NO = ("no", "false", "off", "tidak")


class Noun(BaseModel):
    """A frozen value read from a file; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=False)


class FileNoun(Noun):
    """A noun that is a whole file and remembers which (relative to the study; empty where made in code)."""

    _path: str = ""

    def model_post_init(self, context: Any) -> None:
        """Take the path from the reader's validation context."""
        if isinstance(context, dict):
            self._path = context.get("path", "")

    @property
    def path(self) -> str:
        """The file it was read from, relative to the study's folder."""
        return self._path


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


def _as_list(value: Any) -> Any:
    """One value stands for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


_TEXT_SCHEMA = {
    "anyOf": [
        {"type": ["string", "number"]},
        {
            "type": "object",
            "patternProperties": {"^[a-z]{2}$": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
T = TypeVar("T")
Texts = Annotated[Text, BeforeValidator(_parse_text), WithJsonSchema(_TEXT_SCHEMA)]
Answer = Annotated[bool, BeforeValidator(_parse_answer), WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Whole = Annotated[int, BeforeValidator(_parse_number), Field(ge=0)]
Id = Annotated[
    str,
    AfterValidator(_check_id),
    Field(pattern=r"^[\w.\-]+$", json_schema_extra={"type": ["string", "number"]}),
]
Many = Annotated[tuple[T, ...], BeforeValidator(_as_list)]
