"""Small screens, screens without colour, and words of every script: what is shown is what is meant."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

import hostile_kit
from empowerment_qda.model.source import Span
from empowerment_qda.text import inert
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.layout import clean
from kit import write_study
from safety.border import EVERY

from .screen import STUDY, mine, pairs, run, said, shown, typed

SCRIPTS = (
    "Kami 👩🏽‍🌾 senang 🙂 sekali.",
    "Cafe\u0301 a la carte, si\u0302!",
    "مرحبا بكم في السوق اليوم.",
    "我们每天存钱 很多。 漢字 かな。",
    "Satu\tdua\t\ttiga empat.",
    "ไปตลาด วันนี้ ทุกวัน",
    "नमस्ते दुनिया में स्वागत",
    "a\u200bb \u202ekanan\u202c kiri \x07bel",
)
TURNS = "\n".join(f"  - speaker: L\n    text: {json.dumps(one, ensure_ascii=False)}" for one in SCRIPTS)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


@pytest.mark.parametrize("size", [(60, 15), (40, 10), (30, 8)])
def test_on_a_small_screen_one_can_code_and_sees_what_is_meant(root: Path, size: tuple[int, int]) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        assert any("I joined" in line for line in shown(app))
        assert said(app, "status").startswith("▸ ? training-provided")
        assert cell_len(said(app, "status")) <= size[0] - 2
        assert app.transcript.size.width >= size[0] - 2
        await typed(pilot, "a", "s", "'rare", "enter")
        assert app.book.size.width >= size[0] - 2
        assert not app.part("left").display
        assert said(app, "keys") == "Enter Give it  Esc Back"
        await typed(pilot, "enter")
        assert app.focused is app.transcript
        assert any("I joined" in line for line in shown(app))
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert said(app, "status").startswith("L-01 (1 of 1)")
        await typed(pilot, "s")
        assert app.book in app.focused.ancestors

    run(root, body, sources=("L-01",), size=size)
    assert [one.code for one in mine(root, "L-01")] == ["training-provided", "training-rare"]


@pytest.mark.parametrize("size", [(20, 5), (9, 3), (1, 1)])
def test_a_screen_that_shows_next_to_nothing_breaks_nothing(root: Path, size: tuple[int, int]) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "p", "question_mark", "escape", "c", "escape", "plus", "escape", "m", "escape", "a")  # fmt: skip
        await pilot.resize_terminal(2, 2)
        await pilot.resize_terminal(100, 30)
        await typed(pilot, "z", "y")

    run(root, body, sources=("L-01",), size=size)
    assert pairs(root, "L-01") == [("training-provided", "accepted", "I joined training.")]


def test_without_colour_the_cursor_and_the_coding_in_hand_are_reversed(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        pieces = [piece for y in range(6) for piece in app.transcript.render_line(y) if piece.style]
        reversed_ = [piece.text for piece in pieces if piece.style and piece.style.reverse]
        assert reversed_ == ["I joined training.", "? training-provided"]

    with patch.dict("os.environ", {"NO_COLOR": "1"}):
        run(root, body, sources=("L-01",))


def cells_of(app: Workbench, span: Span) -> list[str]:
    """What stands on the screen in the cells of the cursor's colour, line by line."""
    view = app.transcript
    cursor = view.get_component_rich_style("transcript--cursor").bgcolor
    found = []
    for y in range(view.size.height):
        lit = [piece.text for piece in view.render_line(y) if piece.style and piece.style.bgcolor == cursor]
        if lit:
            found.append("".join(lit))
    return found


def test_the_cursor_stands_on_whole_words_of_every_script(root: Path) -> None:
    """Word by word: the words that are lit are the words that a code would go to; a click on them leads there."""
    write_study(root, {"data/interviews/U-01.yaml": f"id: U-01\ninformant: {{id: U, type: owner}}\nturns:\n{TURNS}\n"})  # fmt: skip

    async def stand_in(turn: int, app: Workbench, pilot: Pilot[None]) -> None:
        view, selection = app.transcript, app.selection
        text = app.session.source.turns[turn - 1].text
        seen: list[Span] = []
        selection.go(Span(turn, 0, turn, len(text)))
        selection.move("word", 1)
        while selection.cursor.span.turn == turn and selection.cursor.span not in seen:
            span = selection.cursor.span
            seen.append(span)
            words = text[span.start : span.end]
            assert "".join(cells_of(app, span)) == clean(words)
            assert app.desk.text("U-01").quote(span) == words
            assert view.plan
            line, column = view.plan.line_of(turn, span.start), cell_len(clean(text[: span.start]))
            assert view.plan.place_at(line, column) == (turn, span.start)
            selection.move("word", 1)
        assert len(seen) >= 2
        for span in (seen[0], seen[-1]):
            assert view.plan
            line, column = view.plan.line_of(turn, span.start), cell_len(clean(text[: span.start]))
            at = column + view.plan.gutter + 1, line - view.scroll_offset.y
            await pilot.mouse_down(view, offset=at)
            assert view.pressed == span
            await pilot.mouse_up(view)
        selection.go(seen[-1], "word")
        app.coding.give("training-rare")

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        for turn in range(1, len(SCRIPTS) + 1):
            await stand_in(turn, app, pilot)

    run(root, body, sources=("U-01",))
    assert [one.quote in said for one, said in zip(mine(root, "U-01"), SCRIPTS, strict=True)] == [True] * 8


@pytest.mark.parametrize("before", ["", EVERY * 3, "\x1b\x9b\x08" * 20 + "\u202e" * 200])
def test_no_part_of_the_screen_gives_orders_to_the_terminal(root: Path, before: str) -> None:
    odd = f"{before}\x1b]52;c;eA==\x07 \x9b2J \u202eolleh\u2066 \u200f\u2028"
    quoted = hostile_kit.quoted(odd)
    write_study(root, {
        "memos/M01.md": f"---\nid: M01\ntitle: {quoted}\nlinks: [L-01#1]\n---\n\n{odd}\n",
        "data/interviews/L-01.yaml": f"id: L-01\ninformant: {{id: L, type: owner}}\nturns:\n  - {{speaker: {quoted}, text: {quoted}}}\n",
        "codings/second/L-01.yaml": f"source: L-01\ncoder: second\ncodings:\n  - {{code: training-rare, turn: 1, memo: {quoted}}}\n",
        "codings/auto/L-01.yaml": "source: L-01\ncoder: auto\ncodings: []\n",
    })  # fmt: skip

    def painted(app: Workbench) -> str:
        lines = app.screen._compositor.render_strips()
        return "\n".join(segment.text for line in lines for segment in line if not segment.control)

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        seen = 0
        for keys in ((), ("m",), ("escape", "M"), ("escape", "escape", "N"), ("escape", "D")):
            await typed(pilot, *keys)
            for typing in (*app.screen.query(Input), *app.screen.query(TextArea)):
                setattr(typing, "text" if isinstance(typing, TextArea) else "value", odd)
            await pilot.pause()
            said = painted(app)
            assert inert(said) == said, keys
            seen += "]52;c;eA==" in said
        assert seen == 5

    run(root, body, sources=("L-01",))
