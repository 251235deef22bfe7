"""Files that others change while the workbench is open: noticed before anything is done, shown anew, and said."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from empowerment_qda.coding import Accept, Add
from empowerment_qda.coding.cursor import SIZES, Cursor, TextUnits
from empowerment_qda.files import lock as watch
from empowerment_qda.files import yaml_edit
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import parse_file, read_study
from empowerment_qda.model.source import Source, Span
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.app import Workbench
from empowerment_qda.workbench.dialogs import AskText, Halt
from empowerment_qda.workbench.reconciliation_round import Round
from empowerment_qda.workbench.session import Session
from kit import write_study
from kit_desk import Clock

from .keyboard import Keyboard, off_screen
from .screen import LONG, STUDY, mine, pairs, run, said, shown, typed, value_of

HEAD = "data/interviews/H-01.yaml"
REPEAT = "Nothing was done: look, and repeat it."
OWN = (
    "source: H-01\ncoder: second\ncodings:\n  - {id: S1, code: training-rare, turn: 2, quote: Owners come}\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


@pytest.fixture
def session(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(watch, "MINUTE", 0)
    study = read_study(root)
    with Desk.open(root, study, "second", Clock()) as desk:
        yield Session(desk, study.sources)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


# What is noticed


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (HEAD, "digital training", "digital trainings"),
        ("data/interviews/L-01.yaml", "Nothing.", "Nothing at all."),
        ("codebook.yaml", "training-rare", "training-seldom"),
        ("codings/auto/L-01.yaml", "training-rare", "training-provided"),
        ("qda.yaml", "language: en", "language: id"),
    ],
)
def test_what_is_worked_on_is_shown_anew_before_anything_is_done(
    root: Path, session: Session, path: str, old: str, new: str
) -> None:
    assert session.catch_up() is None
    edit(root, path, old, new)
    assert session.catch_up() == f"{path} was changed elsewhere and is shown anew. {REPEAT}"
    assert session.catch_up() is None
    fresh = read_study(root)
    assert session.sources == fresh.sources
    assert session.desk.codebook == fresh.codebook
    assert session.language == fresh.settings.language


def test_a_file_that_says_the_same_is_no_news(root: Path, session: Session) -> None:
    for path in (HEAD, "codebook.yaml", "codings/auto/H-01.yaml"):
        (root / path).write_bytes((root / path).read_bytes() + b"# x\n")
    assert session.catch_up() is None


def test_what_the_session_writes_itself_is_no_news(root: Path, session: Session) -> None:
    mark = next(one for one in session.shown if one.state == "suggested")
    for do in (
        lambda: session.act(Accept("H-01", mark.coding)),
        lambda: session.undo(),
        lambda: session.desk.define("awareness", {"id": "x", "definition": "X", "memo": "why", "origin": "inductive"}),
        lambda: session.write_memo({"kind": "theoretical", "links": ["x"]}, "So."),
        lambda: session.act(Add("H-01", mark.span, "x")),
    ):  # fmt: skip
        do()
        assert session.catch_up() is None
    assert session.memos[-1].text == "So."


def test_what_other_coders_do_stops_nobody(root: Path, session: Session) -> None:
    edit(root, "codings/first/H-01.yaml", "training-provided", "training-rare")
    (root / "memos").mkdir()
    (root / "memos/M01.md").write_text("---\nid: M01\nlinks: [H-01]\n---\nSo.\n")
    assert session.catch_up() == ""
    assert [one.id for one in session.memos] == ["M01"]
    assert session.notes() == []
    session.others = True
    edit(root, "codings/first/H-01.yaml", "training-rare", "training-provided")
    assert session.catch_up() == ""
    assert session.notes() == ["Other coders changed codings/first/H-01.yaml; shown as it is now."]
    assert "training-provided" in [one.coding.code for one in session.shown if one.state == "other"]


def test_in_a_round_the_coders_are_worked_on(root: Path) -> None:
    (root / "codings/second").mkdir()
    (root / "codings/second/H-01.yaml").write_text(OWN)
    study = read_study(root)
    with Desk.open(root, study, "consensus", Clock()) as desk:
        session = Round(desk, study.sources, ("first", "second"))
        session.catch_up()
        before = {(one.source, one.turn, one.disputed) for one in session.disagreements}
        edit(root, "codings/second/H-01.yaml", "training-rare", "awareness")
        assert (session.catch_up() or "").startswith("codings/second/H-01.yaml was changed elsewhere")
        after = {(one.source, one.turn, one.disputed) for one in session.disagreements}
        (root / "codings/second/H-01.yaml").unlink()
        for _ in range(2):
            with pytest.raises(StudyError, match="second"):
                session.catch_up()
        (root / "codings/second/H-01.yaml").write_text(OWN)
        assert session.catch_up()
    assert before != after


def test_own_codings_and_log_may_go_back_to_what_they_were(root: Path, session: Session) -> None:
    """As `git checkout` does."""
    files = [root / "codings/second" / name for name in ("H-01.yaml", "log.jsonl")]
    mark = next(one for one in session.shown if one.state == "suggested")
    session.act(Accept("H-01", mark.coding))
    kept = [one.read_bytes() for one in files]
    session.act(Add("H-01", mark.span, "training-rare"))
    for file, content in zip(files, kept, strict=True):
        file.write_bytes(content)
    assert (session.catch_up() or "").startswith("codings/second/H-01.yaml was changed elsewhere")
    assert [one.coding.code for one in session.shown if one.own] == ["training-provided"]
    assert "training-provided" in session.undo()[1]
    assert mine(root, "H-01") == ()


def test_sources_come_and_go(root: Path, session: Session) -> None:
    session.open(1)
    assert session.source.id == "L-01"
    (root / HEAD).unlink()
    (root / "data/interviews/A-01.yaml").write_text(
        dedent(LONG).replace("id: L-01", "id: A-01"), encoding="utf-8"
    )
    assert (session.catch_up() or "").startswith(
        "data/interviews/A-01.yaml and data/interviews/H-01.yaml were"
    )
    assert [one.id for one in session.sources] == ["A-01", "L-01", "O-01"]
    assert session.source.id == "L-01"
    (root / "data/interviews/L-01.yaml").unlink()
    session.catch_up()
    assert session.source.id == "O-01"


def test_where_no_source_is_left_nothing_breaks(root: Path) -> None:
    study = read_study(root)
    with Desk.open(root, study, "second", Clock()) as desk:
        session = Session(desk, study.sources[:1])
        content = (root / HEAD).read_bytes()
        (root / HEAD).unlink()
        for _ in range(2):
            with pytest.raises(StudyError, match="no source of this session is left"):
                session.catch_up()
        with pytest.raises(StudyError):
            session.act(Add("H-01", Span(2, 0, 2, 7), "training-rare"))
        (root / HEAD).write_bytes(content)
        assert session.catch_up()
        session.act(Add("H-01", Span(2, 0, 2, 7), "training-rare"))


def test_codings_of_somebody_else_in_ones_own_folder_are_refused_until_mended(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "end")
        path = root / "codings/second/L-01.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(OWN.replace("H-01", "L-01").replace("second", "third"))
        edit(root, "data/interviews/L-01.yaml", '"Nothing."}', '"No."}')
        for _ in range(2):
            await typed(pilot, "u", "up", "down")
            assert "he file says source `L-01` and coder `third`" in said(app)
            assert any("Nothing." in line for line in shown(app))
        path.unlink()
        await typed(pilot, "u")
        assert any("No." in line for line in shown(app))

    off_screen(root, body, sources=("L-01",))


def test_what_was_written_while_the_program_started_is_looked_at_again(root: Path) -> None:
    study = read_study(root)
    with Desk.open(root, study, "second", Clock()) as desk:
        edit(root, HEAD, "digital training", "digital trainings")
        session = Session(desk, study.sources)
        assert (session.catch_up() or "").startswith(HEAD)


# What is read

OPENED: list[str] = []
"""The files that were opened since a test emptied it."""
HOOKED: list[bool] = []


def listen(event: str, details: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(details[0], str | bytes):
        OPENED.append(os.fsdecode(details[0]))


def opened(root: Path) -> list[str]:
    """The names of the study's files that were opened since this was last asked."""
    names = [Path(one).name for one in OPENED]
    OPENED.clear()
    return [one for one in names if one.endswith((".yaml", ".md", ".jsonl"))]


def test_a_key_reads_no_file_that_did_not_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MINUTE", 0)
    monkeypatch.setattr(yaml_edit, "RECENT", 0)
    if not HOOKED:
        sys.addaudithook(listen)
        HOOKED.append(True)

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(
            pilot, "n", "n", "u", "right_square_bracket", "right_square_bracket", "right_square_bracket"
        )
        opened(root)
        for key in (
            "down",
            "n",
            "u",
            "p",
            "b",
            "b",
            "f",
            "escape",
            "right_square_bracket",
            "w",
            "escape",
            "l",
        ):
            await typed(pilot, key)
            assert opened(root) == [], key
        await typed(pilot, "escape", "home", "n")
        opened(root)
        await typed(pilot, "a")
        assert set(opened(root)) <= {"H-01.yaml", "log.jsonl"}
        await typed(pilot, "down")
        opened(root)
        await typed(pilot, "n", "up")
        assert opened(root) == []
        edit(root, "codings/auto/L-01.yaml", "training-rare", "training-provided")
        opened(root)
        await typed(pilot, "n")
        assert "L-01.yaml" in opened(root)

    off_screen(root, body, others=True)


# The cursor


@given(
    texts=st.lists(st.text("ab c.\n", max_size=30), min_size=1, max_size=5),
    others=st.lists(st.text("ab c.\n", max_size=30), min_size=1, max_size=5),
    data=st.data(),
)
def test_a_cursor_always_stands_somewhere(texts: list[str], others: list[str], data: st.DataObject) -> None:
    old, new = (_source(one) for one in (texts, others))
    units = TextUnits(old)
    kind = data.draw(st.sampled_from(SIZES))
    anchor, head = (units.at(kind, turn, data.draw(st.integers(0, 30))) for turn in (1, len(texts)))
    span = TextUnits(new).follow(Cursor(anchor, head, kind), old, new).span
    assert 1 <= span.turn <= span.end_turn <= len(others)
    assert span[:2] <= span[2:]
    assert span.end <= len(new.turns[span.end_turn - 1].text)


def test_a_cursor_stays_on_its_words() -> None:
    old = _source(["So what?", "We saw it. We did not go there.", "Yes."])
    new = _source(["So what?", "Well.", "And?", "We saw it. We did not go there.", "Yes."])
    units = TextUnits(new)
    assert units.follow(Cursor.on(Span(2, 11, 2, 31), "sentence"), old, new).span == Span(4, 11, 4, 31)
    gone = units.follow(Cursor.on(Span(1, 0, 1, 15), "sentence"), _source(["Something else."]), new)
    assert gone.span == Span(1, 0, 1, 8)


def _source(texts: list[str]) -> Source:
    turns = [{"speaker": "A", "text": text or "-"} for text in texts]
    return parse_file(json.dumps({"id": "S", "informant": "A", "turns": turns}), "S.yaml", Source)


# On the screen


def test_a_key_does_nothing_to_words_that_nobody_has_seen(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        edit(root, HEAD, "We hold digital training every month.", "Well. We hold no digital training now.")
        await typed(pilot, "a")
        assert said(app) == f"! {HEAD} was changed elsewhere and is shown anew. {REPEAT}"
        assert pairs(root, "H-01") == []
        assert any("We hold no digital" in line for line in shown(app))
        await typed(pilot, "c", "'rare", "enter")

    run(root, body, sources=("H-01",))
    assert len(pairs(root, "H-01")) == 1


def test_what_is_typed_for_a_question_that_was_not_asked_is_no_command(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n")
        edit(root, HEAD, "month.", "week.")
        await typed(pilot, "c", "'rare", "enter")
        assert pairs(root, "H-01") == []
        assert len(app.screen_stack) == 1
        await typed(pilot, "c", "'rare", "enter")

    off_screen(root, body, sources=("H-01",))
    assert [one[0] for one in pairs(root, "H-01")] == ["training-rare"]


def test_what_was_typed_meanwhile_stays(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "n", "a", "m", "'A long thought")
        edit(root, HEAD, "month.", "week.")
        await typed(pilot, "enter")
        assert isinstance(app.screen, AskText)
        assert value_of(app) == "A long thought"
        assert mine(root, "H-01")[0].memo is None
        await typed(pilot, "enter")
        assert mine(root, "H-01")[0].memo == "A long thought"
        await typed(pilot, "M", "'And more")
        edit(root, HEAD, "week.", "day.")
        await typed(pilot, "ctrl+s")
        assert value_of(app) == "And more"
        await typed(pilot, "ctrl+s")

    off_screen(root, body, sources=("H-01",))
    assert [one.text for one in read_study(root).memos] == ["And more"]


def test_a_file_that_cannot_be_read_is_told_until_it_can(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        content = (root / "codebook.yaml").read_bytes()
        (root / "codebook.yaml").write_bytes(content + b"\n: [")
        for _ in range(2):
            await typed(pilot, "a", "down", "up")
            assert said(app).startswith("! codebook.yaml:")
            assert not (root / "codings/second/H-01.yaml").exists()
        await typed(pilot, "c", "'x", "escape")
        assert len(app.screen_stack) == 1
        (root / "codebook.yaml").write_bytes(content)
        await typed(pilot, "n", "a")

    run(root, body, sources=("H-01",))
    assert len(pairs(root, "H-01")) == 1


async def halt(app: Any, pilot: Any, keys: str) -> None:
    for key in keys:
        await typed(pilot, key)
        assert isinstance(app.screen, Halt)
        await typed(pilot, "'narcixq+b]", "ctrl+z", "down")
        assert isinstance(app.screen, Halt)
        assert (app.session.at, app.selection.cursor.span.turn, app.session.others) == (0, 1, False)
        await typed(pilot, "enter")
    await typed(pilot, "down")
    assert app.selection.cursor.span.turn == 2


def test_where_nothing_can_be_asked_what_is_typed_goes_nowhere(root: Path) -> None:
    run(root, lambda app, pilot: halt(app, pilot, "l"))
    off_screen(root, lambda app, pilot: halt(app, pilot, "lmdDk"))
    assert pairs(root, "H-01") == []


def test_keys_that_come_faster_than_a_question_opens_are_its_answer(root: Path) -> None:
    async def at_once(app: Workbench, pilot: Pilot[None], *keys: str) -> None:
        for key in keys:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(3):
            await pilot.pause()

    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n")
        await at_once(app, pilot, *"crare", "enter")
        assert pairs(root, "H-01") == [("training-rare", "accepted", "We hold digital training every month.")]
        await at_once(app, pilot, *"mxaz", "enter")
        assert mine(root, "H-01")[0].memo == "xaz"
        await at_once(app, pilot, *"mq", "escape")
        await at_once(app, pilot, "m", "enter")
        assert len(app.screen_stack) == 1
        await at_once(app, pilot, *"sxz")
        assert app.book.query_one(Input).value == "xz"

    run(root, body, sources=("H-01",))
    assert mine(root, "H-01")[0].memo == "xaz"


def test_a_new_code_is_not_thrown_away_by_one_escape(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "down", "plus", "'x", "tab", "tab", "tab", "'A long definition", "escape")
        assert app.screen.query_one("#definition", Input).value == "A long definition"
        await typed(pilot, "'!", "escape")
        assert len(app.screen_stack) == 2
        await typed(pilot, "escape")
        assert len(app.screen_stack) == 1

    run(root, body)


def test_escape_leaves_the_code_search_and_undo_means_nothing_there(root: Path) -> None:
    async def body(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "n", "a", "s", "'rare", "ctrl+z", "delete")
        assert len(mine(root, "H-01")) == 1
        await typed(pilot, "escape")
        assert app.focused is app.transcript
        assert app.book.query_one(Input).value == ""
        await typed(pilot, "s", "'rare", "enter", "escape", "x")

    run(root, body, sources=("H-01",))
    assert mine(root, "H-01") == ()


def test_a_session_opens_where_it_was_left(root: Path, tmp_path: Path) -> None:
    kept = tmp_path / "place.json"

    async def before(app: Workbench, pilot: Pilot[None]) -> None:
        await typed(pilot, "right_square_bracket", "full_stop", "down", "shift+right", "b")
        kept.write_text(json.dumps(app.place), encoding="utf-8")

    async def after(app: Workbench, pilot: Pilot[None]) -> None:
        assert json.loads(json.dumps(app.place)) == json.loads(kept.read_text(encoding="utf-8"))
        assert app.session.source.id == "L-01"

    async def elsewhere(app: Workbench, pilot: Pilot[None]) -> None:
        assert app.selection.cursor.span.turn == 1
        assert not app.session.others

    run(root, before)
    run(root, after, kept=kept)
    run(root, elsewhere, kept=kept, sources=("H-01",))
    kept.write_text('{"source": "L-01", "others": true, "kind": "word", "ends": [[9, 1, 9, 2], [1]]}')
    run(root, elsewhere, kept=kept, sealed=True)
