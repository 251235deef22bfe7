"""What the pages show is what happens: their commands are run in order, and what they print is compared."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "docs/coding.md", "docs/import.md", "docs/export.md")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
QDA = f'"{sys.executable}" -c "from empowerment_qda.cli import main; main()"'


def steps(page: str) -> list[tuple[str, str]]:
    """Each command of a tour with what the page prints below it."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_the_tour_prints_what_the_page_shows(tmp_path: Path, page: str) -> None:
    folder = tmp_path
    checker = doctest.OutputChecker()
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    for command, printed in steps(page):
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
            continue
        shell = re.sub(r"^qda", lambda _: QDA, command)
        result = subprocess.run(
            shell,
            shell=True,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        told = re.search(r"\[(quote-changed|codings-lost|who-asks)\]|^Not placed", printed, re.M)
        wanted = 1 if "--strict" in command or told else 0
        assert result.returncode == wanted, (command, result.stdout)
        assert checker.check_output(printed, result.stdout, FLAGS), (command, result.stdout)


def test_the_tours_have_their_commands() -> None:
    assert len(steps("README.md")) > 10
    assert len(steps("docs/coding.md")) > 10


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", README))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists()


def test_it_opens_with_the_two_commands() -> None:
    assert README.index("make study") < README.index("make test") < README.index("pip install .")
