"""Times keys of the workbench, from the key to the painted screen, against the same key in an empty program.

A source of 2,000 turns with 3,000 codings under 300 codes, and one of a tenth of that: what a key costs must not grow
with what lies around it. Run it with `python benchmarks/workbench.py`; it is no part of the tests.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.files.write import format_yaml
from empowerment_qda.workbench.app import Workbench

CODES = 300
TIMES = 15
KEYS = {
    "word": ["right"], "sentence": ["down"], "turn": ["full_stop"], "page": ["pagedown"], "grow": ["shift+down"],
    "end and home": ["end", "home"], "other": ["o"], "next suggestion": ["n"], "next uncoded": ["u"], "next problem": ["p"],
    "picker, 1 letter": ["c", "1", "escape"], "code": ["down", "c", "1", "enter"], "accept": ["n", "a"],
    "inferred": ["i"], "undo": ["z"], "redo": ["y"], "find": ["f"],
}  # fmt: skip


def write_big(root: Path, turns: int, codings: int) -> None:
    """A study with one long interview and one short one."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(3_000)]
    said = [_say(chance, words) for _ in range(turns)]
    spoken = [
        {"speaker": "H" if at % 2 else "R", "text": ". ".join(one) + "."} for at, one in enumerate(said)
    ]
    book = [
        {"id": f"d{d}", "codes": [{"id": f"d{d}-{a}", "codes": [_code(d, a, c) for c in range(10)]} for a in range(6)]}
        for d in range(CODES // 60)
    ]  # fmt: skip
    own = [_coding(chance, said) for _ in range(codings)]
    auto = [one | {"status": "suggested", "why": "cue"} for one in own[: codings // 10]]
    strays = [one | {"turn": max(1, int(str(one["turn"])) - 2)} for one in own[:20]]
    files: dict[str, Any] = {
        "qda.yaml": {"title": "Big", "codebook": "book.yaml", "sources": {"interview": "data/*.yaml"}},
        "book.yaml": {"title": "Book", "version": "1.0", "codes": book},
        "data/H-01.yaml": {"id": "H-01", "informant": {"id": "H"}, "interviewer": "R", "turns": spoken},
        "data/H-02.yaml": {"id": "H-02", "informant": {"id": "H"}, "interviewer": "R", "turns": spoken[:10]},
        "codings/first/H-01.yaml": {
            "source": "H-01",
            "coder": "first",
            "codings": own[codings // 10 :] + strays,
        },
        "codings/auto/H-01.yaml": {"source": "H-01", "coder": "auto", "codings": auto},
    }
    for name, value in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(format_yaml(value), encoding="utf-8")


def _say(chance: random.Random, words: list[str]) -> list[str]:
    return [" ".join(chance.choices(words, k=chance.randint(6, 16))).capitalize() for _ in range(3)]


def _code(dimension: int, aspect: int, number: int) -> dict[str, Any]:
    return {
        "id": f"c{dimension}{aspect}{number}",
        "definition": "What belongs here.",
        "label": f"Code {number}",
    }


def _coding(chance: random.Random, said: list[list[str]]) -> dict[str, Any]:
    turn = 2 * chance.randrange(len(said) // 2) + 2
    code = f"c{chance.randrange(CODES // 60)}{chance.randrange(6)}{chance.randrange(10)}"
    return {"code": code, "turn": turn, "quote": chance.choice(said[turn - 1])}


async def press(pilot: Pilot[Any], keys: list[str]) -> float:
    """Seconds of processor time from the keys to the painted screen."""
    began = time.process_time()
    await pilot.press(*keys)
    await pilot.pause()
    return time.process_time() - began


async def time_empty() -> float:
    """The same for a key in a program that shows nothing."""
    async with App[None]().run_test(size=(150, 45)) as pilot:
        return statistics.median([await press(pilot, ["right"]) for _ in range(5 * TIMES)])


async def time_keys(turns: int, codings: int) -> tuple[float, dict[str, float]]:
    """Seconds until the screen stands, and for each key the median."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_big(root, turns, codings)
        study = read_study(root)
        with Desk.open(root, study, "first") as desk:
            began = time.process_time()
            app = Workbench(desk, study.sources)
            async with app.run_test(size=(150, 45)) as pilot:
                await pilot.pause()
                opened = time.process_time() - began
                app.searching.search.look_for("ab")
                found = {}
                for name, keys in KEYS.items():
                    await press(pilot, keys)
                    found[name] = statistics.median([await press(pilot, keys) for _ in range(TIMES)]) / len(
                        keys
                    )
                return opened, found


def main() -> None:
    """A line for each key: how many times the key of an empty program, with much around it and with little."""
    empty = asyncio.run(time_empty())
    little_open, little = asyncio.run(time_keys(200, 300))
    much_open, much = asyncio.run(time_keys(2_000, 3_000))
    print(
        f"a key in an empty program: 1; opening: {little_open / empty:.0f} (little), {much_open / empty:.0f} (much)"
    )
    print(f"{'key':>18} {'little':>8} {'much':>8} {'much/little':>12}")
    for name in KEYS:
        one, other = little[name] / empty, much[name] / empty
        print(f"{name:>18} {one:>8.1f} {other:>8.1f} {other / one:>12.2f}")


if __name__ == "__main__":
    main()
