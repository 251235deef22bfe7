"""A sheet measured in inches from its upper left corner, and what all pictures share.

Text is never mathematics or markup here, and every state has a sign beside its colour: pictures read in grey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from empowerment_qda.locale import msg, say
from empowerment_qda.model.display import SIGNS, State
from empowerment_qda.text import inert_line
from empowerment_qda.words import STANCES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


PAINT = {"support": "#2b83ba", "limit": "#e66101", "neutral": "#8c8c8c"}
"""Blue and orange are told apart by people who do not tell red from green."""
INK, FAINT, LINE, EMPTY = "#111111", "#767676", "#bdbdbd", "#ececec"
MARGIN = 0.3
LEADING = 1.25
SAFETY = 1.05
DASH = 0.06


class Sheet:
    """A figure of a fixed size on which shapes and text are put in inches, downwards from the top."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self.figure: Figure = Figure(figsize=(width, height), facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")

    def text(self, x: float, y: float, words: str, size: float = 8, **look: Any) -> None:
        """One line of text; `y` is its middle unless `va` says otherwise."""
        look = {"va": "center", "ha": "left", "color": INK, **look}
        self.axes.text(x, y, inert_line(words), fontsize=size, parse_math=False, **look)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = 8, **look: Any) -> float:
        """Lines of text from `y` downwards; gives back where they end."""
        for number, line in enumerate(lines):
            self.text(x, y + (number + 0.5) * step(size), line, size, **look)
        return y + len(lines) * step(size)

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle."""
        from matplotlib.patches import Rectangle

        self.axes.add_patch(Rectangle((x, y), width, height, **{"linewidth": 0, **look}))

    def shape(self, points: Sequence[tuple[float, float]], **look: Any) -> None:
        """A filled polygon."""
        from matplotlib.patches import Polygon

        self.axes.add_patch(Polygon(points, closed=True, **{"linewidth": 0, **look}))

    def dashes(self, starts: Sequence[tuple[float, float]], **look: Any) -> None:
        """Short strokes to the right of each point: silence, cheaper than as many texts."""
        from matplotlib.collections import LineCollection

        strokes = [[(x, y), (x + DASH, y)] for x, y in starts]
        self.axes.add_collection(LineCollection(strokes, **{"colors": FAINT, "linewidths": 0.8, **look}))

    def line(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """A line through points."""
        self.axes.plot(x, y, **{"color": LINE, "linewidth": 0.8, "solid_capstyle": "butt", **look})


def step(size: float) -> float:
    """The height of a line of text in inches; `size` is in points."""
    return size * LEADING / 72


@lru_cache(maxsize=20_000)
def measure(words: str, size: float) -> float:
    """The width of a line of text in inches, with what a renderer may add by fitting letters to dots."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    width, *_ = text_to_path.get_text_width_height_descent(words, FontProperties(size=size), False)
    return float(width) / 72 * SAFETY


def wrap(words: str, size: float, width: float, most: int = 99) -> list[str]:
    """Text in lines of at most so many inches; more lines than `most` end in an ellipsis."""
    lines: list[str] = []
    for word in inert_line(words).split():
        for piece in _break(word, size, width):
            longer = f"{lines[-1]} {piece}" if lines and piece == word else ""
            if longer and measure(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
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
    from matplotlib.colors import to_rgb

    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return red, green, blue


WEAKEST, STRONGEST = 0.22, 0.6
HATCH = {"limit": "////", "neutral": "....", "no_data": "xx"}


def paint_state(
    sheet: Sheet, x: float, y: float, width: float, height: float, state: State, share: float = 0.5
) -> None:
    """A rectangle for a state; `share` (0 to 1) of the strongest colour."""
    strength = WEAKEST + (STRONGEST - WEAKEST) * share
    if state == "mixed":
        sheet.box(x, y, width, height, facecolor=tint(PAINT["support"], strength))
        corner = [(x, y + height), (x + width, y), (x + width, y + height)]
        sheet.shape(corner, facecolor=tint(PAINT["limit"], strength))
        sheet.shape(corner, facecolor="none", edgecolor=PAINT["limit"], hatch=HATCH["limit"])
        return
    if state == "silent":
        sheet.box(x, y, width, height, facecolor="white", edgecolor=EMPTY, linewidth=0.5)
        return
    colour = tint(PAINT[state], strength) if state in PAINT else EMPTY
    sheet.box(x, y, width, height, facecolor=colour)
    if state in HATCH:
        pattern = PAINT.get(state, "#d0d0d0")
        sheet.box(x, y, width, height, facecolor="none", edgecolor=pattern, hatch=HATCH[state])


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
