"""The transcript on the screen: what a line shows, what is drawn at all, and the mouse."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from empowerment_qda.coding.cursor import Cursor
from empowerment_qda.model.source import Span
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.layout import READING
from empowerment_qda.workbench.transcript import Transcript
from kit import CODEBOOK, write_study

from .keyboard import Keyboard, off_screen
from .screen import STUDY, mine, pairs, run, said, shown, typed

TURNS = "\n".join(
    f"      - {{speaker: L, text: 'Turn {n} says a little. Then some more.'}}" for n in range(1, 2001)
)
BIG = f"""
    id: B-01
    informant: {{id: B, type: owner}}
    turns:
{TURNS}
    """
LABELLED = CODEBOOK.replace(
    "- id: training-provided\n",
    """- id: training-provided
                label: {en: Training that was given}
                definition: {en: "Training that somebody gave and not only promised, whoever took part in it, for as long as it went on and wherever it was held."}
                use_when: {en: days are named}
                not_when: {en: it is only promised}
""",
)
TURN = "Turn {} says a little. Then some more."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def test_words_are_shown_as_they_were_said(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        lines = " ".join(" ".join(shown(app)).split())
        assert "What did [b]you[/b] do?" in lines
        assert "[laughs]" in lines
        assert "100%" in lines
        assert "<ok>" in lines

    off_screen(root, body, sources=("L-01",))


def test_signs_and_styles_tell_codings_apart_without_colour(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "a", "n", "r", "n", "c", "'prov", "enter", "home")
        lines = "\n".join(shown(app))
        for label in ("✓ training-provided", "? training-rare", "+1"):
            assert label in lines
        looks = {}
        for y in range(app.transcript.size.height):
            for piece in app.transcript.render_line(y):
                style = piece.style
                assert style
                looks[piece.text.strip()] = (
                    bool(style.bold),
                    bool(style.underline),
                    bool(style.dim),
                    bool(style.italic),
                )
        assert looks["I joined training."] == (True, False, False, False)
        (rejected,) = [look for words, look in looks.items() if words.startswith("Later")]
        assert rejected == (False, False, False, False)
        assert looks["It was only"] == (True, True, False, False)
        assert looks["And then?"] == (False, False, True, False)

    run(root, body, sources=("L-01",), size=(160, 40))


def test_overlapping_codings_are_to_be_seen(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "c", "'prov", "enter", "right", "right", "c", "'rare", "enter", "home")
        pieces = [piece for y in range(6) for piece in app.transcript.render_line(y)]
        (both,) = [piece for piece in pieces if piece.text == "joined"]
        assert both.style
        assert both.style.italic
        assert any("┃┃" in line for line in shown(app))
        await typed(pilot, "down", "o")
        assert app.selection.chosen
        assert app.selection.chosen.coding.code == "training-rare"
        assert "▸ ✓ training-rare" in said(app, "here")
        await typed(pilot, "x", "x")

    run(root, body, sources=("L-01",))
    assert pairs(root, "L-01") == []


def test_only_what_is_seen_is_drawn(root: Path) -> None:
    write_study(root, {"data/interviews/B-01.yaml": BIG})
    drawn: list[int] = []
    compose = Transcript.compose_line

    def count(self: Transcript, line: int, plan: object) -> object:
        drawn.append(line)
        return compose(self, line, plan)  # type: ignore[arg-type]

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        view = app.transcript
        assert view.plan
        assert view.plan.height >= 4000
        assert set(drawn) <= set(range(view.size.height + 1))
        drawn.clear()
        await typed(pilot, "down")
        assert 0 < len(drawn) <= 8
        drawn.clear()
        await typed(pilot, "end")
        assert len(drawn) <= view.size.height + 8
        drawn.clear()
        await typed(pilot, "c", "'rare", "enter")
        assert len(drawn) <= 2 * view.size.height
        await typed(pilot, "pageup", "pageup", "pagedown")
        assert app.selection.cursor.head.turn > 1900

    with patch.object(Transcript, "compose_line", count):
        run(root, body, sources=("B-01",))
    assert pairs(root, "B-01") == [("training-rare", "accepted", "Then some more.")]


def test_the_cursor_is_always_to_be_seen(root: Path) -> None:
    write_study(root, {"data/interviews/B-01.yaml": BIG})

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        view = app.transcript
        await typed(pilot, *["full_stop"] * 30)
        assert view.plan
        top = view.scroll_offset.y
        assert top < view.plan.line_of(31, 0) < top + view.size.height
        await typed(pilot, "slash", "'Turn 1500", "enter")
        assert any("Turn 1500" in line for line in shown(app))
        await pilot.resize_terminal(70, 30)
        await pilot.pause()
        assert any("Turn 1500" in line for line in shown(app))
        await typed(pilot, "right_square_bracket", "left_square_bracket")
        assert app.selection.cursor.head.turn == 1500

    run(root, body, sources=("B-01", "H-01"))


def test_growing_is_begun_and_ended(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "down", "v", "down")
        assert "growing passage in #2" in said(app, "status")
        await typed(pilot, "end", "v")
        assert app.selection.cursor.span == (2, 0, 4, 8)
        await typed(pilot, "escape")
        assert app.selection.cursor.span == (4, 0, 4, 8)
        assert "sentence in #4" in said(app, "status")

    off_screen(root, body, sources=("L-01",))


def test_the_mouse_stands_draws_and_takes_up(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        view = app.transcript
        assert view.plan
        left = view.plan.gutter + 1
        await pilot.click(view, offset=(left + 20, 2))
        assert app.selection.cursor.span == (2, 19, 2, 46)
        await pilot.mouse_down(view, offset=(left + 2, 2))
        await pilot.hover(view, offset=(left + 3, 2))
        assert app.selection.cursor.kind == "sentence"
        await pilot.hover(view, offset=(left + 12, 2))
        await pilot.mouse_up(view, offset=(left + 12, 2))
        assert app.selection.cursor.span == (2, 2, 2, 17)
        await pilot.hover(view, offset=(left + 30, 2))
        assert app.selection.cursor.span == (2, 2, 2, 17)
        await pilot.click(view, offset=(view.size.width - 6, 2))
        assert app.selection.chosen
        assert app.selection.cursor.span == app.selection.chosen.span == (2, 0, 2, 18)
        await pilot.click(view, offset=(left + 2, 20))
        assert app.selection.cursor.span == (4, 0, 4, 8)

    run(root, body, sources=("L-01",))


def test_a_second_click_takes_the_word_and_a_third_the_turn(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        view = app.transcript

        def cursor() -> Cursor:
            return app.selection.cursor

        assert view.plan
        left = view.plan.gutter + 1
        await pilot.double_click(view, offset=(left + 20, 2))
        assert cursor() == Cursor.on(Span(2, 19, 2, 24), "word")
        await pilot.click(view, offset=(left + 30, 2), shift=True)
        assert cursor().span == (2, 19, 2, 33)
        await pilot.triple_click(view, offset=(left + 20, 2))
        assert cursor() == Cursor.on(Span(2, 0, 2, 83), "turn")
        await pilot.click(view, offset=(left + 20, 2))
        assert cursor().kind == "sentence"
        for clicks in (1, 2):
            await pilot.click(view, offset=(2, 0), times=clicks)
            assert cursor() == Cursor.on(Span(1, 0, 1, 23), "turn")

    run(root, body, sources=("L-01",))


def test_words_stay_where_they_are_clicked(root: Path) -> None:
    write_study(root, {"data/interviews/B-01.yaml": BIG})

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        view = app.transcript
        assert view.plan
        last = (view.size.height - 1) // 2 * 2
        await pilot.double_click(view, offset=(view.plan.gutter + 2, last))
        assert view.scroll_offset.y == 0
        assert app.selection.cursor == Cursor.on(Span(last // 2 + 1, 0, last // 2 + 1, 4), "word")

    run(root, body, sources=("B-01",))


def test_a_second_click_on_a_coding_accepts_it_or_opens_its_memo(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        margin = app.transcript.size.width - 6, 2
        await pilot.double_click(app.transcript, offset=margin)
        await pilot.pause()
        assert pairs(root, "L-01") == [("training-provided", "accepted", "I joined training.")]
        await pilot.click(app.transcript, offset=margin)
        assert len(app.screen_stack) == 1
        await pilot.double_click(app.transcript, offset=margin)
        await typed(pilot, "'so", "enter")
        assert mine(root, "L-01")[0].memo == "so"
        await pilot.click("#keys", offset=(said(app, "keys").index("Remove") + 1, 0))
        await pilot.pause()

    run(root, body, sources=("L-01",))
    assert mine(root, "L-01") == ()


def test_a_narrow_screen_keeps_the_signs(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        assert any(line.endswith("┊ ?") for line in shown(app))

    run(root, body, sources=("L-01",), size=(58, 24))


def test_a_terminal_of_80_by_24_shows_codes_and_what_they_mean(root: Path) -> None:
    write_study(root, {"codebook.yaml": LABELLED})

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        assert any(line.endswith("? training-provided") for line in shown(app))
        assert said(app, "strip").splitlines() == [
            "▸ ? training-provided  Training that was given",
            "  ? training-provided  Training that was given  +1",
            "Training that somebody gave and not only promised, whoever took part in it,",
            "for as long as it went on and wherever it was held. Use when: days are named …",
        ]
        strip, keys = app.part("strip"), app.part("keys")
        assert (strip.region.y, strip.size.height) == (16, 4)
        assert keys.region.y == 23
        assert said(app, "keys") == "c Code  a Accept  r Reject  k Recode  n Next ?  z Undo  ? Keys  q Quit"
        await typed(pilot, "down", "down", "down", "down")
        assert said(app, "strip") == "No coding in this turn."
        assert said(app, "keys") == "c Code  n Next ?  u Uncoded  / Find  z Undo  + New code  ? Keys  q Quit"
        await pilot.resize_terminal(120, 30)
        await pilot.pause()
        assert not strip.display
        assert app.part("right").display

    run(root, body, sources=("L-01",), size=(80, 24))


@pytest.mark.parametrize(
    ("width", "beside"), [(104, False), (160, False), (180, True), (220, True), (400, True)]
)
def test_a_wide_terminal_is_used_and_lines_stay_short_enough_to_read(
    root: Path, width: int, beside: bool
) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        assert app.transcript.plan
        assert 36 <= app.transcript.plan.width <= READING
        book, about, left = app.book.region, app.part("about").region, app.part("left").region
        assert (book.right <= about.x) == beside
        assert (about.y >= book.bottom) == (not beside)
        assert about.right >= width - 1
        assert about.width <= 90
        assert left.width >= about.width

    run(root, body, sources=("L-01",), size=(width, 40))


def test_the_codebook_of_a_narrow_screen_stands_in_the_place_of_the_transcript(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "s")
        assert app.book.size.width >= 76
        assert "Means" in said(app, "meaning")
        await typed(pilot, "escape")
        assert app.focused is app.transcript
        assert app.transcript.size.width >= 76
        await typed(pilot, "s", "'rare", "enter", "M")
        assert app.screen.links == ["training-rare"]  # type: ignore[attr-defined]
        await typed(pilot, "escape", "u")
        assert app.focused is app.transcript
        await typed(pilot, "s")
        await pilot.resize_terminal(120, 30)
        assert app.transcript.display
        assert app.is_in_book()
        await typed(pilot, "n")
        assert app.is_in_book()

    run(root, body, sources=("L-01",), size=(80, 24))


def test_the_cursor_stays_at_the_ends(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "up", "left", "comma", "home", "end", "down", "pagedown")
        assert said(app).startswith("Ready")

    run(root, body)
