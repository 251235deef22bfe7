"""A reconciliation round: what its keys leave on disk, and what is counted as settled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from agree_kit import STUDY, R, T, codings
from empowerment_qda.agreement.compare import agree_coders
from empowerment_qda.agreement.disagreements import find_coded_turns
from empowerment_qda.files import edit as folder_desk
from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import write_bytes
from empowerment_qda.problems import StudyError
from empowerment_qda.workbench.reconcile import Reconcile
from empowerment_qda.workbench.reconciliation_round import Round
from kit import write_study
from kit_desk import Clock

from . import keyboard
from .keyboard import Keyboard
from .screen import said, typed

Body = Callable[[Reconcile, Pilot[None]], Awaitable[None]]
WIDE = "We train. All come.\nOnce only.\nI went in."
OURS = [("training-provided", "accepted", "We train."), ("training-provided", "accepted", "I went in.")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_study(tmp_path, STUDY)


def run(root: Path, body: Body, coders: tuple[str, ...] = ("a", "b"), sources: tuple[str, ...] = ()) -> None:
    """Open a round on a study as `consensus` and do something with it."""

    async def main() -> None:
        study = read_study(root)
        chosen = [study.by_id[one] for one in sources] or study.sources
        with Desk.open(root, study, "consensus", Clock()) as desk:
            app = Reconcile(desk, chosen, coders)
            async with app.run_test(size=(120, 40)) as pilot:
                await pilot.pause()
                await body(app, pilot)

    asyncio.run(main())


def off_screen(
    root: Path, body: Any, coders: tuple[str, ...] = ("a", "b"), sources: tuple[str, ...] = ()
) -> None:
    """The same without a screen."""
    keyboard.off_screen(root, body, coder="consensus", coders=coders, sources=sources)


def press(root: Path, *keys: str, coders: tuple[str, ...] = ("a", "b")) -> tuple[str, str]:
    """Press keys, without a screen; what was told last, and the line of the round."""
    seen: list[str] = []

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, *keys)
        seen.extend([said(app), said(app, "round")])

    off_screen(root, body, coders)
    return seen[0], seen[1]


def kept(root: Path, source: str = "S-01") -> list[tuple[str, str, str]]:
    """Code, status and words of what `consensus` has on disk."""
    found = [one for one in read_study(root).codings if (one.coder, one.source) == ("consensus", source)]
    return [(one.code, one.status, one.quote) for file in found for one in file.codings]


def memos(root: Path) -> list[str | None]:
    """The memos of what `consensus` has."""
    return [
        one.memo for file in read_study(root).codings if file.coder == "consensus" for one in file.codings
    ]


def test_it_opens_at_the_first_disagreement_with_both_sides(root: Path) -> None:
    async def body(app: Reconcile, pilot: Pilot[None]) -> None:
        assert said(app, "round") == (
            "Disagreement 1 of 1, 0 settled · S-01#3 · to decide: training-provided, training-rare"
        )
        assert said(app, "side-0") == "1 a\n≠ training-rare\n  “Once only.”"
        assert said(app, "side-1") == "2 b\n≠ training-provided\n  “Once only.”"
        assert said(app, "side-2") == "consensus\nto decide: training-provided, training-rare"
        assert app.selection.cursor.span.turn == 3
        assert {(one.coder, one.state) for one in app.session.shown} == {("a", "other"), ("b", "other")}
        await typed(pilot, "up")
        assert said(app, "round") == "1 disagreement, 0 settled · none in this turn"
        assert said(app, "side-0") == "1 a\n= training-provided"
        await typed(pilot, "question_mark")
        assert len(app.screen_stack) == 2

    run(root, body)


def test_a_coders_codings_are_taken_over_and_the_others_rejected(root: Path) -> None:
    told, line = press(root, "2")
    assert told == "S-01#3 as b has it."
    assert line == "Disagreement 1 of 1, 1 settled · S-01#3 · settled"
    assert kept(root) == [
        ("training-provided", "accepted", "Once only."),
        ("training-rare", "rejected", "Once only."),
    ]
    assert memos(root) == ["taken over from b", "not taken over from a"]
    log = (root / "codings/consensus/log.jsonl").read_text("utf-8").splitlines()
    assert ['"action": "add"' in line or '"action":"add"' in line for line in log] == [True, False]
    assert press(root, "2")[0] == "That is decided so already."


def test_a_change_of_mind_leaves_one_decision_for_each_code(root: Path) -> None:
    press(root, "2", "1")
    assert sorted(kept(root)) == [
        ("training-provided", "rejected", "Once only."),
        ("training-rare", "accepted", "Once only."),
    ]


def test_one_undo_takes_a_whole_key_back(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "1", "z")
        assert kept(root) == []
        assert "0 settled" in said(app, "round")
        await typed(pilot, "y")
        assert len(kept(root)) == 2
        assert "1 settled" in said(app, "round")
        await typed(pilot, "z", "z")
        assert said(app) == "Nothing is left to undo."

    off_screen(root, body)
    press(root, "1")
    assert press(root, "z")[0] == "undo of reject and add: 2 codings in S-01"  # a session later, too
    assert kept(root) == []


def test_coding_anew_and_rejecting_the_rest_settles_it(root: Path) -> None:
    _, line = press(root, "c", "'rare", "enter")
    assert line.endswith("0 settled · S-01#3 · to decide: training-provided")
    told, line = press(root, "0")
    assert told == "S-01#3: rejected training-provided."
    assert "1 settled" in line
    assert kept(root) == [
        ("training-rare", "accepted", "Once only."),
        ("training-provided", "rejected", "Once only."),
    ]
    assert press(root, "N")[0] == "Every disagreement is settled; A takes over what all agree on."
    assert press(root, "n")[0] == "Settled."


def test_what_all_agree_on_is_taken_over_with_one_key(root: Path) -> None:
    told, line = press(root, "A")
    assert told == "2 codings taken over that a and b agree on."
    assert "0 settled" in line
    assert kept(root) == OURS
    assert memos(root) == ["a and b agree"] * 2
    assert len((root / "codings/consensus/log.jsonl").read_text("utf-8").splitlines()) == 2
    assert press(root, "A")[0] == "Nothing is left that a and b agree on."


def test_the_result_agrees_with_the_coder_who_was_followed(root: Path) -> None:
    press(root, "A", "2")
    found = agree_coders(read_study(root), ["b", "consensus"])
    assert (found.disagreements, found.overall["percent"].value) == ((), 1)


def test_a_single_coding_is_accepted_or_rejected(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "a")
        ((code, status, _),) = kept(root)
        assert status == "accepted"
        await typed(pilot, "o", "o", "r")
        assert {one: state for one, state, _ in kept(root)}[code] == "accepted"
        assert "1 settled" in said(app, "round")

    off_screen(root, body)
    assert sorted(state for _, state, _ in kept(root)) == ["accepted", "rejected"]


def test_own_codings_are_decided_on_as_always(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "1", "r")
        assert {one: state for one, state, _ in kept(root)}["training-rare"] == "rejected"
        await typed(pilot, "full_stop", "full_stop", "c", "'rare", "enter", "r")
        assert kept(root)[-1] == ("training-rare", "rejected", "No answer.")
        await typed(pilot, "a")
        assert kept(root)[-1] == ("training-rare", "accepted", "No answer.")
        assert said(app, "side-2") == "consensus\n✓ training-rare"

    off_screen(root, body)


def test_a_coding_of_an_agreed_turn_can_be_rejected_too(root: Path) -> None:
    press(root, "up", "o", "r")
    assert kept(root)[0][1] == "rejected"
    assert press(root, "A")[0].startswith("1 coding taken over")


def test_passages_over_several_turns(tmp_path: Path) -> None:
    """a has one passage over turns 2-4, b has turn 2 apart: only turns 3 and 4 are disputed."""
    wide = f"{T}, turn: 2-4, quote: {WIDE!r}, strength: inferred, event_date: 2022-09, direction_note: yes, memo: why"
    wide = wide.replace("'", '"')
    study = STUDY | {
        "codings/a/S-01.yaml": codings("a", "S-01", wide),
        "codings/b/S-01.yaml": codings("b", "S-01", f"{T}, turn: 2, quote: We train."),
    }
    root = write_study(tmp_path, study)
    told, line = press(root, "2", "A")
    assert line.startswith("Disagreement 1 of 2, 1 settled · S-01#3")
    assert kept(root) == [
        ("training-provided", "rejected", "Once only."),
        ("training-provided", "accepted", "We train."),
    ]
    assert told == "1 coding taken over that a and b agree on."
    # ... and then a's after all: the passage decides turn 4 as well
    _, line = press(root, "n", "1")
    assert "2 settled" in line
    assert ("training-provided", "accepted", WIDE) in kept(root)
    made = next(
        one
        for file in read_study(root).codings
        if file.coder == "consensus"
        for one in file.codings
        if one.quote == WIDE
    )
    assert (made.strength, str(made.event_date), made.direction_note) == ("inferred", "2022-09", "yes")
    assert made.memo == "taken over from a: why"
    # back to b in turn 3: the wide passage goes, turn 4 is open again
    _, line = press(root, "p", "2")
    assert "1 settled" in line
    assert ("training-provided", "accepted", WIDE) not in kept(root)


def test_what_reaches_into_a_disagreement_waits(tmp_path: Path) -> None:
    wide = f'{T}, turn: 2-3, quote: "We train. All come.\\nOnce only."'
    study = STUDY | {
        "codings/a/S-01.yaml": codings("a", "S-01", wide),
        "codings/b/S-01.yaml": codings("b", "S-01", wide),
        "codings/c/S-01.yaml": codings("c", "S-01", f'{T}, turn: 2-4, quote: "{WIDE}"'.replace("\n", "\\n")),
    }
    root = write_study(tmp_path, study)
    told, _ = press(root, "A", coders=("a", "c"))
    assert told == "1 coding taken over that a and c agree on."
    assert len(kept(root)) == 1
    other = write_study(tmp_path / "x", study | {"codings/a/S-01.yaml": codings("a", "S-01", f"{T}, turn: 2, quote: We train.")} | {
        "codings/b/S-01.yaml": codings("b", "S-01", wide), "codings/c/S-01.yaml": codings("c", "S-01", wide)})  # fmt: skip
    told, _ = press(other, "A", coders=("b", "c", "a"))
    assert told == "1 coding taken over that b, c and a agree on."
    stuck = write_study(tmp_path / "y", study | {
        "codings/a/S-01.yaml": codings("a", "S-01", wide),
        "codings/b/S-01.yaml": codings("b", "S-01", f'{T}, turn: 1-2, quote: "Do you train?\\nWe train."',),
        "codings/c/S-01.yaml": codings("c", "S-01", wide)})  # fmt: skip
    told, _ = press(stuck, "A", coders=("a", "c", "b"))
    assert told.startswith("1 coding taken over")


def test_agreement_waits_where_no_passage_is_free(tmp_path: Path) -> None:
    first = f'{T}, turn: 2-3, quote: "We train. All come.\\nOnce only."'
    second = f'{T}, turn: 3-4, quote: "Once only.\\nI went in."'
    root = write_study(tmp_path, STUDY | {
        "codings/a/S-01.yaml": codings("a", "S-01", first), "codings/b/S-01.yaml": codings("b", "S-01", second)})  # fmt: skip
    told, line = press(root, "A")
    assert (
        told
        == "Nothing is left that a and b agree on. 1 more wait for a disagreement that their words reach into."
    )
    assert line.startswith("Disagreement 1 of 2, 0 settled · S-01#2")
    press(root, "1", "A")
    assert [one[2] for one in kept(root)] == ["We train. All come.\nOnce only."]


def test_three_coders_and_the_machine(root: Path) -> None:
    told, line = press(root, "3", coders=("a", "b", "auto"))
    assert told == "S-01#3 as auto has it."
    assert {state for _, state, _ in kept(root)} == {"rejected"}
    assert line.startswith("Disagreement 1 of 2, 1 settled")


def test_what_cannot_be_done_is_said(root: Path) -> None:
    assert press(root, "5")[0] == "! There are 2 coders: a and b."
    assert press(root, "down", "down", "1")[0].startswith(("S-01#4", "! "))
    assert press(root, "N")[0].startswith("1, 2 … take over")
    assert press(root, "up", "0")[0] == "! No disagreement here: n goes to the next one."
    assert press(root, "home", "1")[0] == "! No disagreement here: n goes to the next one."


def test_who_has_not_coded_the_source_has_nothing_to_take_over(root: Path) -> None:
    study = STUDY | {"codings/c/S-02.yaml": codings("c", "S-02", f"{R}, turn: 2, quote: We all train.")}
    write_study(root, study)

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "p")
        assert "S-02#2" in said(app, "round")
        assert said(app, "side-1") == "2 b\nhas not coded this source"
        await typed(pilot, "2")
        assert said(app) == "b has not coded S-02."
        await typed(pilot, "n")
        assert app.session.source.id == "S-01"

    off_screen(root, body, ("a", "b", "c"))
    assert kept(root) == []


def test_no_disagreement_is_no_error(root: Path) -> None:
    assert press(root, "n", coders=("b", "auto"))[1]
    write_study(root, {"codings/a/S-01.yaml": STUDY["codings/b/S-01.yaml"].replace("coder: b", "coder: a")})
    told, line = press(root, "n")
    assert told == "a and b disagree on nothing here; A takes over what they agree on."
    assert line.startswith("a and b disagree on nothing here")


def test_the_place_stays_in_sight_when_the_sides_grow(root: Path) -> None:
    long = STUDY["data/interviews/S-01.yaml"].replace(
        "text: We train.", f"text: {'We wait. ' * 300}We train."
    )
    write_study(root, {"data/interviews/S-01.yaml": long})

    async def body(app: Reconcile, pilot: Pilot[None]) -> None:
        for key in ("home", "n", "2", "home", "A", "n"):
            await typed(pilot, key)
            await pilot.pause()
        view = app.transcript
        lines = [view.render_line(y).text for y in range(view.size.height)]
        assert any("Once only." in line for line in lines)

    run(root, body)


def test_only_the_sources_asked_for(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        assert app.round.disagreements == ()
        await typed(pilot, "A")

    off_screen(root, body, ("a", "b"), ("S-02",))
    assert kept(root) == []


def test_a_full_disk_keeps_what_was_done_before(root: Path) -> None:
    calls = 0

    def full(root: Path, path: str, content: bytes) -> bool:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device")
        return write_bytes(root, path, content)

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        with patch.object(folder_desk, "write_bytes", full):
            await typed(pilot, "A")
        assert said(app).startswith("! The disk refuses: No space left on device.")
        assert kept(root) == OURS[:1]
        with patch.object(folder_desk, "write_bytes", side_effect=OSError(28, "No space left on device")):
            await typed(pilot, "z")
        assert kept(root) == OURS[:1]
        await typed(pilot, "A")
        assert kept(root) == OURS

    off_screen(root, body)


def test_spots_are_the_turns_of_the_disagreements(root: Path) -> None:
    study = read_study(root)
    for coders in (["a", "b"], ["a", "b", "c"], ["b", "auto"]):
        turns = {(one.source, one.turn) for one in agree_coders(study, coders).disagreements}
        assert {(one.source, one.turn) for one in find_coded_turns(study, coders) if one.disputed} == turns


def test_an_unknown_coder_is_refused(root: Path) -> None:
    study = read_study(root)
    with Desk.open(root, study, "consensus", Clock()) as desk, pytest.raises(StudyError):
        Round(desk, study.sources, ["a", "nobody"])


def test_problems_of_the_decisions_are_gone_to_with_another_key(root: Path) -> None:
    lost = "codings:\n  - {code: training-rare, turn: 3, quote: nobody has ever said this}\n"
    write_study(root, {"codings/consensus/S-01.yaml": f"source: S-01\ncoder: consensus\n{lost}"})

    async def body(app: Reconcile, pilot: Pilot[None]) -> None:
        await typed(pilot, "P")
        assert said(app, "problem-text").startswith("Problem 1 of 1: lost · training-rare at S-01#3")
        await typed(pilot, "x")
        assert not app.query_one("#problem").display

    run(root, body)
    assert kept(root) == []


def test_a_code_that_changes_in_a_round_changes_in_what_the_coders_gave(root: Path) -> None:
    async def body(app: Keyboard, pilot: Keyboard) -> None:
        before = said(app, "round")
        assert "training-rare" in before
        await typed(pilot, "1", "p", "c", "'rare", "enter", "C", "n", "'seldom", "enter", "enter")
        assert said(app) == "Done: rename training-rare to seldom; z takes it back."
        assert any("seldom" in one.disputed for one in app.round.disagreements)
        assert not any("training-rare" in one.disputed for one in app.round.disagreements)
        await typed(pilot, "z", "enter")
        assert said(app) == "Taken back: rename training-rare to seldom."
        await typed(pilot, "z", "z")
        assert said(app, "round") == before

    off_screen(root, body)


def test_a_code_that_is_made_or_changed_in_a_round_is_a_step_to_undo(root: Path) -> None:
    book = (root / "codebook.yaml").read_bytes()

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        await typed(pilot, "1", "plus", "'Thrift", "enter", "E", "' held", "ctrl+s")
        assert said(app).startswith("redefine: ")
        await typed(pilot, "z", "z")
        assert (root / "codebook.yaml").read_bytes() == book
        assert said(app).startswith("undo of define: thrift")
        assert app.session.counts["accepted"] > 0
        await typed(pilot, "z")
        assert app.session.counts["accepted"] == 0

    off_screen(root, body)
