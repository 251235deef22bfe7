"""What is installed: the wheel carries all that `qda` needs away from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from empowerment_qda.cli import COMMANDS, app
from empowerment_qda.files.start import list_shipped

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def build(kind: str, source: Path, target: Path) -> Path:
    """A wheel or sdist of a source tree."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(target.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel made the long way: from the sdist, not from the repository."""
    place = tmp_path_factory.mktemp("dist")
    with tarfile.open(build("sdist", ROOT, place)) as archive:
        archive.extractall(place, filter="data")
    return build("wheel", next(path for path in place.iterdir() if path.is_dir()), place / "wheel")


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """The files in the wheel, without the package's name before them."""
    with zipfile.ZipFile(wheel) as archive:
        return {name.removeprefix("empowerment_qda/") for name in archive.namelist()}


def files_under(folder: Path) -> list[Path]:
    """Its files, caches left out."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_wheel_carries_the_whole_package(names: set[str]) -> None:
    package = ROOT / "src" / "empowerment_qda"
    wanted = {path.relative_to(package).as_posix() for path in files_under(package)}
    assert wanted <= names
    assert {"py.typed", "studies/empty/qda.yaml"} <= names
    assert any(name.startswith("templates/") for name in names)
    assert "locale/id/LC_MESSAGES/messages.mo" in names


def test_the_wheel_carries_the_study_of_medan_and_nothing_beside_it(names: set[str]) -> None:
    wanted = {f"studies/medan/{path}" for path in list_shipped("medan")}
    assert {name for name in names if name.startswith("studies/medan/")} == wanted


def test_every_file_of_a_shipped_study_is_listed() -> None:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    tracked = kept.stdout.split("\0")
    parts = ("qda.yaml", "codebooks/", "data/", "codings/reference/", "findings.yaml", "memos/")
    assert list_shipped("medan") == [path for path in tracked if path.startswith(parts)]
    empty = "src/empowerment_qda/studies/empty/"
    assert list_shipped("empty") == [path.removeprefix(empty) for path in tracked if path.startswith(empty)]


def test_nothing_of_ones_own_that_lies_in_a_clone_goes_out(tmp_path: Path) -> None:
    kept = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    clone = tmp_path / "clone"
    for path in filter(None, kept.stdout.split("\0")):
        if not path.startswith(("tests/", "reports/")) and (ROOT / path).is_file():
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            (clone / path).write_bytes((ROOT / path).read_bytes())
    planted = [
        ".env", "notes.txt", "pseudonyms.yaml", "consent.yaml", "data/interviews/SITI-01.yaml", "data/interviews/KS-01.yaml~",
        "data/recording.m4a", "codings/reference/SITI-01.yaml", "codings/siti/KS-01.yaml", "memos/M99.md", "codebooks/own.yaml",
        "reports/findings.en.html", "tests/samples/siti.txt", "docs/siti.md", "schemas/siti.json", "src/siti.yaml",
        "src/empowerment_qda/.env", "src/empowerment_qda/studies/empty/data/interviews/SITI.yaml", ".qda/journal.json",
        "src/empowerment_qda/templates/siti.html",
    ]  # fmt: skip
    for path in planted:
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_text("What Siti said.")
    for kind in ("sdist", "wheel"):
        built = build(kind, clone, tmp_path / kind)
        if kind == "wheel":
            with zipfile.ZipFile(built) as packed:
                texts = {name: packed.read(name) for name in packed.namelist()}
        else:
            with tarfile.open(built) as packed_:
                files = {one.name: packed_.extractfile(one) for one in packed_ if one.isfile()}
                texts = {name: file.read() for name, file in files.items() if file}
        assert [name for name, text in texts.items() if b"What Siti said." in text] == []
        assert any(name.endswith("data/interviews/KS-01.yaml") for name in texts)


def test_the_wheel_carries_the_licences(names: set[str]) -> None:
    info = f"empowerment_qda-{PROJECT['version']}.dist-info"
    assert {f"{info}/licenses/{file}" for file in PROJECT["license-files"]} <= names


def test_an_installed_qda_makes_and_checks_the_study(wheel: Path, tmp_path: Path) -> None:
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*install, "--ignore-installed", "--prefix", str(tmp_path), str(wheel)], check=True)
    site = next(tmp_path.glob("lib/python*/site-packages"))
    qda = tmp_path / "bin" / "qda"

    def run(*words: str) -> str:
        # The installed copy comes before the one under test; what it depends on is found where it always is.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), *filter(None, sys.path)])}
        done = subprocess.run(
            [str(qda), *words], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    assert run("--version").strip() == f"qda {PROJECT['version']}"
    run("init", "mine", "--from", "medan")
    assert (tmp_path / "mine" / "findings.yaml").read_bytes() == (ROOT / "findings.yaml").read_bytes()
    assert run("check", "--study", "mine") == "No problems found.\n"


def test_the_citation_names_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == PROJECT["version"]
    assert [author["name"] for author in citation["authors"]] == [one["name"] for one in PROJECT["authors"]]


def test_help_loads_nothing_heavy() -> None:
    heavy = {"babel", "jinja2", "lxml", "matplotlib", "numpy", "pandas", "rapidfuzz", "rich", "yaml"}
    program = (
        "import sys; from empowerment_qda.cli import app\n"
        "try: app(['--help'])\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "triangulate" in done.stdout
    assert "typer" in done.stderr.split()
    assert heavy.isdisjoint(done.stderr.split())


def test_the_list_of_commands_says_what_they_say_of_themselves() -> None:
    found: Any = typer.main.get_command(app)
    assert all(one.help.startswith(COMMANDS[name]) for name, one in found.commands.items())
