"""Pipes, signals and colours: a reader who leaves early, closed streams, Ctrl+C, standard input."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import agree_kit
from kit import SMALL, write_study

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes and signals")
QDA = f"{sys.executable} -m empowerment_qda"
BOTH = "agree a b --resamples 0 --picture"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path / "study", SMALL)


def shell(root: Path, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What a shell says of a command in which QDA stands for the program."""
    environment = {
        key: one for key, one in os.environ.items() if key not in ("FORCE_COLOR", "NO_COLOR", "COLUMNS")
    }
    return subprocess.run(
        command.replace("QDA", QDA), shell=True, executable="/bin/bash", cwd=root, env=environment | variables,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@POSIX
def test_who_stops_reading_fails_no_gate(root: Path) -> None:
    said = shell(root, "set -o pipefail; QDA reduce --format json | true")
    assert (said.returncode, said.stderr) == (0, "")
    (root / "codings/first/stray.txt").write_text("x", encoding="utf-8")
    (root / "findings.yaml").write_text("findings: [{id: F01}]\n", encoding="utf-8")
    said = shell(root, "set -o pipefail; QDA check | true")
    assert (said.returncode, said.stderr) == (1, "")  # the gate fails, read or not


@POSIX
def test_what_is_written_is_written_though_nobody_reads(tmp_path: Path) -> None:
    root = write_study(tmp_path / "study", agree_kit.STUDY)
    said = shell(root, f"set -o pipefail; QDA {BOTH} | true")
    assert said.returncode == 0
    assert list((root / "reports/agreement").glob("*.html"))


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_nothing(root: Path, closed: str) -> None:
    assert shell(root, f"QDA check {closed}").returncode == 0
    assert shell(root, f"QDA check --nonsense {closed}").returncode == 2


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_disk_is_told_and_named(root: Path) -> None:
    said = shell(root, "QDA check > /dev/full")
    assert said.returncode == 2
    assert said.stderr.startswith("standard output: ")
    assert said.stderr.count("\n") == 2


@POSIX
def test_an_interrupt_while_loading_leaves_no_traceback(root: Path) -> None:
    interrupted = (
        "import sys, os, signal, empowerment_qda.__main__ as start\n"
        "class Late:\n"
        "    def find_spec(self, name, *more):\n"
        "        if name == 'empowerment_qda.cli': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Late())\n"
        "start.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupted], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")


@POSIX
def test_an_interrupt_between_loading_and_running_ends_with_130(root: Path) -> None:
    interrupted = (
        "import os, signal, empowerment_qda.__main__ as start, empowerment_qda.cli as cli\n"
        "cli.main = lambda: os.kill(os.getpid(), signal.SIGINT) or signal.pause()\n"
        "start.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupted], cwd=root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "")


@POSIX
def test_the_module_is_the_program(root: Path) -> None:
    said = shell(root, "QDA -h")
    assert said.stdout.startswith("Usage: qda [OPTIONS] COMMAND")
    assert shell(root, "QDA code -h").stdout == shell(root, "QDA code --help").stdout != ""


@POSIX
def test_ratings_come_from_standard_input(root: Path) -> None:
    rated = "printf 'unit,a,b\\n1,x,x\\n2,y,x\\n' | QDA agree --table - --resamples 0 --format csv"
    assert "x,1," in shell(root, rated).stdout
    assert shell(root, "QDA agree --table - </dev/null").stderr.startswith("standard input")
    assert shell(root, "QDA agree --table - <&-").stderr.startswith("standard input")


@POSIX
def test_colours_in_a_pipe_are_asked_for(root: Path) -> None:
    for command in ("QDA check --study . >/dev/null; QDA show H-01", "QDA reduce sources"):
        plain = shell(root, command).stdout
        assert "\x1b" not in plain
        coloured = shell(root, command, FORCE_COLOR="1").stdout
        assert "\x1b[" in coloured
        assert shell(root, command, FORCE_COLOR="0").stdout == plain
        assert shell(root, command, FORCE_COLOR="1", NO_COLOR="1").stdout == plain
