"""The codebook: what can be said about a passage, and when."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from empowerment_qda.model.base import LANGUAGE, Color, FileNoun, Id, Many, Noun, Texts

Direction = Literal["supports", "limits", "neutral"]
TOP = "/"
"""In place of the code above another: none, it stands at the top of the book."""


def _keep_to_languages(schema: dict[str, Any]) -> None:
    """In the JSON Schema of cues, every key but `not` and `needs` is a language."""
    by_language = {
        "patternProperties": {LANGUAGE: schema["additionalProperties"]},
        "additionalProperties": False,
    }
    for name in ("not", "needs"):
        schema["properties"][name].update(by_language)
    schema.update(by_language)


class Cues(Noun):
    """Phrases that suggest a code, per language; those under `not` keep it from a sentence, and one of those under `needs`
    must stand in the answer or in the question before it. Both hold for the code itself and all below it."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_keep_to_languages)
    __pydantic_extra__: dict[str, Many[str]]
    suppress: dict[str, Many[str]] = Field(default_factory=dict, alias="not")
    needs: dict[str, Many[str]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _languages(self) -> Cues:
        for code in (*self.suggest, *self.suppress, *self.needs):
            if len(code) != 2 or not code.isalpha() or not code.islower():
                raise PydanticCustomError(
                    "language",
                    "`{code}` is not a language code of two letters such as id or en",
                    {"code": code},
                )
        return self

    @property
    def suggest(self) -> dict[str, tuple[str, ...]]:
        """Language to the phrases that suggest the code."""
        return self.__pydantic_extra__ or {}


class Code(Noun):
    """A node of the book: a dimension, an aspect of one, or a code that passages get."""

    id: Id
    label: Texts | None = None
    definition: Texts | None = None
    use_when: Texts | None = None
    not_when: Texts | None = None
    example: Texts | None = Field(
        default=None, description="written for the codebook, not lifted from a source"
    )
    near_miss: Texts | None = Field(default=None, description="what looks like the code and is not")
    direction: Direction = Field(default="neutral", description="what it says of its dimension")
    origin: Literal["deductive", "inductive", "in-vivo"] = "deductive"
    status: Literal["active", "retired"] = "active"
    source: Texts | None = Field(default=None, description="the reference in theory")
    since: str | None = Field(default=None, description="the version of the book that brought it")
    memo: Texts | None = None
    color: Color = Field(
        default=None, description="its colour on screens, `#RRGGBB` in quotes; nothing is told by it alone"
    )
    formerly: Many[Id] = Field(
        default=(), description="ids that this code had: codings that still bear one are read as this code's"
    )
    cues: Cues = Field(default_factory=Cues)
    codes: tuple[Code, ...] = Field(default=(), description="the codes below this one")


class CodePlace(NamedTuple):
    """A code with its ancestors, outermost first, and its key in the file."""

    code: Code
    ancestors: tuple[Code, ...]
    key: tuple[str | int, ...]

    @property
    def line(self) -> tuple[Code, ...]:
        """The code with those above it, outermost first."""
        return (*self.ancestors, self.code)

    def unwanted(self, language: str) -> list[str]:
        """The cues that keep the code from a sentence."""
        return [cue for one in self.line for cue in one.cues.suppress.get(language, ())]

    def company(self, language: str) -> list[tuple[str, ...]]:
        """The lists of cues of which one each must stand beside the code's own."""
        every = (one.cues.needs for one in self.line)
        return [needs[language] for needs in every if language in needs]

    @property
    def path(self) -> str:
        """Such as enabling/awareness/training-provided."""
        return "/".join(code.id for code in self.line)

    @property
    def dimension(self) -> str:
        """The outermost code above it, or itself."""
        return self.line[0].id

    @property
    def aspect(self) -> str | None:
        """The code of the second level above it, or itself; None for a dimension."""
        return self.line[1].id if self.ancestors else None


class CueFile(FileNoun):
    """The cues of a codebook in a file of their own: code id to cues."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Cues]

    @property
    def by_code(self) -> dict[str, Cues]:
        """Code id to its cues, in the order of the file."""
        return self.__pydantic_extra__ or {}


class Codebook(FileNoun):
    """A tree of codes; an id is unique in the book. Codes have the cues of the book itself and, once `with_cues` has
    brought them, those of the file that it names."""

    title: Texts
    version: str
    reference: Texts | None = None
    note: Texts | None = None
    licence: str | None = None
    cues: str | None = Field(default=None, description="a file beside this one that holds the cues")
    codes: tuple[Code, ...] = Field(min_length=1)

    _cue_file: CueFile | None = None

    @property
    def cue_file(self) -> CueFile | None:
        """The file that `with_cues` brought."""
        return self._cue_file

    @property
    def cue_path(self) -> str | None:
        """The path of the file of cues from the study's folder."""
        return (
            posixpath.normpath(posixpath.join(posixpath.dirname(self.path), self.cues)) if self.cues else None
        )

    def with_cues(self, file: CueFile | None) -> Codebook:
        """The same book with the cues of a file; a code with cues in both (a check tells it) has those of the file."""
        if file is None:
            return self

        def take(codes: tuple[Code, ...]) -> tuple[Code, ...]:
            return tuple(
                one.model_copy(update={"cues": file.by_code.get(one.id, one.cues), "codes": take(one.codes)})
                for one in codes
            )

        made = self.model_copy(update={"codes": take(self.codes)})
        for derived in ("places", "families", "former", "by_label"):
            made.__dict__.pop(derived, None)
        made._cue_file = file
        made._own_cues = tuple(place.code.id for place in self.walk() if place.code.cues != Cues())
        return made

    _own_cues: tuple[str, ...] = ()

    @property
    def cues_twice(self) -> tuple[str, ...]:
        """Codes that have cues in the book and in the file."""
        return tuple(code for code in self._own_cues if self._cue_file and code in self._cue_file.by_code)

    def cue_place(self, place: CodePlace) -> tuple[str, tuple[str | int, ...]]:
        """The path and the key of a code's cues."""
        if self._cue_file and place.code.id in self._cue_file.by_code:
            return self._cue_file.path, (place.code.id,)
        return self.path, (*place.key, "cues")

    def walk(self) -> Iterator[CodePlace]:
        """Every code, parents before children, in the order of the file."""
        stack = [CodePlace(code, (), ("codes", n)) for n, code in reversed(list(enumerate(self.codes)))]
        while stack:
            place = stack.pop()
            yield place
            line = (*place.ancestors, place.code)
            below = enumerate(place.code.codes)
            stack.extend(CodePlace(code, line, (*place.key, "codes", n)) for n, code in reversed(list(below)))

    @cached_property
    def places(self) -> dict[str, CodePlace]:
        """Id to place; the first of two equal ids wins (a check reports the second)."""
        found: dict[str, CodePlace] = {}
        for place in self.walk():
            found.setdefault(place.code.id, place)
        return found

    @cached_property
    def by_label(self) -> dict[str, str]:
        """From a label in small letters, of whatever language, to the id of the only code that has it, unless it is another's id."""
        labels = [(said.casefold(), code) for code, place in self.places.items() if place.code.label
                  for said in set(place.code.label.root.values())]  # fmt: skip
        counts = Counter(label for label, _ in labels)
        return {
            label: code
            for label, code in labels
            if counts[label] == 1 and (label == code or label not in self.places)
        }

    @cached_property
    def former(self) -> dict[str, str]:
        """From an id that a code had to the one it has; ids that a code has now are none of these."""
        had = ((old, one.code.id) for one in self.walk() for old in one.code.formerly)
        return {old: now for old, now in had if old not in self.places}

    @cached_property
    def families(self) -> dict[str, frozenset[str]]:
        """Id to the ids of the code itself and all its descendants."""
        found: dict[str, set[str]] = {}
        for place in self.walk():
            for code in (*place.ancestors, place.code):
                found.setdefault(code.id, set()).add(place.code.id)
        return {code: frozenset(family) for code, family in found.items()}

    def label(self, code: str, language: str) -> str:
        """The label of a code in a language; its id where it has none or is unknown."""
        place = self.places.get(code)
        return place.code.label.say(language) if place and place.code.label else code
