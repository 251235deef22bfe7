"""JSON Schemas of the files that people write, made from the models: for editors, never for reading."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from empowerment_qda.model.base import ID_SCHEMA, SCALAR, TEXT_SCHEMA, FileNoun
from empowerment_qda.model.codebook import Codebook, CueFile
from empowerment_qda.model.coding import Codings
from empowerment_qda.model.finding import Findings
from empowerment_qda.model.memo import Memo
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Settings


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
    if kind == "memo":  # its text stands under the front matter
        del made["properties"]["text"]
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
