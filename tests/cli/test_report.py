"""`qda report` and `qda run`: what a user types, sees and finds on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from empowerment_qda.cli import app
from kit import QDA, SMALL, write_study

ALL = {"findings.en.html", "findings.en.md", "findings.id.html", "findings.id.md"}


def qda(root: Path, *arguments: str) -> Result:
    """Run a command on a study."""
    return CliRunner().invoke(app, [*arguments, "--study", str(root)])


def written(root: Path) -> set[str]:
    """The files under reports/."""
    return {
        path.relative_to(root / "reports").as_posix()
        for path in (root / "reports").rglob("*")
        if path.is_file()
    }


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small study."""
    return write_study(tmp_path, SMALL)


@pytest.fixture
def uncoded(tmp_path: Path) -> Path:
    """The small study before anybody has coded it."""
    findings = "findings: [{id: F1, statement: Training is offered., supported_by: [training-provided]}]"
    files = {path: text for path, text in SMALL.items() if not path.startswith("codings")}
    return write_study(tmp_path, files | {"findings.yaml": findings})


# report


def test_a_report_in_the_language_of_the_study(small: Path) -> None:
    result = qda(small, "report")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        str(small / "reports" / name) for name in ("findings.en.html", "findings.en.md")
    ]
    assert written(small) == {"findings.en.html", "findings.en.md"}


def test_a_report_in_another_language(small: Path) -> None:
    assert qda(small, "report", "--lang", "id").exit_code == 0
    assert "Laporan temuan" in (small / "reports/findings.id.html").read_text(encoding="utf-8")
    assert qda(small, "report", "--lang", "fr").exit_code == 2


def test_a_study_in_a_third_language_is_reported_in_english(tmp_path: Path) -> None:
    root = write_study(tmp_path, SMALL | {"qda.yaml": QDA.replace("language: en", "language: jv")})
    assert qda(root, "report").exit_code == 0
    assert written(root) == {"findings.en.html", "findings.en.md"}


@pytest.mark.parametrize("command", ["report", "run"])
@pytest.mark.parametrize(
    ("findings", "rule"),
    [
        ("supported_by: [E9]", "unknown-citation"),
        ("supported_by: [E2], contradicted_by: [E2]", "both-sides"),
        ("rivals: [F9]", "unknown-finding"),
    ],
)
def test_findings_that_cite_what_does_not_exist_are_not_reported(
    small: Path, command: str, findings: str, rule: str
) -> None:
    write_study(small, {"findings.yaml": f"findings: [{{id: F1, statement: It is so., {findings}}}]\n"})
    result = qda(small, command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"[{rule}]" in result.stderr
    assert result.stderr.startswith("findings.yaml:")
    assert not (small / "reports").exists()
    assert not (small / "codings/auto").exists()


def test_a_template_of_ones_own_takes_the_place_of_its_form(small: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine.html.j2"
    own.write_text("Mine: {{ title }}", encoding="utf-8")
    assert qda(small, "report", "--template", str(own)).exit_code == 0
    assert (small / "reports/findings.en.html").read_text(encoding="utf-8") == "Mine: A small study"
    assert (small / "reports/findings.en.md").read_text(encoding="utf-8").startswith("# A small study\n")
    mine = tmp_path / "mine.md"
    mine.write_text("Mine", encoding="utf-8")
    assert qda(small, "report", "--template", str(mine)).exit_code == 0
    assert (small / "reports/findings.en.md").read_text(encoding="utf-8") == "Mine"


def test_a_template_that_fails_writes_nothing(small: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine.html.j2"
    own.write_text("a\n{{ nope }}", encoding="utf-8")
    result = qda(small, "report", "--template", str(own))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        f"{own}:2: the template uses a name that is not there ('nope' is undefined) [template]\n    "
    )
    assert not (small / "reports").exists()


def test_a_template_that_cannot_be_read(small: Path, tmp_path: Path) -> None:
    result = qda(small, "report", "--template", str(tmp_path / "none.html"))
    assert result.exit_code == 2
    assert "there is no such file" in result.stderr
    (tmp_path / "latin.html").write_bytes(b"caf\xe9")
    result = qda(small, "report", "--template", str(tmp_path / "latin.html"))
    assert result.exit_code == 2
    assert "is not UTF-8" in result.stderr


def test_a_report_on_suggestions_says_so_loudly(uncoded: Path) -> None:
    assert qda(uncoded, "code").exit_code == 0
    result = qda(uncoded, "report")
    assert "!!! No person has coded yet" in result.stderr
    assert "Machine suggestions only" in (uncoded / "reports/findings.en.html").read_text(encoding="utf-8")


def test_suggestions_change_nothing_where_a_person_has_coded(small: Path) -> None:
    def reports() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (small / "reports").iterdir()}

    assert qda(small, "report").exit_code == 0
    first = reports()
    page = first["findings.en.html"].decode()
    assert "<summary>What each source gave: " in page
    assert "one person&#39;s codings count (first)" in page
    assert qda(small, "code").exit_code == 0
    assert list((small / "codings/auto").iterdir())
    assert qda(small, "report").exit_code == 0
    assert reports() == first


# run


def test_of_excerpts_nobody_says_how_many_were_interviewed(small: Path) -> None:
    for name, restated in (("H-01", "Informants: 2 interviewed of 4 planned, 2 quoted"),
                           ("O-01", "Informants: 2 quoted of 4 planned; how many were interviewed, excerpts do not tell")):  # fmt: skip
        path = small / f"data/interviews/{name}.yaml"
        path.write_text(
            path.read_text(encoding="utf-8").replace("date:", "provenance: restated\ndate:", 1),
            encoding="utf-8",
        )
        assert restated in qda(small, "run").stdout.splitlines()


def test_run_makes_everything_and_ends_in_the_report(small: Path) -> None:
    result = qda(small, "run")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:-1] == [
        "Sources:    2 (2 interview)",
        "Informants: 2 interviewed of 4 planned, 2 quoted",
        "Evidence:   3 passages, 2 codes",
        "Findings:   1 (1 not assessable)",
        "  not assessable: F1 (T07 T10 T16)",
    ]
    assert lines[-1] == f"Report:     {small / 'reports/findings.en.html'}"
    assert written(small) >= ALL | {
        "reduction/evidence.csv",
        "displays/role-ordered.md",
        "conclusions/conclusions.md",
    }
    assert {path.name for path in (small / "codings/auto").iterdir()} == {"H-01.yaml", "O-01.yaml"}


def test_run_names_a_few_findings_of_each_verdict(small: Path) -> None:
    findings = "\n".join(f"- {{id: F{number}, statement: It is so.}}" for number in range(1, 10))
    write_study(small, {"findings.yaml": f"findings:\n{findings}\n"})
    assert (
        "  unsupported: F1 (T01), F2 (T01), F3 (T01), F4 (T01), F5 (T01), F6 (T01) and 3 more (`qda triangulate` lists them)"
        in qda(small, "run").stdout.splitlines()
    )


def test_run_of_a_study_without_findings(small: Path) -> None:
    (small / "findings.yaml").unlink()
    result = qda(small, "run")
    assert (result.exit_code, "Findings:   0\n" in result.stdout) == (0, True)


def test_run_counts_its_own_suggestions_where_no_person_has_coded(uncoded: Path) -> None:
    result = qda(uncoded, "run")
    assert result.exit_code == 0
    assert "!!! No person has coded yet" in result.stderr
    assert "Evidence:   3 passages, 2 codes" in result.stdout
    page = (uncoded / "reports/findings.en.html").read_text(encoding="utf-8")
    assert "We hold digital training every month." in page
    assert "codings/auto/H-01.yaml" in page


def test_run_again_changes_nothing(uncoded: Path) -> None:
    def files() -> dict[str, bytes]:
        return {path.as_posix(): path.read_bytes() for path in uncoded.rglob("*") if path.is_file()}

    assert qda(uncoded, "run").exit_code == 0
    first = files()
    assert qda(uncoded, "run").exit_code == 0
    assert files() == first
    assert qda(uncoded, "report", "--lang", "id").exit_code == 0
    assert files() == first


def test_run_writes_nothing_where_suggestions_would_stand_on_both_sides(uncoded: Path) -> None:
    write_study(uncoded, {"findings.yaml": """
        findings:
          - {id: F1, statement: It is so., supported_by: [training-provided], contradicted_by: [enabling]}
        """})  # fmt: skip
    result = qda(uncoded, "run")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "[both-sides]" in result.stderr
    assert not (uncoded / "codings").exists()
    assert not (uncoded / "reports").exists()


def test_run_shows_its_steps_on_a_terminal_only(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qda(small, "run").stderr == ""
    seen: list[str] = []
    monkeypatch.setattr("empowerment_qda.cli.run.progress", seen.append)
    qda(small, "run")
    assert seen == ["code", "reduce", "display", "conclude", "triangulate", "report"]


def test_run_writes_the_suggestions_that_code_writes(uncoded: Path) -> None:
    assert qda(uncoded, "code").exit_code == 0
    coded = {path.name: path.read_bytes() for path in (uncoded / "codings/auto").iterdir()}
    assert qda(uncoded, "run").exit_code == 0
    assert {path.name: path.read_bytes() for path in (uncoded / "codings/auto").iterdir()} == coded
