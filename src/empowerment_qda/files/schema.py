"""Kinds of files: the schema of each for editors, and what pydantic found wrong with one in the words of its writer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple, get_args, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from empowerment_qda.files.yaml import MOST_TOLD, shorten
from empowerment_qda.model.base import ID_SCHEMA, SCALAR, TEXT_SCHEMA, FileNoun
from empowerment_qda.model.codebook import Codebook, CueFile
from empowerment_qda.model.coding import Codings, Memo
from empowerment_qda.model.consent import Consent
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings
from empowerment_qda.problems import Key, Place, Problem, did_you_mean

# What the alternatives of a union refuse merely because another alternative was meant.
_SHAPES = ("string_type", "model_type", "dict_type", "model_attributes_type", "tuple_type", "list_type")


def explain(error: ValidationError, model: type[BaseModel], value: Any, path: str) -> list[Problem]:
    """One Problem for each thing pydantic refused, its key the path in the YAML file; past MOST_TOLD of one kind, one for the rest."""
    entries = [(_key_in_file(entry["loc"], value), entry) for entry in error.errors(include_url=False)]
    telling = [key for key, entry in entries if entry["type"] not in _SHAPES and not _is_echo(entry)]
    above = {key[:length] for key in telling for length in range(len(key) + 1)}
    problems: dict[tuple[Key, str], Problem] = {}
    untold: dict[str, Problem] = {}
    told: Counter[str] = Counter()
    for key, entry in entries:
        kind = entry["type"]
        if (kind in _SHAPES and key in above) or _is_echo(entry):
            continue
        told[kind] += 1
        if kind in untold:
            continue
        rule, message, hint = _say(entry, key, model)
        problem = Problem(Place(path, key), rule, message, hint)
        if told[kind] > MOST_TOLD:
            untold[kind] = problem
        else:
            problems.setdefault((key, rule), problem)
    rest = [
        replace(
            problem,
            message=f"and {told[kind] - MOST_TOLD:,} more of the kind, from here on",
            hint="Correct those above first.",
        )
        for kind, problem in untold.items()
    ]
    return [*problems.values(), *rest]


def _is_echo(entry: Any) -> bool:
    """A list counts as too short when its entries were refused: that is told once, for the entries."""
    return bool(entry["type"] == "too_short" and entry.get("input"))


def _key_in_file(loc: tuple[int | str, ...], value: Any) -> Key:
    """Pydantic's loc without the parts that name alternatives of a union and not keys of the file."""
    key: list[int | str] = []
    for position, part in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(value, dict) and (part in value or (last and isinstance(part, str))):
            if part in value or not _is_alternative(str(part)):
                key.append(part)
                value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            key.append(part)
            value = value[part]
    return tuple(key)


def _is_alternative(part: str) -> bool:
    """Whether a part of a loc names an alternative of a union, as Informant or function-after[...] do."""
    return part[:1].isupper() or "[" in part or part == "str"


EMPTY = ("empty", "{name} is empty", "Write its text, or delete the key if it may be left out.")
_TEXT = ("value", "{name} should be text, not a {shape}", "Put the text behind the key, in quotes where it holds a `: `.")  # fmt: skip
_MAPPING = ("value", "{name} should be a mapping (`key: value` lines), not {a_shape}", "Indent its keys under it.")  # fmt: skip
_LIST = ("value", "{name} should be a list (`- ` lines), not {a_shape}", "Begin each entry with `- `.")
_BAD_NAME = "Choose another name, and use it wherever it is referred to."
SAYINGS = {
    "missing": ("missing-key", "{name} is missing", "Add a line `{key}: ...`."),
    "extra_forbidden": ("unknown-key", "`{short_key}` is no key that is known here", "{near}"),
    "literal_error": ("value", "{name} is `{given}`; it should be {expected}", "Use one of these words."),
    "whole_number": ("value", "{name} is `{given}`; it {said}", "Write it in digits."),
    "answer": ("value", "{name} is `{given}`; it {said}", "Write `yes` or `no`."),
    "turns": ("value", "{name} is `{given}`; it {said}", "Write `turn: 2`."),
    "id": ("id", "{said}", _BAD_NAME),
    "language": ("language", "{said}", _BAD_NAME),
    "color": ("value", "{name} {said}", "Write `#` and six of 0-9 and A-F, in quotes: '#1F77B4'."),
    "when": ("date", "{name}: {said}", "Write year-month-day, such as 2022-09-12."),
    "greater_than_equal": ("value", "{name} is {given}; it should be {ge} or more", "Correct the number."),
    "string_pattern_mismatch": (
        "value",
        "{name} is `{given}`, which has not the form asked for",
        "A language is two small letters such as id or en; an id has no spaces.",
    ),
    **dict.fromkeys(("string_type", "string_too_short", "too_short"), _TEXT),
    **dict.fromkeys(("model_type", "dict_type", "model_attributes_type"), _MAPPING),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
}
"""Kind of pydantic's error to rule, sentence and next step."""
OTHERWISE = ("value", "{name}: {said}", "Compare it with an example that `qda init` makes.")


def _say(entry: Any, key: Key, model: type[BaseModel]) -> tuple[str, str, str]:
    """Rule, sentence and next step for one of pydantic's errors."""
    context, given = entry.get("ctx", {}), entry.get("input")
    saying = SAYINGS.get(entry["type"], OTHERWISE)
    if saying is _TEXT and (given is None or given in ("", [], ())):
        saying = EMPTY
    last = key[-1] if key else ""
    near = did_you_mean(str(last), _keys_at(model, key[:-1])) if entry["type"] == "extra_forbidden" else ""
    values = {
        "name": f"`{_named(key)}`", "key": last, "short_key": shorten(last), "said": entry["msg"],
        "given": shorten(given) if "{given}" in saying[1] else "",  # it may be a whole file
        "shape": _shape(given), "a_shape": _shape(given, "a "), "near": near, "ge": context.get("ge"),
        "expected": str(context.get("expected")).replace("'", ""),
    }  # fmt: skip
    rule, message, hint = (one.format(**values) for one in saying)
    return rule, message, hint


def _named(key: Key) -> str:
    """A key path as a person would say it: turns, third entry, text.

    >>> _named(("turns", 2, "text"))
    'turns[3].text'
    """
    said = ""
    for part in key:
        said += f"[{part + 1}]" if isinstance(part, int) else f".{shorten(part)}" if said else shorten(part)
    return said or "the file"


def _shape(value: Any, article: str = "") -> str:
    if value is None:
        return "empty"
    word = "mapping" if isinstance(value, dict) else "list" if isinstance(value, list | tuple) else "text"
    return article + word if word != "text" else word


def _keys_at(model: type[BaseModel], key: Key) -> Iterator[str]:
    """The keys that the model knows at a key path."""
    models = [model]
    for part in key:
        if isinstance(part, str):
            models = [inner for one in models for inner in _models_in(_annotation_of(one, part))]
    for one in models:
        for name, field in one.model_fields.items():
            yield field.alias or name


def _annotation_of(model: type[BaseModel], name: str) -> Any:
    """The annotation of a key; of one that is an id, where any may stand."""
    field = model.model_fields.get(name)
    return field.annotation if field else get_type_hints(model).get("__pydantic_extra__")


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


class Kind(NamedTuple):
    """A kind of file: its model, and where its files stand in a study."""

    model: type[FileNoun]
    files: str


KINDS = {
    "study": Kind(Settings, "qda.yaml"),
    "source": Kind(Source, "data/*/*.yaml"),
    "codebook": Kind(Codebook, "codebooks/*.yaml"),
    "cues": Kind(CueFile, "codebooks/*.cues.yaml"),
    "codings": Kind(Codings, "codings/*/*.yaml"),
    "findings": Kind(Findings, "findings.yaml"),
    "consent": Kind(Consent, "consent.yaml"),
    "memo": Kind(Memo, "memos/*.md (the front matter)"),
}


SHARED: dict[str, dict[str, Any]] = {"Id": ID_SCHEMA, "Text": TEXT_SCHEMA}


class _AsTyped(GenerateJsonSchema):
    """What an editor sees: scalars already have a type there, which the folder reads as text again."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        return {**super().str_schema(schema), "type": SCALAR}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": "^[0-9]{1,9}$"}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") in (None, "", []):
            made.pop("default", None)
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        return {"$schema": self.schema_dialect, **super().generate(schema, mode)}


def make_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of file; KeyError where there is no such kind."""
    made = KINDS[kind].model.model_json_schema(schema_generator=_AsTyped)
    if kind == "memo":
        del made["properties"]["text"]  # it stands under the front matter
    for name, one in made["properties"].items():
        if name not in made.get("required", ()) and {"type": "null"} not in one.get("anyOf", ()):
            # A key without a value, as in `questions:`, is read as if it were left out.
            about = {key: one.pop(key) for key in ("description", "default") if key in one}
            made["properties"][name] = {**about, "anyOf": [one, {"type": "null"}]}
    shared: dict[str, Any] = _share(made)
    shared["$defs"] = SHARED | shared.get("$defs", {})
    return shared


def _share(node: Any) -> Any:
    """The same schema with a reference wherever a shared shape stands."""
    for name, shape in SHARED.items():
        if node == shape:
            return {"$ref": f"#/$defs/{name}"}
    if isinstance(node, dict):
        return {key: _share(value) for key, value in node.items()}
    return [_share(value) for value in node] if isinstance(node, list) else node


def format_schema(kind: str) -> str:
    """The schema as the text of `schemas/<kind>.schema.json`."""
    return json.dumps(make_schema(kind), ensure_ascii=False, indent=2) + "\n"


def format_schemas() -> dict[str, str]:
    """File name to text, for every kind."""
    return {f"{kind}.schema.json": format_schema(kind) for kind in KINDS}
