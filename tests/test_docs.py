"""docs/commands.md is made from the program, and the program explains itself."""

from __future__ import annotations

import doctest
import inspect
import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from empowerment_qda.checks import CHECKS, rule_of
from empowerment_qda.checks.lint import LINT
from empowerment_qda.cli import app
from empowerment_qda.files import rules, schema
from empowerment_qda.files.rules import READING

DOCS = Path(__file__).resolve().parents[1] / "docs"


def commands(command: Any, name: str = "qda") -> Iterator[tuple[str, Any]]:
    """Every command with its name, groups included."""
    yield name, command
    for below, one in getattr(command, "commands", {}).items():
        yield from commands(one, f"{name} {below}")


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_the_page_of_commands_is_fresh() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))["make_commands"]()
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == made, "run `make docs`"


def test_the_page_of_checks_is_fresh() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))["make_checks"]()
    assert (DOCS / "checks.md").read_text(encoding="utf-8") == made, "run `make docs`"


def test_the_page_of_fields_is_fresh_and_has_every_key() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))["make_fields"]()
    assert (DOCS / "fields.md").read_text(encoding="utf-8") == made, "run `make docs`"
    for kind in schema.KINDS:
        assert all(f"`{key}`" in made for key in schema.make_schema(kind)["properties"])
    anchors = {line.lstrip("# ").lower() for line in made.splitlines() if line.startswith("#")}
    assert set(re.findall(r"\]\(#([^)]*)\)", made)) <= anchors


def test_the_notebook_is_fresh() -> None:
    """Run anew, it says what it says; pictures differ between releases of matplotlib and are only there."""
    made = runpy.run_path(str(DOCS / "generate.py"))["run_notebook"]()
    kept = json.loads((DOCS / "medan.ipynb").read_text(encoding="utf-8"))
    assert [_told(cell) for cell in kept["cells"]] == [_told(cell) for cell in made.cells], "run `make docs`"
    pictures = [one for cell in kept["cells"] for one in _told(cell) if one == "image/svg+xml"]
    assert len(pictures) == 3
    assert (DOCS / "medan.ipynb").stat().st_size < 150_000
    assert "restates what an article reports" in "".join(kept["cells"][0]["source"])


def _told(cell: Any) -> list[str]:
    """What a cell printed, in words, and that there is a picture."""
    told = []
    for output in cell.get("outputs", ()):
        kinds = output.get("data", {})
        words = kinds.get("text/plain", output.get("text", ""))
        told.append("image/svg+xml" if "image/svg+xml" in kinds else " ".join("".join(words).split()))
    return told


def test_the_page_of_the_notebook_shows_what_python_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["init", "--from", "medan", "my-medan"]).exit_code == 0
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(str(DOCS / "notebook.md"), module_relative=False, optionflags=flags)
    assert tried > 15
    assert failed == 0


def test_every_check_has_a_section_and_says_what_should_hold() -> None:
    sections = re.findall(r"^### (.+)$", (DOCS / "checks.md").read_text(encoding="utf-8"), re.M)
    assert sections == list(dict.fromkeys(sections))
    for check in (*CHECKS, *LINT):
        assert rule_of(check) in sections
        assert check.__doc__
    assert set(READING) <= set(sections)


def test_every_rule_that_reading_tells_is_documented() -> None:
    folder = Path(inspect.getfile(rules)).parent
    code = "".join((folder / name).read_text() for name in ("yaml.py", "read.py"))
    told = set(re.findall(r'(?:(?:add|_stop)\(\w+, |refusal\(\s*[^"]+, |Place\([^)]*\)+, )"([a-z-]+)"', code))
    told |= {rule for rule, *_ in (*schema.SAYINGS.values(), schema.EMPTY, schema.OTHERWISE)}
    assert told >= {"yaml", "duplicate-key", "unknown-key", "no-file", "empty", "format", "tag", "file-size"}
    assert told <= set(READING)


def test_every_command_has_a_section() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    sections = {line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")}
    # A group's command of its own name is written without the repetition: `qda code`, not `qda code code`.
    assert sections == {re.sub(r" (\w+) \1$", r" \1", name) for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert command.help, name
    silent = [one.name for one in command.params if one.name != "help" and not one.help]
    assert silent == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands(shell: str) -> None:
    typed = {"COMP_WORDS": "qda ", "COMP_CWORD": "1", "_TYPER_COMPLETE_ARGS": "qda "}
    environment = {"_QDA_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args", **typed}
    said = CliRunner().invoke(app, [], prog_name="qda", env=environment).output
    for word in ("check", "code", "init", "triangulate"):
        assert word in said


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("qda schema so", "source"), ("qda init --from m", "medan"), ("qda check --format js", "json")],
)
def test_the_shell_completes_values(typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1), "_QDA_COMPLETE": "complete_bash"}
    assert CliRunner().invoke(app, [], prog_name="qda", env=words).output.split() == [offered]


def test_completion_installs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    # So that the shell is named here, and not found out from the process that runs the tests.
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    monkeypatch.setattr("typer.testing._get_command", typer.main.get_command)  # not as put together before
    made = CliRunner().invoke(app, ["--install-completion", "bash"], prog_name="qda")
    assert made.exit_code == 0
    script = tmp_path / ".bash_completions" / "qda.sh"
    assert "_QDA_COMPLETE=complete_bash" in script.read_text()
    assert str(script) in (tmp_path / ".bashrc").read_text()
