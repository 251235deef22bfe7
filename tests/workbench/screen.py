"""A workbench without a terminal: keys go in, and what is on disk and on the screen is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from empowerment_qda.files.edit import Desk
from empowerment_qda.files.read import read_study
from empowerment_qda.model.coding import Coding
from empowerment_qda.workbench.app import Workbench
from kit import SMALL
from kit_desk import Clock

from .keyboard import Keyboard, lines_of, off_screen, say_part

LONG = """
    id: L-01
    informant: {id: L, type: owner}
    interviewer: R
    turns:
      - {speaker: R, text: "What did [b]you[/b] do?"}
      - {speaker: L, text: "I joined training. Later I joined the classes. It was only once. [laughs] 100% <ok>"}
      - {speaker: R, text: "And then?"}
      - {speaker: L, text: "Nothing."}
    """
AUTO_HEAD = """
    source: H-01
    coder: auto
    codings:
      - {code: training-provided, turn: 2, quote: We hold digital training every month., status: suggested, why: 'cue "training" on "training"'}
    """
AUTO_LONG = """
    source: L-01
    coder: auto
    codings:
      - {code: training-provided, turn: 2, quote: I joined training., status: suggested, why: 'cue "training"'}
      - {code: training-provided, turn: 2, quote: Later I joined the classes., status: suggested, why: 'cue "classes"'}
      - {code: training-rare, turn: 2, quote: It was only once., status: suggested, why: 'cue "only once"'}
    """
STUDY = SMALL | {
    "data/interviews/L-01.yaml": LONG,
    "codings/auto/H-01.yaml": AUTO_HEAD,
    "codings/auto/L-01.yaml": AUTO_LONG,
}
"""Sources H-01, L-01 and O-01, coded by `first`, with suggestions in the first two."""
OWN_HEAD = """
    source: H-01
    coder: second
    codings:
      - {id: S1, code: training-provided, turn: 2, quote: We hold digital training every month.}
    """
OWN_OWNER = """
    source: O-01
    coder: second
    codings:
      - {id: S2, code: training-provided, turn: 2, quote: "Yes, I joined their classes."}
      - {id: S3, code: training-rare, turn: 2, quote: "But it was only once, last year."}
    """
TWO_CODERS = STUDY | {"codings/second/H-01.yaml": OWN_HEAD, "codings/second/O-01.yaml": OWN_OWNER}
"""The same, coded by `second` too."""
Body = Callable[[Workbench, Pilot[None]], Awaitable[None]]


def run(
    root: Path,
    body: Body,
    *,
    coder: str = "second",
    sources: tuple[str, ...] = (),
    size: tuple[int, int] = (120, 40),
    others: bool = False,
    sealed: bool = False,
    suggestions: bool = True,
    kept: Path | None = None,
) -> None:
    """Open the workbench on a study and do something with it."""

    async def main() -> None:
        study = read_study(root)
        chosen = [study.by_id[one] for one in sources] or study.sources
        with Desk.open(root, study, coder, Clock()) as desk:
            app = Workbench(desk, chosen, others, sealed, suggestions)
            app.place_file = kept
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await body(app, pilot)

    asyncio.run(main())


def press(root: Path, *keys: str, sources: tuple[str, ...] = (), **how: Any) -> str:
    """Press keys, without a screen, and give back what was told last; as `typed` does."""
    told = ""

    async def body(app: Keyboard, pilot: Keyboard) -> None:
        nonlocal told
        await typed(pilot, *keys)
        told = said(app)

    off_screen(root, body, sources=sources, **how)
    return told


async def typed(pilot: Pilot[None] | Keyboard, *keys: str) -> None:
    """Press keys one after the other; `'abc` is pasted where a line is to be typed, else typed letter by letter."""
    if isinstance(pilot, Keyboard):
        pilot.press(*keys)
        return
    for key in keys:
        if len(key) > 2 and isinstance(pilot.app.focused, Input | TextArea) and key.startswith("'"):
            pilot.app.post_message(events.Paste(key[1:]))
            await pilot.pause()
            continue
        letters = ["space" if one == " " else one for one in key[1:]]
        await pilot.press(*(letters if key.startswith("'") else [key]))
    await pilot.pause()


def said(app: Workbench | Keyboard, part: str = "told") -> str:
    """The words in a part of the screen."""
    if isinstance(app, Keyboard):
        return say_part(app, part)
    return str(app.screen_stack[0].query_one(f"#{part}", Static).content)


def value_of(app: Workbench | Keyboard) -> str:
    """What is typed so far where a line or a text is asked for."""
    if isinstance(app, Keyboard):
        return app.typed[0]
    asked = app.focused
    return asked.text if isinstance(asked, TextArea) else asked.value if isinstance(asked, Input) else ""


def wrong_of(app: Workbench | Keyboard) -> str:
    """Why the question that is open could not take what was typed."""
    if isinstance(app, Keyboard):
        return app.wrong
    return str(app.screen.query_one("#wrong", Static).content)


def shown(app: Workbench | Keyboard) -> list[str]:
    """The lines of the transcript that are seen; without a screen, all of them."""
    if isinstance(app, Keyboard):
        return lines_of(app)
    view = app.transcript
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def mine(root: Path, source: str, coder: str = "second") -> tuple[Coding, ...]:
    """What the coder's file holds now."""
    found = [one for one in read_study(root).codings if (one.coder, one.source) == (coder, source)]
    return found[0].codings if found else ()


def pairs(root: Path, source: str, coder: str = "second") -> list[tuple[str, str, str]]:
    """Code, status and words of the coder's codings."""
    return [(one.code, one.status, one.quote) for one in mine(root, source, coder)]
