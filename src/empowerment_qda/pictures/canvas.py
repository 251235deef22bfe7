"""A sheet measured in inches from its upper left corner, and what all pictures share.

Text is never mathematics or markup here, and every state has a sign beside its colour: pictures read in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from empowerment_qda.escape import inert_line

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
