"""What a user types, sees and gets as exit code, from check to triangulate."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from kit import CODEBOOK, CODED_HEAD, CODED_OWNER, FINDINGS, HEAD, OWNER, QDA, SMALL, write_study

H = "data/interviews/H-01.yaml"
CH = "codings/first/H-01.yaml"


def qda(root: Path, *arguments: str) -> Result:
    """Run a command on a study."""
    return CliRunner().invoke(app, [*arguments, "--study", str(root)])


def qda_json(root: Path, *arguments: str) -> Any:
    """What a command answers as JSON."""
    return json.loads(qda(root, *arguments, "--format", "json").stdout)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small study."""
    return write_study(tmp_path, SMALL)


def tree(root: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_check_of_a_sound_study(small: Path) -> None:
    result = qda(small, "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "No problems found.\n", "")


def test_check_tells_place_sentence_rule_and_next_step(small: Path) -> None:
    write_study(
        small, {H: HEAD.replace("speaker: H", "speeker: H"), CH: CODED_HEAD.replace("first", "frist")}
    )
    result = qda(small, "check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        f"{H}:7: `speeker` is no key that is known here [unknown-key]\n    Did you mean `speaker`?\n1 problem.\n"
    )


class Terminal(io.StringIO):
    """A stdout that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", [["check"], ["codebook", "lint"]])
def test_a_terminal_gets_a_screen_of_problems(
    small: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = "".join(f"\n      - {{id: odd-{n}, cues: {{en: ['... {n}']}}}}" for n in range(40))
    write_study(small, {"codebook.yaml": CODEBOOK.rstrip() + codes})
    monkeypatch.setenv("LINES", "20")
    monkeypatch.setenv("COLUMNS", "80")

    def told(*options: str) -> list[str]:
        monkeypatch.setattr(sys, "stdout", screen := Terminal())
        with pytest.raises(SystemExit) as end:
            app([*command, "--study", str(small), *options])
        assert end.value.code == 1
        return screen.getvalue().splitlines()

    screen, every = told(), told("--all")
    assert len(screen) < 20 < 80 < len(every)
    assert "shown; `--all` shows all." in screen[-2]
    assert screen[-1] == every[-1]
    assert qda(small, *command).stdout.splitlines() == every
    assert "error" not in qda(small, *command).stderr


def test_check_as_json(small: Path) -> None:
    write_study(small, {CH: CODED_HEAD.replace("training-provided", "training-provded")})
    assert qda_json(small, "check") == {
        "problems": [
            {
                "path": CH, "line": 4, "rule": "unknown-code", "severity": "error",
                "message": "code `training-provded` is not in codebook.yaml",
                "hint": "Correct it, or add it to the codebook. Did you mean `training-provided`?",
                "source": "H-01", "turn": 2, "coding": "E1",
            }
        ]
    }  # fmt: skip


def test_code_suggests_with_its_reason_and_writes_auto(small: Path) -> None:
    assert qda_json(small, "code") == {
        "codings": [
            {"source": "H-01", "turn": 2, "start": 0, "end": 37, "quote": "We hold digital training every month.",
             "code": "training-provided", "path": "enabling/awareness/training-provided",
             "why": 'cue "training" on "training"', "status": "suggested"},
            {"source": "O-01", "turn": 2, "start": 0, "end": 28, "quote": "Yes, I joined their classes.",
             "code": "training-provided", "path": "enabling/awareness/training-provided",
             "why": 'cue "classes" on "classes"', "status": "suggested"},
            {"source": "O-01", "turn": 2, "start": 29, "end": 61, "quote": "But it was only once, last year.",
             "code": "training-rare", "path": "enabling/awareness/training-rare",
             "why": 'cue "only once" on "only once"', "status": "suggested"},
        ]
    }  # fmt: skip
    assert (small / "codings/auto/O-01.yaml").read_text() == (
        "# yaml-language-server: $schema=../../schemas/codings.schema.json\n"
        "source: O-01\ncoder: auto\ncodings:\n"
        "  - code: training-provided\n    turn: 2\n    quote: Yes, I joined their classes.\n"
        "    status: suggested\n    why: cue \"classes\" on \"classes\"\n"
        "  - code: training-rare\n    turn: 2\n    quote: But it was only once, last year.\n"
        "    status: suggested\n    why: cue \"only once\" on \"only once\"\n"
    )  # fmt: skip


def test_code_changes_nothing_the_second_time(small: Path) -> None:
    qda(small, "code")
    before = tree(small)
    qda(small, "code")
    assert tree(small) == before


def test_code_takes_the_sources_that_are_named(small: Path) -> None:
    assert {one["source"] for one in qda_json(small, "code", "O-01")["codings"]} == {"O-01"}
    result = qda(small, "code", "O-1")
    assert (result.exit_code, "there is no source `O-1`" in result.stderr) == (2, True)
    assert "Did you mean `O-01`?" in result.stderr


def test_what_one_coder_rejects_is_still_suggested_to_another_after_a_new_run(small: Path) -> None:
    fresh = qda_json(small, "code", "O-01")["codings"]
    rejected = CODED_OWNER.replace("id: E3,", "id: E3, status: rejected,")
    write_study(small, {"codings/first/O-01.yaml": rejected})
    assert qda_json(small, "code", "O-01")["codings"] == fresh
    refused = qda(small, "code", "reject", "O-01#2", "training-rare", "--coder", "first")
    assert "there is no coding `training-rare` here" in refused.stderr
    assert qda(small, "code", "accept", "O-01#2", "training-rare", "--coder", "second").exit_code == 0


def test_code_keeps_a_rejection_in_its_own_file(small: Path) -> None:
    qda(small, "code")
    path = small / "codings/auto/H-01.yaml"
    path.write_text(path.read_text().replace("status: suggested", "status: rejected"))
    before = path.read_text()
    assert [one["status"] for one in qda_json(small, "code", "H-01")["codings"]] == ["rejected"]
    assert path.read_text() == before


def test_code_never_codes_a_question(small: Path) -> None:
    write_study(small, {H: HEAD.replace("interviewer: R", "interviewer: [R, H]")})
    assert qda_json(small, "code", "H-01")["codings"] == []
    assert not (small / "codings/auto/H-01.yaml").exists()


def test_a_negative_cue_keeps_a_code_from_its_sentence(small: Path) -> None:
    write_study(small, {H: HEAD.replace("We hold digital training", "There was no real training")})
    assert qda_json(small, "code", "H-01")["codings"] == []


def test_reduce_answers_the_evidence_and_writes_the_reduction(small: Path) -> None:
    answer = qda_json(small, "reduce")
    assert answer["evidence"][0] == {
        "id": "E1", "source": "H-01", "turn": 2, "start": 0, "end": 37, "end_turn": 2,
        "quote": "We hold digital training every month.", "code": "training-provided",
        "path": "enabling/awareness/training-provided", "dimension": "enabling", "aspect": "awareness",
        "direction": "supports", "informant": "H", "type": "head", "group": "agency", "method": "interview",
        "date": "2022-09-12", "event_date": None, "coder": "first", "strength": "direct", "producer": None, "memo": None,
    }  # fmt: skip
    assert [one["id"] for one in answer["sources"]] == ["H-01", "O-01"]
    assert (small / "reports/reduction/evidence.csv").read_text().count("\n") == 4


def test_stages_write_only_under_reports(small: Path) -> None:
    before = tree(small)
    for command in ("reduce", "display", "conclude", "triangulate"):
        assert qda(small, command).exit_code == 0
    assert {name for name in tree(small) if not name.startswith("reports/")} == set(before)


def test_suggestions_that_count_are_announced_loudly(small: Path) -> None:
    for path in (small / "codings/first").iterdir():
        path.unlink()
    write_study(small, {"findings.yaml": "findings: []\n"})
    qda(small, "code")
    assert "!!! No person has coded yet" in qda(small, "reduce").stderr


def test_words_that_are_lost_are_announced_loudly(small: Path) -> None:
    write_study(small, {H: HEAD.replace("We hold digital training every month.", "Nothing of the kind.")})
    result = qda(small, "triangulate")
    assert (result.exit_code, "!!! 1 coding cannot be placed and does not count" in result.stderr) == (
        0,
        True,
    )


def test_triangulate_in_the_shape_of_the_contract(small: Path) -> None:
    answer = qda_json(small, "triangulate")
    assert answer["verdicts"] == {
        "unsupported": 0, "flagged": 0, "indeterminate": 0, "not_assessable": 1, "contested": 0, "triangulated": 0,
    }  # fmt: skip
    found = answer["findings"][0]
    assert (found["id"], found["verdict"], found["contested"]) == ("F1", "not_assessable", True)
    assert found["axes"]["type"] == {
        "status": "met", "count": 2, "upper": 2, "min": 2, "required": True, "values": ["head", "owner"],
    }  # fmt: skip
    assert (found["supporting"], found["contradicting"]) == (["H-01#2", "O-01#2"], ["O-01#2"])
    assert [flag["code"] for flag in found["flags"]] == ["T07", "T10", "T16"]
    assert found["convergence"]["cells"] == {"head": "support", "owner": "mixed"}
    assert found["convergence"]["assessment"] == "partial_agreement"
    assert answer["notes"][0]["code"] == "R10"


def test_strict_fails_with_a_line_for_each_finding(small: Path) -> None:
    write_study(small, {"findings.yaml": FINDINGS.replace("[training-provided]", "[E1]")})
    assert qda(small, "triangulate").exit_code == 0
    result = qda(small, "triangulate", "--strict")
    assert result.exit_code == 1
    assert result.stderr.startswith("F1: flagged. It rests on one informant alone.")


def test_findings_that_cite_nothing_or_both_sides_end_with_2(small: Path) -> None:
    write_study(small, {"findings.yaml": FINDINGS.replace("[E3]", "[E2, E9]")})
    result = qda(small, "triangulate", "--format", "json")
    assert result.exit_code == 2
    assert (
        "findings.yaml:6: `E9` is neither a code nor the id of a coding [unknown-citation]" in result.stderr
    )
    errors = json.loads(result.stdout)["findings"][0]["errors"]
    assert [(one["code"], one["value"]) for one in errors] == [("E01", "E9"), ("E02", "E2")]


@pytest.mark.parametrize("command", ["reduce", "display", "conclude", "triangulate", "report", "run", "code"])
def test_a_study_that_cannot_be_read_ends_with_2_and_writes_nothing(small: Path, command: str) -> None:
    write_study(small, {H: "id: [", "findings.yaml": FINDINGS.replace("dimension", "dimesnion")})
    before = tree(small)
    result = qda(small, command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert {line.split(":")[0] for line in result.stderr.splitlines() if not line.startswith(" ")} == {
        H,
        "findings.yaml",
    }
    assert tree(small) == before


@pytest.mark.parametrize("command", ["reduce", "display", "conclude", "triangulate", "report", "run", "code"])
def test_an_empty_study_ends_with_2(tmp_path: Path, command: str) -> None:
    write_study(tmp_path, {"qda.yaml": QDA, "codebook.yaml": SMALL["codebook.yaml"]})
    result = qda(tmp_path, command)
    assert result.exit_code == 2
    assert "qda.yaml:4: no file matches data/interviews/*.yaml" in result.stderr


def test_outside_a_study(tmp_path: Path) -> None:
    result = qda(tmp_path, "check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no qda.yaml here or in a folder above [no-study]" in result.stderr


def test_no_traceback_where_the_disk_refuses(small: Path) -> None:
    (small / "reports").write_text("in the way")
    result = qda(small, "reduce")
    assert result.exit_code == 2
    assert "reports:1: this is a file, and a folder should stand here" in result.stderr


def test_csv_and_markdown_hold_a_hostile_turn_as_words(small: Path) -> None:
    hostile = "=cmd() | **b** <script>"
    changed = {
        "data/interviews/O-01.yaml": OWNER.replace("Yes, I joined their classes.", hostile),
        "codings/first/O-01.yaml": CODED_OWNER.replace("Yes, I joined their classes.", hostile),
    }
    write_study(small, changed)
    qda(small, "reduce")
    assert f"'{hostile}" in (small / "reports/reduction/evidence.csv").read_text()
    assert r"=cmd() \| \*\*b\*\* \<script\>" in (small / "reports/reduction/evidence.md").read_text()


def test_tables_keep_brackets(small: Path) -> None:
    source = """
        id: H-01
        informant: {id: H, type: head}
        turns:
          - text: The training [laughs] [/b] went on.
        """
    write_study(small, {H: source})
    assert "[laughs] [/b]" in qda(small, "code").stdout


def test_version() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("qda 0.")


def test_one_finding_is_explained_in_plain_words(small: Path) -> None:
    result = qda(small, "triangulate", "F1")
    assert result.exit_code == 0
    assert "F1  Training is offered.\nVerdict: not assessable, contested\n" in result.stdout
    assert (
        "E1  “We hold digital training every month.”\n      H-01#2: H, Head, interview, 12 September 2022"
        in result.stdout
    )
    assert "methods: 1 (2 needed), not possible in this study: interview" in result.stdout
    assert (
        "T16  One informant both supports and contradicts it: O.\n     would be lifted by: To ask O again"
        in result.stdout
    )


def test_an_explanation_in_indonesian_and_as_json(small: Path) -> None:
    assert (
        "Putusan: tidak dapat dinilai, dipertentangkan"
        in qda(small, "triangulate", "F1", "--lang", "id").stdout
    )
    answer = qda_json(small, "triangulate", "F1")
    assert (answer["statement"], answer["flags"][1]["code"]) == ("Training is offered.", "T10")
    assert (
        answer["flags"][1]["lift"]
        == "A memo that weighs O-01#2, named under `response`; or a narrower statement."
    )


def test_a_finding_that_does_not_exist(small: Path) -> None:
    result = qda(small, "triangulate", "F11")
    assert (result.exit_code, result.stderr) == (
        2,
        "findings.yaml: there is no finding `F11` [unknown-finding]\n    Did you mean `F1`?\n",
    )


def test_a_plan_for_the_next_visit(small: Path) -> None:
    write_study(small, {"findings.yaml": FINDINGS.replace("[training-provided]", "[E1]")})
    answer = qda_json(small, "triangulate", "--plan")
    assert [(step["value"], step["gains"]) for step in answer["steps"]] == [
        ("owner", [{"finding": "F1", "axes": ["informant", "type", "group"], "complete": False}]),
        ("documentation", [{"finding": "F1", "axes": ["method"], "complete": False}]),
    ]
    said = qda(small, "triangulate", "--plan").stdout
    assert "Ask another informant of the type Owner" in said
    assert "F1 T10: A memo that weighs O-01#2" in said
    assert "it may as well contradict them" in said


def test_the_convergence_matrix(small: Path) -> None:
    rows = qda(small, "triangulate", "--by", "group", "--format", "csv").stdout.splitlines()
    assert rows == [
        "finding,agency,owner,assessment,pairs agreeing,columns covering", "F1,supports,both,partial agreement,0 of 1,2 of 2",
    ]  # fmt: skip
    assert qda_json(small, "triangulate", "--by", "method")["findings"][0]["convergence"]["cells"] == {
        "interview": "mixed"
    }


def test_a_profile_asked_for_on_the_way(small: Path) -> None:
    assert qda_json(small, "triangulate", "--profile", "basic")["findings"][0]["verdict"] == "contested"
    assert qda(small, "triangulate", "--profile", "basic", "--strict").exit_code == 0
    assert qda(small, "triangulate", "--profile", "strict", "--strict").exit_code == 1


def test_contested_and_fragile_findings_fail_the_strict_profile(small: Path) -> None:
    write_study(
        small,
        {
            "qda.yaml": QDA.replace(
                "groups:",
                "triangulation: {profile: strict, require: [informant, type], reason: Talk only.}\n    groups:",
                1,
            )
        },
    )
    result = qda(small, "triangulate", "--strict")
    assert (result.exit_code, result.stderr.startswith("F1: contested.")) == (1, True)


@pytest.mark.parametrize(
    "view", ["evidence", "sources", "contacts", "frequencies", "passages", "condensation"]
)
def test_every_view_of_the_reduction_in_every_form(small: Path, view: str) -> None:
    answer = qda_json(small, "reduce", view)
    rows = qda(small, "reduce", view, "--format", "csv").stdout.splitlines()
    assert len(rows) == 1 + len(answer[view])
    assert qda(small, "reduce", view, "--format", "md").stdout.splitlines()[2].startswith("| ")
    assert "codings of 3 passages in 2 sources" in qda(small, "reduce", view).stdout
    assert (small / f"reports/reduction/{view}.csv").exists()


def test_a_turn_left_out_with_its_reason(small: Path) -> None:
    left = CODED_OWNER.rstrip() + "\n    left_out: [{turn: 3, reason: small talk}]\n"
    more = OWNER.rstrip() + "\n      - {speaker: O, text: Some tea?}\n"
    write_study(small, {"codings/first/O-01.yaml": left, "data/interviews/O-01.yaml": more})
    rows = qda(small, "reduce", "condensation", "--format", "csv").stdout.splitlines()
    assert rows == ["turn,what,text,coder,reason", "O-01#3,left out,Some tea?,first,small talk"]
    owner = qda_json(small, "reduce")["sources"][1]
    assert owner["uncoded"] == []
    assert owner["left_out"] == [
        {"turn": 3, "text": "Some tea?", "coders": ["first"], "reason": "small talk"}
    ]
    assert "0 turns are not, 1 more is left out on purpose." in qda(small, "reduce").stdout
