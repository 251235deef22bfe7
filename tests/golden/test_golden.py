"""What every command answers, writes and refuses, kept word by word in expected/.

A golden file moves only where an issue asks for it, and the commit says so: `make golden` writes all of them anew, and
the difference is read like any other in a commit. A session is a study and the commands run in it, one after the other;
what they print stands in expected/SESSION.txt, the files that they write under expected/SESSION/.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, count
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kit
from empowerment_qda.cli import app
from empowerment_qda.displays import DISPLAYS

from .brought import ORDERS, write_brought
from .mistakes import MISTAKES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXPECTED = HERE / "expected"
MEDAN = ("qda.yaml", "findings.yaml", "codebooks", "data", "codings/reference", "memos")
FORMATS = ("", " --format json", " --format csv", " --format md")
LONG = 1000
SHOWN = 60
"""Lines of a difference that a failing test shows."""


@dataclass(frozen=True)
class Session:
    """`study` is one of STUDIES, `changes` are files written over it; `keep`: patterns of the files that are kept."""

    study: str
    commands: tuple[str, ...]
    changes: tuple[tuple[str, str], ...] = ()
    keep: tuple[str, ...] = ()
    columns: str = "100"


def forms(*commands: str) -> Iterator[str]:
    """Each command in every format."""
    return (command + form for command in commands for form in FORMATS)


def tongues(*commands: str) -> Iterator[str]:
    """Each command in both languages, for people and, where a format carries sentences, for programs."""
    return (
        f"{command} --lang {lang}{form}" for command in commands for lang in ("en", "id") for form in FORMATS
    )


VIEWS = [
    f"reduce {view}"
    for view in ("evidence", "sources", "contacts", "frequencies", "passages", "condensation")
]
AGREEMENT = [
    f"agree ani budi --resamples 100 --show {view}"
    for view in ("overall", "levels", "codes", "disagreements", "confusion")
]
LARGE = ("content-analytic", "co-occurrence", "stacked", "code-by-attribute", "checklist")
"""Displays of Medan whose JSON would fill half of all that is kept; that of the other study is kept."""
EXPLAINED = (
    "'Pelatihan itu tidak bermanfaat bagi kami.'", "'Tidak ada satu pun pelatihan.'", "'Harga kain jatuh, murah sekali.'",
    "'Ya, sangat membantu.' --question 'Apakah pelatihan berguna?'", "'=SUM(A1) [bold]kata[/bold]'",
    "'The training and the classes were cheap.' --lang en",
)  # fmt: skip
SEARCHES = (
    "training-useful", "skill and not price", "'near(price-low, price-fair, 2 turns)'", "'not training'", "market or voice",
    "training-useful --coder citra", "training-useful --coder auto", "training-useful --within source",
    "training-useful --type weaver --method interview", "training-useful --group board", "training-useful --informant A1",
    "training-useful --attribute gender=f", "skill --from 2023-03-05 --to 2023-04", "--words pelatihan", "--words '~manfaat'",
    "--words 'harga ... murah'", "--words pelatihan --questions", "--words '=SUM'", "--words hujan",
)  # fmt: skip
BY_HAND = (
    "code add Z-01#2 price-low --coder ani --memo '=1+1 | <b>'", "code add K-02#2 decides --coder budi --quote 'ikut memutuskan'",
    "code add A-02#3 training-useless --coder budi --quote 'Kata orang ini' --occurrence 2 --id B9 --strength inferred",
    "code add G-01#2-3 decides --coder budi", "code add K-01#7 credit-open --coder budi --event-date 2023-05",
    "code accept K-02#2 decides --coder ani", "code reject K-02#3 price-fair --coder ani", "code reject E02 --coder ani",
    "code accept E02 --coder ani", "code recode E20 --to lost-day --coder ani", "code remove E32 --coder ani",
    "code set E15 --coder ani --strength inferred --direction-note 'ke arah lain' --memo Nanti", "code set E15 --coder ani --memo ''",
    "code leave-out D-02#1 --coder ani --why 'di luar pokok'", "code take-in K-02#3 --coder ani",
    "code define loom --under pattern --coder ani --definition 'Alat tenun.' --memo 'Sering disebut.' --label Alat",
    "code add O-01#1 loom --coder ani", "code undo --coder ani", "code undo --coder ani", "code redo --coder ani", "code redo --coder ani",
    "code redo --coder ani", "code anchor --coder ani --format json", "code anchor --changed", "code anchor --format csv",
    "code anchor E21 --at A-02#3 --quote 'Kata orang ini masih ada.' --occurrence 2 --coder ani", "code anchor --format md",
    *forms("code log", "code log K-01", "code log --coder budi"), "code log --coder ani --at 2", "code log --coder ani --at 2 --format json",
    "code log --verify", "code log --verify --format json", "memo add 'Sebuah pikiran.' --author ani --link F01 --link K-01#2 --kind surprise",
    "memo add 'Lagi.' --author budi --title 'Judul: [b]x[/b]'", "memo", "code restore --coder ani", "code restore --coder ani --at 1",
    "conclude --draft", "check", "status",
)  # fmt: skip
MANY = (
    "code add-hits training-useful --words pelatihan --coder dewi", "code add-hits training-useful --words pelatihan --coder dewi --dry-run --format json",
    "code add-hits training-useful --words pelatihan --coder dewi --yes", "code add-hits training-useful --words '~latih' --unit words --coder dewi --yes",
    "code add-hits price-low 'skill and not price' --unit turn --coder dewi --yes --format csv", "code undo --coder dewi", "code redo --coder dewi",
    "code reject --all --coder dewi --dry-run", "code accept --all --coder dewi --cue harga --yes", "code accept --all --coder dewi --format md --yes",
    "code reject --all --coder dewi --yes", "code undo --coder dewi", "code log --coder dewi", "code log --coder dewi --format json", "check",
)  # fmt: skip
RICH = {
    "check": ("--help", "code --help", "--version", *forms("check", "status", "memo"), "check --all", "memo --kind surprise",
              "memo --link K-01#2", "memo --link G-01#3", "memo --link F01 --format json", "schema"),
    "show": (*forms("show K-01", "show A-01#4-5", "show U-01"), "show G-01", "show G-02", "show A-01 --coder auto", "show K-01 --coder citra",
             "show O-01", "show D-01", "show A-02"),
    "find": (*(f"find {one}" for one in SEARCHES), *forms("find skill", "find --words pelatihan")),
    "agree": ("agree ani budi", "agree ani budi --lang id", *tongues(*AGREEMENT), *forms("agree ani budi citra --resamples 100"), "agree ani budi citra --resamples 100 --lang id",
              *(f"agree ani budi --unit {unit} --lang id --resamples 50" for unit in ("question", "sentence", "character")),
              *forms("agree ani auto --resamples 0", "agree ani budi --unit sentence --level aspect --distance masi --resamples 20"),
              "agree ani budi --coded-only --level dimension --distance nominal --resamples 0", "agree ani budi --min alpha=0.8 --min percent=0.1 --resamples 0",
              "agree ani citra --bands landis-koch --seed 7 --resamples 50 --lang id", "agree ani budi --picture --resamples 100",
              "agree --table ratings.csv --distance interval", "agree --table ratings.csv --format json",
              "agree ani budi --units units.csv --resamples 100", "agree ani budi --picture --lang id --resamples 100"),
    "reduce": (*(view + form for view in VIEWS for form in FORMATS[:2]), *forms(VIEWS[0], VIEWS[-1])),
    "display": ("display", "display --format json", *(f"display {name}{form}" for name in DISPLAYS for form in FORMATS[:3]), "display stacked --format md"),
    "conclude": tuple(tongues("conclude")),
    "triangulate": (*forms("triangulate"), *(f"triangulate --by {by}{form}" for by in ("type", "group", "method") for form in FORMATS if "json" not in form),
                    *(f"triangulate --profile {one} --strict" for one in ("basic", "standard", "strict")),
                    "triangulate --expect", "triangulate --strict --expect", "triangulate --lang id", *tongues("triangulate --plan"),
                    *(f"triangulate F{n:02} --lang {lang}" for n in range(1, 13) for lang in ("en", "id")),
                    *tongues("triangulate F01", "triangulate F03")),
    "saturation": (*forms("saturation"), "saturation --base 2 --run 1 --threshold 0 --shuffle 20 --seed 3", "saturation --shuffle 0"),
    "codebook": (*forms("codebook", "codebook training", "codebook --full", "codebook lint", "codebook diff old.yaml"),
                 *tongues("codebook --full"), "codebook lint --all"),
    "suggest": (*forms("code A-01 K-01", "code"), "status", *(f"code --explain {one}{form}" for one in EXPLAINED for form in FORMATS[:2])),
}  # fmt: skip
OLD_BOOK = (HERE / "study/codebooks/tenun.yaml").read_text(encoding="utf-8")
OLD_BOOK = (
    OLD_BOOK.replace("id: lost-day", "id: day-lost")
    .replace("Harga di bawah biaya.", "Harga rendah.")
    .replace("cues: tenun.cues.yaml\n", "")
)
RATINGS = "unit,ani,budi,citra\nu1,1,1,2\nu2,2,2,2\nu3,3,NA,1\nu4,,4,4\nu5,5,4,5\n"
UNITS = "source,turn,quote\nK-01,2,Kelas tenun selalu penuh.\nK-01,5,\nG-01,2-3,\nA-01,6,\n"
OWN_PAGE = (HERE / "own.html.j2").read_text(encoding="utf-8")
OWN_TEXT = "# {{ title }}\n\n{{ summary }}\n\n{% for m in memos %}{{ m.text | prose }}{% endfor %}{{ sections[0].findings[0].sides[0].quotes[0].words | quoted }}\n"
SESSIONS = {
    **{f"rich-{name}": Session("rich", commands) for name, commands in RICH.items()},
    "rich-agree": Session("rich", RICH["agree"], (("ratings.csv", RATINGS), ("units.csv", UNITS)), ("reports/agreement/*",)),
    "rich-codebook": Session("rich", RICH["codebook"], (("old.yaml", OLD_BOOK),)),
    "rich-suggest": Session("rich", RICH["suggest"], keep=("codings/auto/*",)),
    "rich-by-hand": Session("rich", BY_HAND, keep=("codings/*/*", "codebooks/*", "memos/*")),
    "rich-many": Session("rich", MANY, keep=("codings/dewi/*",)),
    "rich-names": Session("rich", (*forms("pseudonymise --propose", "pseudonymise --dry-run"), "pseudonymise", "pseudonymise --yes", "pseudonymise --yes", "check",
                                   *forms("purge A1 --dry-run"), "purge A1", "purge A1 --yes", "purge G-01#2 --yes", "purge nobody", "purge G-01", "purge K-01#99",
                                   "code log --verify", "check"),
                          (("pseudonyms.yaml", "Suami: Kerabat\nHarga: Nilai\nBalai desa: rumah\n"), ("README.md", "Suami.\n")),
                          ("findings.yaml", "memos/*", "codings/ani/*", "data/groups/*", "data/interviews/K-01.yaml")),
    "rich-run": Session("rich", ("run", "run"), keep=("reports/**/*", "codings/auto/*")),
    "rich-report": Session("rich", ("report", "report --lang en", "report --template own.html.j2", "report --lang en --template own.html.j2", "report --template own.md.j2"),
                           (("own.html.j2", OWN_PAGE), ("own.md.j2", OWN_TEXT)), ("reports/findings.en.html", "reports/findings.id.md")),
    "english": Session("rich", ("reduce contacts", *(f"display {name}" for name in DISPLAYS), "conclude", "codebook --full", "triangulate --plan",
                                "saturation", "codebook lint"), (("qda.yaml", (HERE / "study/qda.yaml").read_text(encoding="utf-8").replace("language: id", "language: en")),)),
    "narrow": Session("rich", ("status", "check", "triangulate", "triangulate F01", "reduce", "show K-01", "codebook", "agree ani budi --resamples 50",
                               "display stacked", "display event-listing", "conclude", "find skill"), columns="60"),
    "piped": Session("rich", ("status", "triangulate", "reduce", "codebook", "agree ani budi --resamples 50", "display stacked", "display co-occurrence", "conclude",
                              "saturation"), columns=""),
    "machine": Session("small", ("code", "status", *forms("triangulate"), "triangulate F1", "triangulate F1 --lang id", "triangulate --strict",
                                 "triangulate --plan --lang id", "reduce", "conclude --lang id", "report"),
                       (*((f"codings/first/{one}.yaml", f"source: {one}\ncoder: first\ncodings: []\n") for one in ("H-01", "O-01")),
                        ("findings.yaml", kit.FINDINGS.replace("[E3]", "[training-rare]"))), ("codings/auto/*", "reports/*.md")),
    "small": Session("small", ("check", "status", "run", *tongues("triangulate F1", "triangulate --plan"), "agree first second",
                               "triangulate --strict", "saturation", "codebook lint", "memo", "code log", "agree first auto"), keep=("reports/findings.en.md",)),
    "begin": Session("nothing", ("init", "init .", "status", "check", "run", "code log", "init elsewhere --from medan", "init elsewhere",
                                 "schema --write made"), keep=("*", "codebooks/*", "codings/*/*", "data/*/*", "memos/*")),
    "medan-check": Session("medan", (*forms("check", "status", "memo"), "memo --link F11", "memo --kind methodological", "codebook lint")),
    "medan-show": Session("medan", (*(f"show {path.stem}" for path in sorted((ROOT / "data").glob("*/*.yaml"))), *forms("show KS-01#4-6"))),
    "medan-find": Session("medan", ("find enabling and not protecting", *forms("find training-provided"), "find --words pelatihan",
                                    "find --words '~daya'", "find 'near(training-provided, capital-support-given, 2 turns)'", "find enabling --group owner")),
    "medan-reduce": Session("medan", (*(view + form for view in VIEWS for form in FORMATS[:2]), *forms("reduce contacts"))),
    "medan-display": Session("medan", ("display", *(f"display {name}" for name in DISPLAYS), *(f"display {name} --format json" for name in DISPLAYS if name not in LARGE))),
    "medan-conclude": Session("medan", ("conclude --lang en", "conclude --lang id", "conclude --format json", "conclude --format csv", "conclude --format md")),
    "medan-triangulate": Session("medan", (*forms("triangulate"), *(f"triangulate --by {by}" for by in ("type", "group", "method")),
                                           "triangulate --strict --expect", "triangulate --profile basic", *tongues("triangulate --plan"),
                                           *(f"triangulate F{n:02} --lang {lang}" for n in range(1, 20) for lang in ("en", "id")))),
    "medan-saturation": Session("medan", tuple(forms("saturation"))),
    "medan-codebook": Session("medan", ("codebook", "codebook --lang en", "codebook protecting --full --lang en", *forms("codebook enabling"))),
    "medan-suggest": Session("medan", ("code", "code --format csv", "code KS-01 --format json", "status", "agree reference auto --resamples 20",
                                       "agree reference auto --show disagreements --format csv --resamples 0")),
    "import": Session("small", ORDERS, keep=("data/interviews/[!HO]*", "codebooks/*", "codings/[!fs]*/*", "memos/*", "reports/import/*")),
    "mistakes": Session("small", ("check",)),
}  # fmt: skip


def write(root: Path, study: str) -> None:
    """One of the studies in a folder that is empty."""
    if study == "rich":
        shutil.copytree(HERE / "study", root, dirs_exist_ok=True)
    elif study == "small":
        kit.write_study(root, kit.SMALL)
        write_brought(root.parent / "brought")
    elif study == "medan":
        for name in MEDAN:
            source, target = ROOT / name, root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def say(root: Path, command: str) -> str:
    """A command and all that it says, as it would stand on a terminal; what nobody foresaw is raised.

    In JSON what is nested deeper than two levels is joined to the line above: half as long, and no letter is lost.
    """
    result = CliRunner().invoke(app, shlex.split(command))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    out = [re.sub(r"\n {5,}", " ", result.stdout) if result.stdout.startswith("{\n") else result.stdout]
    if result.stdout and not result.stdout.endswith("\n"):
        out.append("\n(no line end)\n")
    out += [f"2> {line}\n" for line in result.stderr.splitlines()]
    out += [f"exit {result.exit_code}\n"] * bool(result.exit_code)
    return steady("".join(out), root)


def tell(root: Path, commands: Iterable[str]) -> str:
    """A transcript of commands; a long answer that was given before is named and not told again."""
    before: dict[str, str] = {}
    told = []
    for command in commands:
        said = say(root, command)
        first = before.setdefault(said, command)
        told.append(
            f"$ qda {command}\n" + (said if first == command or len(said) < LONG else f"(as: qda {first})\n")
        )
    return "\n".join(told)


VERSIONS = re.compile(r"(Vers(?:ions|i): |qda, version |empowerment-qda ).*")


def steady(text: str, root: Path) -> str:
    """A text without what differs between machines: the folder, and versions."""
    return VERSIONS.sub(r"\1...", text.replace(str(root), "STUDY"))


class Clock(datetime):
    """A clock that is a minute on whenever it is looked at."""

    looks = count()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Clock:
        """The next minute."""
        return cls(2024, 5, 1, 8, tzinfo=UTC) + timedelta(minutes=next(cls.looks))

    def astimezone(self, tz: tzinfo | None = None) -> Clock:
        """The same, wherever the machine stands."""
        return self


def play(session: Session, root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of all that is kept of a session; under the empty name what was printed."""
    write(root, session.study)
    kit.write_study(root, dict(session.changes))
    yield "", tell(root, session.commands)
    for path in sorted({path for pattern in session.keep for path in root.glob(pattern) if path.is_file()}):
        name = path.relative_to(root).as_posix()
        if path.suffix not in (".png", ".svg") and not path.name.startswith("."):
            yield name, steady(path.read_bytes().decode("utf-8"), root)


def play_mistakes(root: Path) -> Iterator[tuple[str, str]]:
    """What is refused, and how: each mistake in a study of its own."""
    said = []
    for number, one in enumerate(MISTAKES):
        folder = root / str(number)
        folder.mkdir()
        write(folder, one.study)
        one.make(folder)
        os.chdir(folder)
        said.append(f"# {one.what}\n{tell(folder, one.commands)}")
    yield "", "\n\n".join(said)


@pytest.mark.parametrize("name", SESSIONS)
def test_every_word_is_as_it_was(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = SESSIONS[name]
    root = tmp_path / "study"
    root.mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setattr(Clock, "looks", count())
    monkeypatch.setattr("empowerment_qda.files.edit.datetime", Clock)
    if session.columns:
        monkeypatch.setenv("COLUMNS", session.columns)
    made = dict(play_mistakes(root) if name == "mistakes" else play(session, root))
    folder, transcript = EXPECTED / name, EXPECTED / f"{name}.txt"
    if os.environ.get("QDA_RENEW_GOLDEN"):
        renew(folder, transcript, made)
    kept = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    kept |= {"": transcript} if transcript.exists() else {}
    assert sorted(made) == sorted(kept), "`make golden` keeps what is written"
    wanted = {one: path.read_bytes().decode("utf-8") for one, path in kept.items()}
    differing = [difference(one, wanted[one], text) for one, text in made.items() if text != wanted[one]]
    if differing:
        lines = list(chain.from_iterable(differing))
        pytest.fail("\n".join([*lines[:SHOWN], "If an issue asks for it: make golden"]), pytrace=False)


def renew(folder: Path, transcript: Path, made: dict[str, str]) -> None:
    """Write what is kept of a session anew."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in made.items():
        path = folder / name if name else transcript
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def difference(name: str, wanted: str, made: str) -> list[str]:
    """The lines that differ."""
    lines = difflib.unified_diff(
        wanted.splitlines(), made.splitlines(), f"kept {name}", f"made {name}", lineterm="", n=1
    )
    return list(lines) or [f"{name}: only line ends differ"]


def test_no_golden_file_is_left_over() -> None:
    kept = {path.name.removesuffix(".txt") for path in EXPECTED.iterdir()}
    assert kept == set(SESSIONS)
