"""Mistakes that people make, each in a study of its own: what is written wrongly, and the commands that tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import kit

HEAD, OWNER = "data/interviews/H-01.yaml", "data/interviews/O-01.yaml"
CODED_HEAD, CODED_OWNER = "codings/first/H-01.yaml", "codings/first/O-01.yaml"
Make = Callable[[Path], object]


@dataclass(frozen=True)
class Mistake:
    """What is wrong, how it comes about in the small study (or another), and what is typed then."""

    what: str
    make: Make
    commands: tuple[str, ...] = ("check", "triangulate")
    study: str = "small"


def says(path: str, *pairs: str) -> Make:
    """A file in which words are replaced: old, new, old, new ..."""

    def make(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, f"{path}: {old}"
            text = text.replace(old, new)
        (root / path).write_text(text, encoding="utf-8")

    return make


def holds(path: str, text: str | bytes) -> Make:
    """A file with this content."""

    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    return make


def adds(path: str, text: str) -> Make:
    """A file with more at its end."""
    return lambda root: holds(path, (root / path).read_text(encoding="utf-8") + text)(root)


def without(*paths: str) -> Make:
    """No such files."""
    return lambda root: [(root / path).rename(root / "gone") for path in paths]


def nothing(root: Path) -> None:
    """The study as it is."""


def typed(*commands: str) -> tuple[str, ...]:
    """What is typed in a sound study."""
    return commands


SECOND_FINDING = kit.FINDINGS + "      - {id: F1, statement: Again., supported_by: [E2], rests_on: [F9]}\n"
MISTAKES = (
    Mistake("no study here", without("qda.yaml"), ("check", "run", "status --study nowhere", "check --study qda.yaml")),
    Mistake("no YAML: qda.yaml", holds("qda.yaml", "title: [a\nlanguage: en\n"), ("check", "run")),
    Mistake("no YAML: a tab, a source", holds(HEAD, "id: H-01\n\tturns: []\n")),
    Mistake("a key twice", says(HEAD, "date: 2022-09-12", "date: 2022-09-12\ndate: 2022-09-13")),
    Mistake("a tag", says(HEAD, "id: H-01", "id: !!python/object:os.system H-01")),
    Mistake("aliases without end", holds(HEAD, "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)))),
    Mistake("deep nesting", holds(HEAD, "[" * 500 + "]" * 500)),
    Mistake("no UTF-8", holds(HEAD, b"id: H-01\nturns: [{text: caf\xe9}]\n")),
    Mistake("empty files", lambda root: [holds(path, "")(root) for path in (HEAD, CODED_HEAD, "findings.yaml")]),
    Mistake("a list where keys are", holds(HEAD, "- a\n- b\n")),
    Mistake("an unknown key: qda.yaml", says("qda.yaml", "language: en", "languages: en"), ("check",)),
    Mistake("unknown keys everywhere", lambda root: [
        says("codebook.yaml", "direction: limits", "directon: limits")(root),
        says(HEAD, "interviewer: R", "interviwer: R")(root), says(CODED_HEAD, "quote:", "qoute:")(root),
        says("findings.yaml", "contradicted_by", "contradicts")(root),
    ]),
    Mistake("wrong values: qda.yaml", says("qda.yaml", "planned: 3", "planned: many", "language: en", "language: English"), ("check",)),
    Mistake("wrong values everywhere", lambda root: [
        says("codebook.yaml", "direction: limits", "direction: against", "version: 1.0", "version:")(root),
        says(HEAD, "date: 2022-09-12", "date: 2022-13-40")(root), says(CODED_HEAD, "turn: 2", "turn: two")(root),
        says(CODED_OWNER, "{id: E3", "{id: E 3")(root),
    ]),
    Mistake("missing keys", lambda root: [says(HEAD, "id: H-01\n", "")(root), says("codebook.yaml", "id: awareness", "label: Aw")(root), says(CODED_HEAD, "code: training-provided, ", "")(root)]),
    Mistake("no codebook", without("codebook.yaml"), ("check", "code", "codebook")),
    Mistake("patterns that find nothing", says("qda.yaml", "data/interviews/*.yaml", "data/interview/*.yaml")),
    Mistake("files out of the folder", says("qda.yaml", "data/interviews/*.yaml", "../*.yaml", "codebook: codebook.yaml", "codebook: /etc/passwd")),
    Mistake("no findings", without("findings.yaml"), ("check", "triangulate", "triangulate F1", "conclude", "report")),
    Mistake("no codings", without(CODED_HEAD, CODED_OWNER), ("check", "triangulate --strict", "reduce", "agree first second", "code log --coder first")),
    Mistake("unknown ids", lambda root: [
        says(CODED_HEAD, "training-provided", "training-provide")(root), says(CODED_OWNER, "source: O-01", "source: O-02")(root),
        says("findings.yaml", "E3", "E9", "dimension: enabling", "dimension: enable", "[training-provided]", "[training-given, E2]")(root),
        says("qda.yaml", "group: owner", "group: owners")(root), says(OWNER, "type: owner", "type: ownr")(root),
    ], ("check", "triangulate", "run", "report")),
    Mistake("cited on both sides", says("findings.yaml", "[E3]", "[E2]"), ("check", "triangulate", "triangulate F1", "run", "report", "conclude")),
    Mistake("ids twice", lambda root: [
        says(OWNER, "id: O-01", "id: H-01")(root), says(CODED_OWNER, "id: E2", "id: E1")(root), holds("findings.yaml", SECOND_FINDING)(root),
        says("codebook.yaml", "training-rare", "training-provided")(root),
    ]),
    Mistake("one finding twice, a conclusion on nothing", holds("findings.yaml", """
findings:
  - {id: F1, statement: One., supported_by: [E2]}
  - {id: F1, statement: Two., supported_by: [E2], rivals: [F7], cause_in: [E77], expected_types: [heads], response: M9}
  - {id: F2, statement: Parts., supported_by: [E1], parts: [{id: F2a, statement: A., supported_by: [E1]}]}
conclusion: {statement: All., rests_on: [F8]}
recommendations: [{id: R1, statement: Do., rests_on: [F9]}]
if_then: [{if: nothing, then: enabling}]
""")),
    Mistake("two who are one id", says(OWNER, "informant: {id: O, type: owner}", "informant: {id: H, type: owner}", "speaker: O", "speaker: H")),
    Mistake("a stranger speaks", says(HEAD, "speaker: H", "speaker: X")),
    Mistake("a method that nobody knows", lambda root: [says("qda.yaml", "interview: data", "intervieuw: data")(root), says(HEAD, "date:", "method: wawancra\ndate:")(root)]),
    Mistake("nobody is declared", says(HEAD, "informant: {id: H, type: head}\n", "")),
    Mistake("a design without a reason", adds("qda.yaml", "triangulation: {require: [informant], min: {type: 1}}\n")),
    Mistake("nothing is required", adds("qda.yaml", "triangulation: {require: []}\n")),
    Mistake("an axis that is none", adds("qda.yaml", "triangulation: {require: [informants, type], min: {type: 0}}\nevidence: {coders: [frist]}\n")),
    Mistake("a copied interview", lambda root: holds("data/interviews/C-01.yaml", (root / OWNER).read_text().replace("O-01", "C-01").replace("id: O,", "id: C,").replace("speaker: O", "speaker: C"))(root)),
    Mistake("a memo with no front matter", holds("memos/M1.md", "Only words.\n")),
    Mistake("a memo that links nothing", holds("memos/M1.md", "---\nid: M1\nkind: idea\nlinks: [E99, F9]\n---\n\nWords.\n")),
    Mistake("a response that answers nothing", lambda root: [holds("memos/M1.md", "---\nid: M1\nlinks: [E1]\n---\n\nWords.\n")(root), says("findings.yaml", "contradicted_by: [E3]", "contradicted_by: [E3]\n    response: M1")(root)]),
    Mistake("files of another name, and nobody's", lambda root: [holds("codings/first/X-01.yaml", kit.CODED_HEAD)(root), holds("data/notes.txt", "x")(root), holds("data/interviews/x.yml", "id: x")(root)]),
    Mistake("a coder of another folder", says(CODED_HEAD, "coder: first", "coder: second")),
    Mistake("cues that cannot match", says("codebook.yaml", '["only once"]', '["... once", "~", "=", "a..b", ""]'), ("check", "code", "codebook lint")),
    Mistake("a newer format", says(HEAD, "id: H-01", "format: 9\nid: H-01")),
    Mistake("a log that somebody edited", holds("codings/first/log.jsonl", '{"time": "2024-05-01T08:00:00+00:00", "coder": "first", "action": "add"}\nnot json\n'), ("code log", "code log --verify", "code undo --coder first", "check")),
    Mistake("codings of a source with broken words", says(CODED_OWNER, 'quote: "Yes, I joined their classes."', 'quote: "Yes, I joined, their  classes!"', 'quote: "But it was only once, last year."', "quote: Words of someone else altogether."), ("check", "triangulate", "code anchor", "code anchor --changed", "check")),
    Mistake("wrong usage", nothing, typed(
        "nonsense", "chek", "check --frmat json", "check --format xml", "triangulate F9", "triangulate --by person", "show", "show X-01", "show H-01#9",
        "show H-01#2-1", "show H-01 --coder nobody", "find", "find training-provide", "find 'training-provided and'", "find '(training-provided'",
        "find --words ''", "find enabling --type heads", "find enabling --from 2022-99", "find enabling --attribute gender",
        "find 'near(training-provided, 2 turns)'", "agree", "agree first", "agree first secnd", "agree first first", "agree first auto --unit word",
        "agree first second --min alpha=2", "agree first second --min beta=0.5", "agree --table none.csv", "agree first second --table qda.yaml",
        "agree first second --units none.csv", "agree first second --distance ratio", "reduce everything", "display role", "display nothing --picture",
        "conclude --lang de", "saturation --base 0", "report --template none.html", "schema sources", "codebook nothing", "codebook diff none.yaml",
        "codebook diff HEAD~9", "code X-01", "code --review", "code --review --coder auto", "code --explain ''", "code --explain word --lang xx",
        "memo --kind idea", "memo add ''", "memo add Words", "memo add Words --author a --link F9", "init", "init --from none",
    )),
    Mistake("wrong usage of coding", nothing, typed(
        "code add H-01#2 training-provided", "code add H-01#2 training-provided --coder auto", "code add H-01#2 training-provided --coder '../x'",
        "code add H-01#9 training-provided --coder second", "code add X-01#2 training-provided --coder second", "code add H-01 training-provided --coder second",
        "code add H-01#1 training-provided --coder second", "code add H-01#2 training-givn --coder second", "code add H-01#2 awareness --coder second",
        "code add H-01#2 training-provided --coder second --quote 'words of nobody'", "code add H-01#2 training-provided --coder second --id E1",
        "code add H-01#2 training-provided --coder first --quote 'We hold digital training every month.'",
        "code add H-01#2 training-provided --coder second --quote e --occurrence 99", "code add H-01#2 training-provided --coder second --event-date soon",
        "code remove E9 --coder first", "code remove E1 --coder second", "code remove H-01#2 training-rare --coder first", "code accept E1 --coder first",
        "code reject O-01#2 --coder first", "code recode E1 --to nothing --coder first", "code set E1 --coder first", "code leave-out H-01#2 --coder first --why x",
        "code leave-out O-01#1 --coder second --why x", "code take-in H-01#2 --coder first", "code define training-rare --under awareness --coder first --definition d --memo m",
        "code define x --under nothing --coder first --definition d --memo m", "code define 'a b' --under awareness --coder first --definition d --memo m",
        "code undo --coder second", "code redo --coder first", "code log X-01", "code log --at 3", "code log --coder first --at yesterday", "code restore --coder second",
        "code accept --coder second", "code accept E1 --all --coder first", "code reject E1 --cue training --coder first", "code reject --all --cue trainin --coder second",
        "code accept --all --code training-givn --coder second", "code add-hits training-rare --coder second", "code add-hits training-givn --words join --coder second",
        "code add-hits training-rare --words join --coder second", "code anchor E9", "code anchor E1 --at H-01#1 --coder first", "code anchor E1 --at H-01#2 --quote nothing --coder first", "code anchor --at H-01#2",
    )),
)  # fmt: skip
