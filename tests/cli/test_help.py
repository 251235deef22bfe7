"""Help: an example for each command that can be typed as it stands, and nothing in it is a word of Python."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import COMMANDS, app, import_command
from empowerment_qda.cli.examples import EXAMPLES


def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from walk(one, f"{path} {name}")


EVERY = {path: one for name in COMMANDS for path, one in walk(import_command(name), name)}


def test_each_command_has_one() -> None:
    assert set(EXAMPLES) == set(EVERY)


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_a_call_of_its_command(path: str) -> None:
    words = shlex.split(EXAMPLES[path])
    group, _, name = path.rpartition(" ")
    called = ["qda", *([group] if group == name else path.split())]
    assert words[: len(called)] == called
    command = EVERY[path]
    if not getattr(command, "commands", None):
        command.make_context(path, words[len(called) :])  # refuses what is wrong


@pytest.mark.parametrize("path", EVERY)
def test_help_is_for_people(path: str) -> None:
    said = CliRunner().invoke(app, [*path.split(), "-h"], terminal_width=200).stdout
    assert f"  Example: {EXAMPLES[path]}\n" in said
    assert not re.search(r"<list|<str>|<int|<float|<path>|<directory>|\[\[", said)
    usage = said.partition("\n\n")[0]
    assert not re.search(r"\[[a-z_]+\]", usage)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--format", "xml"], "Error: Invalid value for '--format': 'xml' is not one of"),
        (["show"], "Error: Missing argument 'SOURCE'.\nExample: qda show KS-01"),
        (["code", "remove"], "\nExample: qda code remove "),
        (["find"], "\nExample: qda find "),
    ],
)
def test_a_wrong_call_is_told_what_to_type(words: list[str], said: str) -> None:
    told = CliRunner().invoke(app, words)
    assert told.exit_code == 2
    assert said in told.stderr
    assert "Value error" not in told.stderr
    assert told.stderr.count("Example: ") == 1
