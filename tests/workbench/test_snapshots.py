"""How the screen looks: its lines, compared with those kept in snapshots/.

Where a change is wanted, `make snapshots` writes them anew; the difference is then read like any other in a commit.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

import agree_kit
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.reconcile import Reconcile
from kit import CODEBOOK, write_study
from kit_desk import Clock

from .screen import STUDY, TWO_CODERS, typed

KEPT = Path(__file__).parent / "snapshots"
MEMOS = {
    "memos/M01.md": "---\nid: M01\ntitle: Who was asked\nauthor: somebody\ndate: 2024-04-30\nkind: reflexive\n"
    "links: [L-01#2, training-rare]\n---\n\nOnly those who came were asked.\n\n- So [b]nobody[/b] says why others stayed away.\n",
    "memos/M02.md": "---\nid: M02\nkind: surprise\nlinks: [H-01]\n---\n\nOwners come from all wards?\n",
}
WORDS_EDITED = """
    source: H-01
    coder: second
    codings:
      - {id: second-001, code: training-rare, turn: 2, quote: We hold digital trainings each month.}
    """
OVERLAPPING = """
    source: L-01
    coder: second
    codings:
      - {id: second-001, code: training-provided, turn: 2, quote: I joined training. Later I joined the classes.}
      - {id: second-002, code: training-rare, turn: 2, quote: Later I joined the classes. It was only once., strength: inferred}
      - {id: second-003, code: awareness, turn: 2, quote: once, memo: a word alone}
      - {code: enabling, turn: 2, quote: 100% <ok>, status: rejected}
    left_out: [{turn: 4, reason: small talk}]
    """
Files = dict[str, str]


@dataclass(frozen=True)
class Scene:
    """A study, and the keys that lead to what is looked at; `looks`: how the words of the transcript are set, too."""

    keys: tuple[str, ...] = ()
    files: Files = field(default_factory=lambda: STUDY)
    sources: tuple[str, ...] = ()
    size: tuple[int, int] = (104, 30)
    looks: bool = False
    colours: bool = True
    others: bool = False
    coders: tuple[str, ...] = ()

    def take(self, root: Path) -> str:
        """What is seen, as text."""
        seen: list[str] = []

        async def main() -> None:
            with Desk.open(root, read_study(root), "consensus" if self.coders else "second", Clock()) as desk:
                app = self._open(desk)
                app.animation_level = "none"
                async with app.run_test(size=self.size) as pilot:
                    await pilot.pause()
                    await typed(pilot, *self.keys)
                    lines = grab(app)
                    seen.extend(line.plain.rstrip() for line in lines)
                    if self.looks:
                        seen.extend(["", "How the words are set:", *describe_looks(lines, app)])

        write_study(root, self.files)
        asyncio.run(main())
        return "\n".join(seen) + "\n"

    def _open(self, desk: Desk) -> Workbench:
        sources = [desk.study.by_id[one] for one in self.sources] or desk.study.sources
        if self.coders:
            return Reconcile(desk, sources, self.coders)
        return Workbench(desk, sources, self.others)


COLOURED = CODEBOOK.replace(
    "direction: supports", "color: '#CC79A7'\n                definition: They hold it."
)
CODED = STUDY | MEMOS | {"codings/second/L-01.yaml": OVERLAPPING}
SCENES = {
    "opening": Scene(),
    "suggestion": Scene(("n",), looks=True),
    "overlapping": Scene(("down",), CODED, ("L-01",), looks=True),
    "others": Scene(("down", "o"), STUDY, ("H-01",), others=True, looks=True),
    "picker": Scene(("down", "c", "'train", "down")),
    "change-code": Scene(("down", "C"), TWO_CODERS),
    "change-shown": Scene(("down", "C", "n", "ctrl+u", "'held", "enter"), TWO_CODERS),
    "split": Scene(("down", "C", "s", "'rare", "enter", "1", "up"), TWO_CODERS),
    "edit-turn": Scene(("down", "e"), TWO_CODERS),
    "edit-shown": Scene(("down", "e", "end", "'\n\n[+] R\nWhy?", "ctrl+s"), TWO_CODERS),
    "new-code": Scene(("n", "plus", "'Sells at night")),
    "edit-code": Scene(("n", "E"), STUDY | {"codebook.yaml": COLOURED}),
    "leave-out": Scene(("down", "l"), sources=("L-01",)),
    "help": Scene(("question_mark",), size=(104, 60)),
    "memos": Scene(("down", "w"), CODED, ("L-01",)),
    "hits": Scene(("slash", "'join", "enter", "F", "down")),
    "all-hits": Scene(("slash", "'join", "enter", "G", "'rare", "enter", "down")),
    "all-suggestions": Scene(("n", "n", "A", "down")),
    "write-memo": Scene(("n", "M", "'A thought")),
    "problem": Scene(("p",), STUDY | {"codings/second/H-01.yaml": WORDS_EDITED}),
    "refused": Scene(("l",)),
    "help-narrow": Scene(("question_mark",), size=(40, 120)),
    "help-wide": Scene(("question_mark",), size=(160, 50)),
    "narrow": Scene(("down",), CODED, ("L-01",), (40, 20)),
    "usual": Scene(("down",), CODED, ("L-01",), (80, 24), looks=True),
    "usual-codebook": Scene(("down", "s", "'train", "enter"), CODED, ("L-01",), (80, 24)),
    "usual-problem": Scene(("p",), STUDY | {"codings/second/H-01.yaml": WORDS_EDITED}, size=(80, 24)),
    "usual-round": Scene((), agree_kit.STUDY, coders=("a", "b"), size=(80, 24)),
    "wide": Scene(("down",), CODED, ("L-01",), (200, 40)),
    "no-colour": Scene(("down",), CODED, ("L-01",), looks=True, colours=False),
    "round": Scene((), agree_kit.STUDY, coders=("a", "b")),
}


@pytest.mark.parametrize("name", SCENES)
def test_the_screen_is_as_it_was(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, kept = SCENES[name], KEPT / f"{name}.txt"
    if not scene.colours:
        monkeypatch.setenv("NO_COLOR", "1")
    made = scene.take(tmp_path)
    if os.environ.get("QDA_RENEW_SNAPSHOTS"):
        kept.write_text(made, encoding="utf-8", newline="\n")
    assert kept.exists(), f"`make snapshots` keeps {kept.name}"
    wanted = kept.read_text(encoding="utf-8")
    assert made.splitlines() == wanted.splitlines(), "If it is to look so now: make snapshots"


def test_no_snapshot_is_left_over() -> None:
    assert sorted(path.name for path in KEPT.iterdir()) == sorted(f"{name}.txt" for name in SCENES)


OURS = ("head", "transcript", "here", "meaning", "told", "status", "keys")
"""The parts of the screen whose colours are chosen here and not by textual."""


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_words_stand_out_from_what_is_behind_them(theme: str, tmp_path: Path) -> None:
    """Contrast as WCAG 2 measures it: 4.5 at least, 3 for what is dimmed because it is set aside."""
    root = write_study(tmp_path, CODED)
    faint: list[str] = []

    async def main() -> None:
        with Desk.open(root, read_study(root), "second", Clock()) as desk:
            app = Workbench(desk, [desk.study.by_id["L-01"]], others=True)
            app.theme = theme
            async with app.run_test(size=(104, 30)) as pilot:
                await typed(pilot, "down")
                lines = grab(app)
                for name in OURS:
                    region = app.query_one(f"#{name}").region
                    for line in lines[region.y : region.bottom]:
                        faint.extend(
                            f"{name}: {one.text.strip()} {contrast(one.style):.1f}"
                            for one in cut(line[region.x : region.right])
                            if one.style and any(map(str.isalnum, one.text))
                            and contrast(one.style) < (3 if one.style.dim else 4.5)
                        )  # fmt: skip

    asyncio.run(main())
    assert faint == []


def grab(app: Workbench) -> list[Text]:
    """What is on the screen, line by line, with its styles."""
    with patch.object(Console, "export_svg", lambda self, **_: self.export_text(styles=True)):
        return [Text.from_ansi(line) for line in app.export_screenshot().split("\n")]


def cut(line: Text) -> Iterator[Segment]:
    """The pieces of a line, each of one style."""
    return (one for one in line.render(Console(width=500, color_system="truecolor")) if one.text != "\n")


def describe_looks(lines: list[Text], app: Workbench) -> Iterator[str]:
    """The words of the transcript that are not set plainly: line, how, words."""
    region = app.transcript.region
    for number in range(region.y, region.bottom):
        for looks, pieces in groupby(
            cut(lines[number][region.x : region.right]), key=lambda one: name_looks(one.style)
        ):
            words = "".join(piece.text for piece in pieces).strip()
            if looks and words:
                yield f"{number + 1:>3} {looks}: {words}"


def name_looks(style: Style | None) -> str:
    """How words are set, whatever their colours."""
    names = ("bold", "italic", "underline", "dim", "reverse")
    return " ".join(name for name in names if style and getattr(style, name))


def contrast(style: Style) -> float:
    """The ratio of the luminances of words and ground."""
    pair: list[Any] = [style.color, style.bgcolor]
    if not all(pair):
        return 21.0
    lights = sorted(luminance(*one.get_truecolor()) for one in pair)
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(*colour: int) -> float:
    """Relative luminance, 0 to 1."""
    linear = (c / 12.92 if (c := part / 255) <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for part in colour)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
