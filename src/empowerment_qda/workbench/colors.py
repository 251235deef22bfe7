"""The colours of codes on a screen. Nothing is told by them alone: signs and names stand beside."""

from __future__ import annotations

from textual.color import BLACK, WHITE, Color

SWATCH = "■"
PALETTE = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#999999")
"""Colours to begin with: those of Okabe & Ito (2008), which people with any colour vision tell apart, and a grey."""
SEEN = 3.0
"""Contrast that a sign needs against what is behind it (WCAG 2, 1.4.11)."""


def make_seen(color: str, ground: str) -> str:
    """A colour as near to the given one as can be seen on a ground, both as `#RRGGBB`.

    >>> make_seen("#009E73", "#121212"), make_seen("#000000", "#121212")
    ('#009E73', '#666666')
    """
    wanted, behind = Color.parse(color), Color.parse(ground)
    away = max(WHITE, BLACK, key=lambda one: contrast(one, behind))
    tried = (wanted.blend(away, step / 10) for step in range(11))
    return next((one for one in tried if contrast(one, behind) >= SEEN), away).hex6


def contrast(one: Color, other: Color) -> float:
    """The ratio of the luminances of two colours, 1 to 21, as WCAG 2 measures it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized)  # fmt: skip
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
