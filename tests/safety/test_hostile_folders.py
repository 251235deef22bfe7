"""Folders as a stranger may send them, each against every command: nothing outside is read, written or run."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest
from typer.testing import CliRunner

from empowerment_qda.cli import app
from safety.border import make_world, run
from safety.folders import FOLDERS, Folder
from safety.orders import orders
from safety.repositories import GIT
from safety.texts import TEXTS

NO_TERMINAL = "code code --review --coder first"
NEEDS_HISTORY = {"codebook diff HEAD~1", "codebook diff HEAD --format md"}
STANDS_THERE = {
    "init",
    "codebook restore training-provided",
    "conclude --draft",
    "code undo --coder first",
    "code redo --coder first",
}
MAY_REFUSE = {NO_TERMINAL, *NEEDS_HISTORY, *STANDS_THERE}


@pytest.mark.parametrize("order", orders())
def test_each_command_does_its_work_in_a_sound_folder(order: str, tmp_path: Path) -> None:
    """What is tried on hostile folders is what the command does, and no refusal of its arguments."""
    world = make_world(tmp_path)
    assert run(world, order)[0] == []
    again = make_world(tmp_path / "again")
    with chdir(again.study):
        result = CliRunner().invoke(app, order.split())
    assert result.exit_code in (0, 1) or order in MAY_REFUSE, (
        f"say in orders.py what to give it: {result.stdout}{result.stderr}"
    )


@pytest.mark.parametrize("folder", [*FOLDERS, *TEXTS, *GIT], ids=lambda one: one.id)
def test_no_command_leaves_the_folder(folder: Folder, tmp_path: Path) -> None:
    """Every command ends in time with 0, 1 or 2 and in words; what is outside is as it was, and nobody has seen it."""
    wrong: list[str] = []
    world = None
    for number, order in enumerate(
        order for order in orders(folder.deep or bool(folder.only)) if folder.only in order
    ):
        if world is None:
            world = make_world(tmp_path / str(number))
            folder.make(world)
        found, changed = run(world, order)
        wrong += [f"qda {order}: {one}" for one in found]
        if found or changed:
            world = None
        if wrong and "did not end" in wrong[-1]:
            wrong.append("(the commands after this one were not tried)")
            break
    assert not wrong, "\n".join([folder.sentence, *wrong])
