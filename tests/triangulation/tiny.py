"""Whole studies from a few lines, and what the commands say of them.

A line at the margin opens a source: `method id: people | keys`; a line under it is a turn: `marks speaker: words`.

    interview A: P1 owner | bystanders: [Suami]
      R: Was the training useful?
      + P1: It was.
      Suami: She sold twice as much.
      + #2-3

People: `P1 owner` is known, `P1 owner?` anonymous, `P1 -` of no known type, `P1` declared elsewhere, `!P2` who they
are not. Marks: `+` coded as support, `-` as contradiction, `~` as qualification, `?` as support that is read in, `r` a
reconstructed turn; `@second` by another coder than `first`, `/suggested` with another status; `#2-3` a passage
over turns, `#2` a turn again.
Codings are called by place and side: `A.2`, `A.2.no`, `A.2.partly`, `A.2.read`, with `.second` behind for other coders.
`R` and `Mod` ask the questions, unless a source says who does.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app

SOURCE = re.compile(r"(?P<method>.+?) (?P<id>[\w-]+):(?P<who>[^|]*)(?:\|(?P<keys>.*))?")
TURN = re.compile(
    r"\s+(?:(?P<marks>[-+~?r]+)(?:@(?P<coder>\w+))?(?:/(?P<status>\w+))? )?"
    r"(?:#(?P<first>\d+)(?:-(?P<last>\d+))?|(?:(?P<speaker>\w+): )?(?P<text>.+))"
)
SIDES = {"+": ("useful", ""), "-": ("useless", ".no"), "~": ("partly", ".partly"), "?": ("useful", ".read")}
QDA: dict[str, Any] = {
    "title": "A tiny study",
    "language": "en",
    "codebook": "codebook.yaml",
    "sources": {"interview": "data/*.yaml"},
    "groups": {"agency": {"label": "Agency"}, "owner": {"label": "Owners"}},
    "informant_types": {
        "head": {"label": "Head", "group": "agency"},
        "staff": {"label": "Staff", "group": "agency"},
        "owner": {"label": "Owner", "group": "owner"},
    },
}
BOOK = {
    "title": "A tiny book",
    "version": "1",
    "codes": [
        {"id": "training", "codes": [{"id": "value", "codes": [
            {"id": "useful", "direction": "supports"}, {"id": "useless", "direction": "limits"}, {"id": "partly"},
        ]}]},
    ],
}  # fmt: skip
FINDING: dict[str, Any] = {
    "id": "F",
    "statement": "The training was useful.",
    "supported_by": ["useful"],
    "contradicted_by": ["useless"],
    "qualified_by": ["partly"],
}


@dataclass(frozen=True)
class Tiny:
    """A study folder and what the commands answer on it."""

    root: Path

    def qda(self, *arguments: str) -> Result:
        """Run a command; what nobody foresaw is raised here."""
        result = CliRunner().invoke(app, [*arguments, "--study", str(self.root)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def answer(self, *arguments: str) -> Any:
        """What a command answers as JSON."""
        result = self.qda(*arguments, "--format", "json")
        assert result.stdout.startswith("{"), f"exit {result.exit_code}: {result.stdout}{result.stderr}"
        return json.loads(result.stdout)

    def finding(self, name: str = "F") -> dict[str, Any]:
        """What `triangulate` says of a finding."""
        found: dict[str, Any] = next(
            one for one in self.answer("triangulate")["findings"] if one["id"] == name
        )
        return found

    def problems(self) -> list[dict[str, Any]]:
        """What `check` names; where the study cannot be read at all, the refusal as one problem."""
        result = self.qda("check", "--format", "json")
        if not result.stdout.startswith("{"):
            return [
                {"rule": "refused", "severity": "error", "message": result.stdout + result.stderr, "path": ""}
            ]
        found: list[dict[str, Any]] = json.loads(result.stdout)["problems"]
        return found

    def errors(self) -> set[str]:
        """The rules whose errors `check` names."""
        return {one["rule"] for one in self.problems() if one["severity"] == "error"}

    def names(self, *words: str) -> bool:
        """Whether one problem of `check` names all these words."""
        return any(all(word in json.dumps(one) for word in words) for one in self.problems())

    def strict(self) -> int:
        """The exit code of the gate."""
        return self.qda("triangulate", "--strict").exit_code

    def write(self, path: str, value: Any) -> None:
        """Write a file: text as it is, anything else as JSON, which is YAML."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)
        place.write_text(text, encoding="utf-8")


def tiny(
    root: Path,
    study: str,
    *,
    qda: dict[str, Any] | None = None,
    finding: dict[str, Any] | None = None,
    findings: Any = None,
    memos: dict[str, str] | None = None,
    codings: dict[str, dict[str, Any]] | None = None,
) -> Tiny:
    """Write the study: keys over qda.yaml, over its finding `F` (or a whole findings.yaml), over codings by id; memos by id."""
    made = Tiny(root)
    made.write("qda.yaml", {**QDA, **(qda or {})})
    made.write("codebook.yaml", BOOK)
    made.write("findings.yaml", findings or {"findings": [{**FINDING, **(finding or {})}]})
    for name, text in (memos or {}).items():
        made.write(f"memos/{name}.md", text)
    for source, coded in _read(study, codings or {}):
        made.write(f"data/{source['id']}.yaml", source)
        for coder, rows in coded.items():
            made.write(
                f"codings/{coder}/{source['id']}.yaml",
                {"source": source["id"], "coder": coder, "codings": rows},
            )
    return made


def memo(
    name: str, links: str, text: str = "The third owner came late; her view is explained here."
) -> dict[str, str]:
    """A memo by its id, for `memos`."""
    return {name: f"---\nid: {name}\nlinks: [{links}]\n---\n\n{text}\n"}


Coded = dict[str, list[dict[str, Any]]]


def _read(study: str, extra: dict[str, dict[str, Any]]) -> list[tuple[dict[str, Any], Coded]]:
    found: list[tuple[dict[str, Any], Coded]] = []
    for line in filter(str.strip, study.splitlines()):
        if not line.startswith(" "):
            found.append((_source(line), defaultdict(list)))
        else:
            _turn(line, *found[-1], extra)
    for source, _ in found:
        asking = [name for name in ("R", "Mod") if any(one.get("speaker") == name for one in source["turns"])]
        if asking:
            source.setdefault("interviewer", asking)
    return found


def _source(line: str) -> dict[str, Any]:
    read = SOURCE.fullmatch(line)
    assert read, line
    keys = yaml.load(f"{{{read['keys'] or ''}}}", Loader=yaml.BaseLoader)
    people = [_person(one.split()) for one in read["who"].split(",") if one.strip()]
    who = {"informant": people[0]} if len(people) == 1 else {"informants": people} if people else {}
    method = {} if read["method"] == "_" else {"method": read["method"]}
    return {"id": read["id"], **method, **who, "date": "2022-09-20", **keys, "turns": []}


def _person(words: list[str]) -> str | dict[str, Any]:
    name, *rest = words
    if not rest:
        return name
    others = [one[1:] for one in rest if one.startswith("!")]
    kind, *_ = [one for one in rest if not one.startswith("!")]
    person: dict[str, Any] = {"id": name} | ({"type": kind.rstrip("?")} if kind.rstrip("?") != "-" else {})
    return (
        person
        | ({"identity": "unknown"} if kind.endswith("?") else {})
        | ({"distinct_from": others} if others else {})
    )


def _turn(line: str, source: dict[str, Any], coded: Coded, extra: dict[str, dict[str, Any]]) -> None:
    read = TURN.fullmatch(line)
    assert read, line
    marks, turns = read["marks"] or "", source["turns"]
    if read["text"]:
        turn = {"text": read["text"]} | ({"speaker": read["speaker"]} if read["speaker"] else {})
        turns.append(turn | ({"reconstructed": True} if "r" in marks else {}))
        place, quote = str(len(turns)), read["text"]
    else:
        place = "-".join(filter(None, (read["first"], read["last"])))
        quote = "\n".join(
            one["text"] for one in turns[int(read["first"]) - 1 : int(read["last"] or read["first"])]
        )
    for mark in marks.replace("r", ""):
        code, side = SIDES[mark]
        coder = read["coder"] or "first"
        name = f"{source['id']}.{place}{side}" + (f".{coder}" if coder != "first" else "")
        row = {
            "id": name,
            "code": code,
            "turn": place,
            "quote": quote,
            "status": read["status"] or "accepted",
        }
        coded[coder].append(row | ({"strength": "inferred"} if mark == "?" else {}) | extra.get(name, {}))


@dataclass(frozen=True)
class Case:
    """A study, and what a sceptical reader says of its finding.

    `flags` are all of them, each with its value (`T05:owner`); one in brackets may be there or not, where the rules
    leave it open. `axes` are statuses where they matter (`type=not_possible`), with bounds after a colon
    (`informant=indeterminate:1-2`). `names` are rules whose problems `check` must name.
    """

    pretends: str
    study: str
    verdict: str
    flags: str = ""
    axes: str = ""
    names: str = ""
    contested: bool | None = None
    strict: int | None = None
    qda: dict[str, Any] = field(default_factory=dict)
    finding: dict[str, Any] = field(default_factory=dict)
    memos: dict[str, str] = field(default_factory=dict)
    codings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __str__(self) -> str:
        return re.sub(r"\W+", "-", self.pretends.lower())[:70].strip("-")


def show_flags(found: dict[str, Any]) -> set[str]:
    """Flags as `T05:owner`; a group not told apart stands by its source."""
    return {
        ":".join(filter(None, (flag["code"], flag["value"]))).removesuffix(":?") for flag in found["flags"]
    }


def judge(case: Case, root: Path) -> Tiny:
    """Assert that the study of a case gets the verdict, flags, axes, gate and problems that it deserves."""
    made = tiny(root, case.study, qda=case.qda, finding=case.finding, memos=case.memos, codings=case.codings)
    found = made.finding()
    wanted = set(case.flags.split())
    open_ = {one.strip("()") for one in wanted if one.startswith("(")}
    sure = {one for one in wanted if not one.startswith("(")}
    statuses = dict(one.split("=") for one in case.axes.split())
    axes = {name: found["axes"][name] for name in statuses}
    contested = case.verdict == "contested" if case.contested is None else case.contested
    seen = {
        "verdict": found["verdict"].split(" (")[0],
        "contested": found["contested"],
        "flags": show_flags(found) - open_,
        "axes": {name: _status(axis, statuses[name]) for name, axis in axes.items()},
    }
    assert seen == {"verdict": case.verdict, "contested": contested, "flags": sure, "axes": statuses}
    passing = case.verdict in ("contested", "triangulated")
    assert made.strict() == (case.strict if case.strict is not None else 0 if passing else 1)
    rules = {one["rule"] for one in made.problems()}
    assert set(case.names.split()) <= rules
    if passing and not case.names and not case.finding.get("response"):
        assert made.errors() == set()
    return made


def _status(axis: dict[str, Any], wanted: str) -> str:
    bounds = f"{axis['count']}-{axis['upper']}" if axis["upper"] != axis["count"] else str(axis["count"])
    return f"{axis['status']}:{bounds}" if ":" in wanted else str(axis["status"])


HEAD = """
interview H: H head
  R: Is there training for owners?
  + H: We hold a class every month.
"""
OWNER = """
interview O: O owner
  R: Apakah pelatihan itu berguna?
  + O: Kelasnya membantu saya berjualan daring.
"""
OWNER_2 = """
interview Q: Q owner
  R: Apakah pelatihan itu berguna?
  + Q: Sejak ikut kelas, pesanan saya bertambah.
"""
AGAINST = """
interview Z: Z owner
  R: Was it useful?
  - Z: For me it was a lost day.
"""
SEEN = """
observation S:
  + Twelve owners follow the class and take notes.
"""
