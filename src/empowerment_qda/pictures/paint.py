"""How a state looks: a colour, and a pattern that is there without the colour too."""

from __future__ import annotations

from empowerment_qda.model.display import State
from empowerment_qda.pictures.canvas import EMPTY, PAINT, Sheet, tint

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
