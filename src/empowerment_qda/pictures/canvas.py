"""A sheet measured in inches from its upper left corner, and what all pictures share: text that is measured and wrapped,
what states look like, the legend, and what stands around a picture.

Text is never mathematics or markup here, and every state has a sign beside its colour: pictures read in grey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.textpath import text_to_path

from empowerment_qda.labels import STANCES
from empowerment_qda.locale import msg, say
from empowerment_qda.model.display import SIGNS, Heading, State
from empowerment_qda.text import inert_line

PAINT = {"support": "#2b83ba", "limit": "#e66101", "neutral": "#8c8c8c"}
"""Blue and orange are told apart by people who do not tell red from green."""
INK, FAINT, LINE, EMPTY = "#111111", "#767676", "#bdbdbd", "#ececec"
WEAKEST, STRONGEST = 0.22, 0.6
HATCH = {"limit": "////", "neutral": "....", "no_data": "xx"}
MARGIN, KEY, GAP = 0.3, 0.3, 0.15
NARROWEST, LONGEST_LINE = 6.0, 9.0
BLOCK = 1.5
"""The widest label of a block."""
TITLE, BODY, SMALL = 12, 8, 7
"""Sizes of text in points."""
LEADING, SAFETY = 1.25, 1.05
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


class Sheet:
    """A figure of a fixed size on which shapes and text are put in inches, downwards from the top."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width, height), facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
        self.axes.axis("off")

    def text(self, x: float, y: float, words: str, size: float = 8, **look: Any) -> None:
        """One line of text; `y` is its middle unless `va` says otherwise."""
        look = {"va": "center", "ha": "left", "color": INK, **look}
        self.axes.text(x, y, inert_line(words), fontsize=size, parse_math=False, **look)

    def label(self, x: float, middle: float, lines: Sequence[str], size: float = 8, **look: Any) -> None:
        """Lines of text around a middle."""
        self.lines(x, middle - len(lines) * step(size) / 2, lines, size, **look)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 8, **look: Any) -> float:
        """Lines of text from `y` downwards; gives back where they end."""
        for number, line in enumerate(lines):
            self.text(x, y + (number + 0.5) * step(size), line, size, **look)
        return y + len(lines) * step(size)

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle."""
        self.axes.add_patch(Rectangle((x, y), width, height, **{"linewidth": 0, **look}))

    def circle(self, x: float, y: float, size: float, **look: Any) -> None:
        """A circle of a diameter."""
        self.axes.add_patch(Circle((x, y), size / 2, edgecolor=INK, linewidth=0.6, **look))

    def line(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """A line through points."""
        self.axes.plot(x, y, **{"color": LINE, "linewidth": 0.8, "solid_capstyle": "butt", **look})


Paint = Callable[[Sheet, float, float, float, float], None]
"""What paints something at x, y with a width and a height."""


def step(size: float) -> float:
    """The height of a line of text in inches; `size` is in points."""
    return size * LEADING / 72


@lru_cache(maxsize=20_000)
def measure(words: str, size: float) -> float:
    """The width of a line of text in inches, with what a renderer may add by fitting letters to dots."""
    width, *_ = text_to_path.get_text_width_height_descent(words, FontProperties(size=size), False)
    return float(width) / 72 * SAFETY


def widest(lines: Iterable[str], size: float) -> float:
    """The width of the widest line, 0 where there is none."""
    return max((measure(line, size) for line in lines), default=0)


def wrap(words: str, size: float, width: float, most: int = 99) -> list[str]:
    """Text in lines of at most so many inches; more lines than `most` end in an ellipsis."""
    lines: list[str] = []
    for word in inert_line(words).split():
        if lines and measure(longer := f"{lines[-1]} {word}", size) <= width:
            lines[-1] = longer
        else:
            lines += _break(word, size, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), size, width)]
    return lines


def _break(word: str, size: float, width: float) -> list[str]:
    """A word that is wider than a line, in pieces."""
    if measure(word, size) <= width:
        return [word]
    pieces = [""]
    for mark in word:
        if pieces[-1] and measure(pieces[-1] + mark, size) > width:
            pieces.append("")
        pieces[-1] += mark
    return pieces


def shorten(words: str, size: float, width: float) -> str:
    """Text on one line of at most so many inches, with an ellipsis where something is missing."""
    words = inert_line(words)
    if measure(words, size) <= width:
        return words
    while words and measure(words.rstrip() + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def tint(colour: str, strength: float) -> tuple[float, float, float]:
    """A colour mixed with white; black text stays legible on it up to a strength of 0.6."""
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def paint_state(
    sheet: Sheet, x: float, y: float, width: float, height: float, state: State, share: float = 0.5
) -> None:
    """A rectangle for a state; `share` (0 to 1) of the strongest colour."""
    strength = WEAKEST + (STRONGEST - WEAKEST) * share
    if state == "mixed":
        sheet.box(x, y, width, height, facecolor=tint(PAINT["support"], strength))
        corner = [(x, y + height), (x + width, y), (x + width, y + height)]
        limit, hatch = PAINT["limit"], HATCH["limit"]
        sheet.axes.add_patch(Polygon(corner, linewidth=0, facecolor=tint(limit, strength)))
        sheet.axes.add_patch(Polygon(corner, linewidth=0, facecolor="none", edgecolor=limit, hatch=hatch))
        return
    if state == "silent":
        sheet.box(x, y, width, height, facecolor="white", edgecolor=EMPTY, linewidth=0.5)
        return
    colour = tint(PAINT[state], strength) if state in PAINT else EMPTY
    sheet.box(x, y, width, height, facecolor=colour)
    if state in HATCH:
        pattern = PAINT.get(state, "#d0d0d0")
        sheet.box(x, y, width, height, facecolor="none", edgecolor=pattern, hatch=HATCH[state])


class Key(NamedTuple):
    """An entry of the legend: its words, and what paints its sample at x, y (width, height), if anything."""

    words: str
    paint: Paint | None = None

    @property
    def room(self) -> float:
        """What its sample takes."""
        return KEY + 0.08 if self.paint else 0.0


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
        Key(f"{SIGNS[state]}  {word(state, language)}", partial(paint_state, state=state))
        for state in SIGNS
        if state in present
    ]


def find_blocks(headings: Sequence[Heading]) -> Iterator[tuple[int, int, str]]:
    """Runs of headings in one block that has a label: start, end (exclusive), label."""
    end = 0
    for block, run in groupby(headings, key=lambda one: one.block):
        start, end = end, end + len(list(run))
        if block:
            yield start, end, block


def wrap_blocks(headings: Sequence[Heading], height: float) -> list[tuple[int, int, list[str]]]:
    """The blocks of rows of a height, their labels in as many lines as have room beside them."""
    return [
        (start, end, wrap(block, SMALL, BLOCK, max(1, int((end - start) * height / step(SMALL)))))
        for start, end, block in find_blocks(headings)
    ]


def compose(title: str, below: Iterable[str], body: Body) -> Figure:
    """The picture with its title, its legend and what is said below it."""
    inner = max(body.width, NARROWEST)
    reading = min(inner, LONGEST_LINE)
    head = wrap(title, TITLE, reading)
    said = [wrap(words, SMALL, reading) for words in below]
    keys = _place(body.keys, inner)
    legend = (keys[-1][1] + 1) * (KEY + 0.05) if keys else 0.0
    top = MARGIN + len(head) * step(TITLE) + GAP
    foot = top + body.height + GAP
    last = foot + legend + GAP + sum(len(lines) * step(SMALL) + 0.05 for lines in said)
    sheet = Sheet(inner + 2 * MARGIN, last + MARGIN)
    sheet.lines(MARGIN, MARGIN, head, TITLE, weight="bold")
    body.draw(sheet, MARGIN, top)
    for x, row, key in keys:
        y = foot + row * (KEY + 0.05)
        if key.paint:
            key.paint(sheet, MARGIN + x, y + 0.04, KEY, KEY - 0.08)
        sheet.text(MARGIN + x + key.room, y + KEY / 2, key.words, BODY)
    y = foot + legend + GAP
    for lines in said:
        y = sheet.lines(MARGIN, y, lines, SMALL, color=FAINT) + 0.05
    return sheet.figure


def _place(keys: Sequence[Key], width: float) -> list[tuple[float, int, Key]]:
    """Where each entry of the legend stands: x, and the line from 0."""
    placed: list[tuple[float, int, Key]] = []
    x, row = 0.0, 0
    for key in keys:
        needed = key.room + measure(key.words, BODY) + 0.25
        if x and x + needed > width:
            x, row = 0.0, row + 1
        placed.append((x, row, key))
        x += needed
    return placed
