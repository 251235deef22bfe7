"""What stands around every picture: title, legend, rule and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from empowerment_qda.locale import msg, say
from empowerment_qda.model.display import SIGNS, State
from empowerment_qda.pictures.canvas import FAINT, MARGIN, Sheet, measure, step, wrap
from empowerment_qda.pictures.paint import paint_state
from empowerment_qda.words import STANCES

TITLE, BODY, SMALL = 12, 8, 7
KEY, GAP = 0.3, 0.15
NARROWEST, LONGEST_LINE = 6.0, 9.0
WORDS = {
    "support": msg("supports"),
    "limit": msg("limits"),
    "mixed": STANCES["mixed"],
    "neutral": msg("neutral"),
    "silent": STANCES["silent"],
    "no_data": STANCES["no_data"],
    "darker": msg("darker: more informants"),
    "overlap": msg("passages overlap"),
    "turn": msg("only in the same turn"),
    "number": msg("number on a link: turns, where more than one"),
    "strongest": msg("drawn: links of {least} turns and more; {n} weaker ones stand in the table"),
    "bars": msg("length: segments; at the end: informants/segments"),
}


Paint = Callable[[Sheet, float, float, float, float], None]


class Caption(Protocol):
    """What stands around a picture; a display has it."""

    @property
    def title(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def notes(self) -> Sequence[str]: ...


class Key(NamedTuple):
    """An entry of the legend: its words, and what paints its sample at x, y (width, height), if anything."""

    words: str
    paint: Paint | None = None


@dataclass(frozen=True)
class Body:
    """The picture itself: its size in inches, and what draws it at x, y."""

    width: float
    height: float
    draw: Callable[[Sheet, float, float], None]
    keys: Sequence[Key]


def word(name: str, language: str) -> str:
    """A word of the legend in a language; English where there is none."""
    return say(WORDS[name], language)


def list_states(states: Iterable[State], language: str) -> list[Key]:
    """The legend of the states that occur."""
    present = set(states)
    return [
        Key(
            f"{SIGNS[state]}  {word(state, language)}",
            lambda sheet, x, y, w, h, state=state: paint_state(sheet, x, y, w, h, state),  # type: ignore[misc]
        )
        for state in SIGNS
        if state in present
    ]


def compose(caption: Caption, body: Body) -> Sheet:
    """The sheet with the picture and all that belongs to it."""
    inner = max(body.width, NARROWEST)
    reading = min(inner, LONGEST_LINE)
    title = wrap(caption.title, TITLE, reading)
    below = [wrap(words, SMALL, reading) for words in (caption.rule, *caption.notes)]
    keys = _place(body.keys, inner)
    legend = (keys[-1][1] + 1) * (KEY + 0.05) if keys else 0.0
    top = MARGIN + len(title) * step(TITLE) + GAP
    foot = top + body.height + GAP
    last = foot + legend + GAP + sum(len(lines) * step(SMALL) + 0.05 for lines in below)
    sheet = Sheet(inner + 2 * MARGIN, last + MARGIN)
    sheet.lines(MARGIN, MARGIN, title, TITLE, weight="bold")
    body.draw(sheet, MARGIN, top)
    for x, row, key in keys:
        y = foot + row * (KEY + 0.05)
        if key.paint:
            key.paint(sheet, MARGIN + x, y + 0.04, KEY, KEY - 0.08)
        sheet.text(MARGIN + x + _sample(key), y + KEY / 2, key.words, BODY)
    y = foot + legend + GAP
    for lines in below:
        y = sheet.lines(MARGIN, y, lines, SMALL, color=FAINT) + 0.05
    return sheet


def _sample(key: Key) -> float:
    """The room that a sample takes."""
    return KEY + 0.08 if key.paint else 0.0


def _place(keys: Sequence[Key], width: float) -> list[tuple[float, int, Key]]:
    """Where each entry of the legend stands: x, and the line from 0."""
    placed: list[tuple[float, int, Key]] = []
    x, row = 0.0, 0
    for key in keys:
        needed = _sample(key) + measure(key.words, BODY) + 0.25
        if x and x + needed > width:
            x, row = 0.0, row + 1
        placed.append((x, row, key))
        x += needed
    return placed
