"""`qda schema`: what editors are told agrees with what `qda` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from empowerment_qda.cli import app
from empowerment_qda.files.read import parse_file
from empowerment_qda.files.schema import KINDS, format_schemas, make_schema
from empowerment_qda.files.start import SHIPPED as SHIPPED_STUDIES
from empowerment_qda.files.start import find_shipped, list_shipped
from empowerment_qda.problems import StudyError

ROOT = Path(__file__).resolve().parents[2]


def as_editor(text: str) -> Any:
    """YAML as an editor loads it: typed scalars; a date stays text, as in YAML 1.2."""
    return _plain(yaml.safe_load(text))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def faults(kind: str, text: str) -> list[str]:
    """What an editor would underline."""
    return [error.message for error in Draft202012Validator(make_schema(kind)).iter_errors(as_editor(text))]


def shipped_files() -> Iterator[tuple[str, Path]]:
    """Every file of the studies that come with the package, with its kind."""
    kinds = {"qda.yaml": "study", "findings.yaml": "findings", "codebooks": "codebook", "data": "source"}
    kinds |= {"codings": "codings", "memos": "memo"}
    for name in SHIPPED_STUDIES:
        for path in list_shipped(name):
            if path.endswith(".yaml") or path.startswith("memos/"):
                kind = "cues" if path.endswith(".cues.yaml") else kinds[path.split("/")[0]]
                yield kind, find_shipped(name) / path


SHIPPED = list(shipped_files())


def test_schemas_at_the_root_are_fresh() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").iterdir()}
    assert found == format_schemas(), "run `make docs`"


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind: str) -> None:
    schema = make_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"]
    others = {"cues": {"$ref": "#/$defs/Cues"}, "consent": {"$ref": "#/$defs/Agreement"}}
    assert schema["additionalProperties"] == others.get(kind, False)


def test_every_kind_is_shipped() -> None:
    # What invented people agreed to would teach nobody to ask.
    assert {kind for kind, _ in SHIPPED} == set(KINDS) - {"consent"}


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=[path.name for _, path in SHIPPED])
def test_shipped_files_are_valid(kind: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert faults(kind, text.split("---\n")[1] if kind == "memo" else text) == []


STUDY = "title: A\ncodebook: c.yaml\nsources: {interview: data/*.yaml}\n"
BOOK = "title: A\nversion: 1.0\n"
TURNS = "turns:\n  - text: words\n"

GOOD = [
    ("study", STUDY),
    ("study", STUDY + "questions:\nlimits: one alone\n"),
    ("study", STUDY + "informant_types: {a: {label: 7, planned: 1, order: 2}}\n"),
    ("study", STUDY + "informant_types: {a: {label: {id: satu, en: one}, planned: '1'}}\n"),
    ("study", STUDY + "evidence: {coders: first, count_inferred: no}\n"),
    ("study", STUDY + "evidence: {count_inferred: Ya}\n"),
    ("study", STUDY + "triangulation: {require: [informant, type], min: {group: 3}}\n"),
    ("source", "id: 007\n" + TURNS),
    ("source", "id: Été-1\ndate: 2022-09-12\ntime: 12:30\n" + TURNS),
    ("source", "id: a\ndate: 2022\ninterviewer: R\n" + TURNS),
    ("source", "id: a\ndate: 2022-06-27/2022-06-30\ninterviewer: [R, S]\n" + TURNS),
    ("source", "id: a\ninformant: KS\nnote:\n" + TURNS),
    ("source", "id: a\ninformant: {id: KS, type: head, attributes: {age: 40}}\n" + TURNS),
    ("source", "id: a\nturns: [{speaker: R, text: 12, time: 00:01:12, reconstructed: true}]\n"),
    ("codebook", BOOK + "codes: [{id: a, codes: [{id: b, cues: {id: pelatihan, not: {id: [tidak]}}}]}]\n"),
    ("codings", "source: a\ncoder: b\ncodings:\n"),
    ("codings", "source: a\ncoder: b\ncodings: [{code: c, turn: 2, quote: yes}, {code: d, turn: 2-4}]\n"),
    ("codings", "source: a\ncoder: b\ncodings: [{code: c, occurrence: 1, event_date: 2022-09}]\n"),
    ("findings", "findings: [{id: 1, statement: {en: A}, supported_by: E1, member_check: {done: no}}]\n"),
    ("findings", "findings: [{id: F, statement: A, rivals: [F2, {statement: B, supported_by: [c]}]}]\n"),
    ("memo", "id: M01\ndate: 2024-12-30\nlinks: [E1]\n"),
]
BAD = [
    ("study", "title: A\nsources: {interview: data/*.yaml}\n"),
    ("study", STUDY + "titel: B\n"),
    ("study", STUDY + "language: Indonesian\n"),
    ("study", STUDY + "groups: {a: {label: {Indonesia: satu}}}\n"),
    ("study", STUDY + "informant_types: {a: {label: A, planned: some}}\n"),
    ("study", STUDY + "informant_types: {a: {label: A, planned: -1}}\n"),
    ("study", STUDY + "evidence: {count_inferred: perhaps}\n"),
    ("study", STUDY + "triangulation: {require: [informants]}\n"),
    ("study", STUDY + "triangulation: {min: {group: 0}}\n"),
    ("source", "id: a b\n" + TURNS),
    ("source", "id: a\nturns: []\n"),
    ("source", "id: a\nturns: [{speeker: R, text: words}]\n"),
    ("source", "id: a\nturns: [{speaker: R}]\n"),
    ("source", "id: a\ndate: yesterday\n" + TURNS),
    ("source", "id: a\nprovenance: made up\n" + TURNS),
    ("codebook", BOOK + "codes: [{id: a, direction: up}]\n"),
    ("codebook", BOOK + "codes: [{id: a, cues: {Indonesia: [pelatihan]}}]\n"),
    ("codebook", BOOK + "codes: [{id: a, codes: [{label: no id}]}]\n"),
    ("codings", "source: a\ncoder: b\ncodings: [{turn: 2, quote: words}]\n"),
    ("codings", "source: a\ncoder: b\ncodings: [{code: c, turn: second}]\n"),
    ("codings", "source: a\ncoder: b\ncodings: [{code: c, turn: 0}]\n"),
    ("codings", "source: a\ncoder: b\ncodings: [{code: c, status: maybe}]\n"),
    ("findings", "findings: [{id: F, supported_by: [E1]}]\n"),
    ("findings", "findings: {F: {statement: A}}\n"),
    ("memo", "id: M01\nkind: idea\n"),
]


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_what_is_read_is_not_underlined(kind: str, text: str) -> None:
    parse_file(text, "file.yaml", KINDS[kind].model)
    assert faults(kind, text) == []


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_what_is_refused_is_underlined(kind: str, text: str) -> None:
    with pytest.raises(StudyError):
        parse_file(text, "file.yaml", KINDS[kind].model)
    assert faults(kind, text)


def test_the_command_shows_writes_and_lists(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert json.loads(run(app, ["schema", "source"]).stdout) == make_schema("source")
    listed = run(app, ["schema"]).stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(KINDS)

    assert run(app, ["schema", "memo", "--write", str(tmp_path)]).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["memo.schema.json"]
    written = run(app, ["schema", "--write", str(tmp_path)])
    assert written.stdout.splitlines() == [str(tmp_path / name) for name in format_schemas()]
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == format_schemas()


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    shown = CliRunner().invoke(app, ["schema", "coding"])
    assert shown.exit_code == 2
    assert "`coding` is no kind of file. Did you mean `codings`?" in shown.stderr
    assert shown.stdout == ""
