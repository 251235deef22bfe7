"""How good a coefficient is said to be, how it is written, what its units are called, and the caveat beside it.

Bands are conventions, not tests: print the coefficient, its units, prevalence and interval first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from empowerment_qda.locale import msg, msg_of, msg_of_in, say, say_number

RARE = 0.1


@dataclass(frozen=True, slots=True)
class Scale:
    """Bands from the highest down, each with its lower bound; the last takes all that is left.

    `of` names the coefficients that they were made for: AC1 of .899 beside a kappa of .256 is no "reliable" coding.
    """

    name: str
    bands: tuple[tuple[float, str], ...]
    bound_included: bool
    of: frozenset[str]


KRIPPENDORFF = Scale(  # Content Analysis (2004), p. 241
    "krippendorff",
    (
        (0.8, msg("reliable")),
        (0.667, msg("tentative")),
        (float("-inf"), msg("unreliable")),
    ),
    bound_included=True,
    of=frozenset({"alpha"}),
)

LANDIS_KOCH = Scale(  # Biometrics 33 (1977), p. 165: .00-.20, .21-.40 and so on
    "landis-koch",
    (
        (0.8, msg("almost perfect")),
        (0.6, msg("substantial")),
        (0.4, msg("moderate")),
        (0.2, msg("fair")),
        (0.0, msg("slight")),
        (float("-inf"), msg("poor")),
    ),
    bound_included=False,
    of=frozenset({"kappa", "conger_kappa", "fleiss_kappa", "scott_pi", "alpha"}),
)

SCALES = {scale.name: scale for scale in (KRIPPENDORFF, LANDIS_KOCH)}

BOUNDS = {0.0, 1.0, *(bound for scale in SCALES.values() for bound, _ in scale.bands if isfinite(bound))}
SHARE_BOUNDS = (0, 100 * RARE, 50, 100 - 100 * RARE, 100)


def find_band(value: float | None, scale: Scale = KRIPPENDORFF) -> str | None:
    """The label of a coefficient on a scale; none for one that is not defined.

    >>> [find_band(value) for value in (0.8, 0.667, 0.5)]
    ['reliable', 'tentative', 'unreliable']
    >>> [find_band(value, LANDIS_KOCH) for value in (0.8, 0.41, 0.0, -0.1)]
    ['substantial', 'moderate', 'slight', 'poor']
    """
    if value is None:
        return None
    # .20 is still "slight" to Landis and Koch, but so is .00: of their bounds only zero counts upward
    return next(
        label
        for bound, label in scale.bands
        if value > bound or (value == bound and (scale.bound_included or bound == 0))
    )


def format_figure(value: float, minimum: float = 0) -> str:
    """A coefficient as people read it: three decimals, more where they would carry it over a bound.

    The bounds are those of every band, a minimum that was asked for, none (0) and full agreement (1).

    >>> [format_figure(value) for value in (0.79553, 0.7998, 0.8, 0.66666, 0.99996, -0.0001)]
    ['0.796', '0.7998', '0.800', '0.6667', '0.99996', '-0.0001']
    >>> format_figure(0.7298, 0.73)
    '0.7298'
    """
    return _round_within(value, 3, (*BOUNDS, minimum))


def format_share(value: float) -> str:
    """A share as a percentage: no decimals, more where they would carry it over what makes a code rare.

    >>> [format_share(value) for value in (0.05, 0.096, 0.1, 0.004)]
    ['5%', '9.6%', '10%', '0.4%']
    """
    return _round_within(100 * value, 0, SHARE_BOUNDS) + "%"


def write_number(number: str, language: str) -> str:
    """A number as it is written in a language: with a comma in Indonesian.

    >>> write_number(format_figure(0.7998), "id")
    '0,7998'
    """
    return number.replace(".", ",") if language == "id" else number


def _round_within(value: float, decimals: int, bounds: Iterable[float]) -> str:
    """The number with so many decimals, or with the fewest that keep it on its side of every bound."""
    forms = (f"{value:.{number}f}" for number in range(decimals, 17))
    stays = (form for form in forms if all(_side(float(form), one) == _side(value, one) for one in bounds))
    return next(stays, repr(value))


def _side(value: float, bound: float) -> int:
    return (value > bound) - (value < bound)


@dataclass(frozen=True, slots=True)
class Reading:
    """How figures are read: on whose bands (None: no word says how good they are), in which language, and the least that
    was asked for by name."""

    scale: Scale | None = KRIPPENDORFF
    language: str = "en"
    minimums: Mapping[str, float] = field(default_factory=dict)

    def figure(self, name: str, value: float) -> str:
        """A coefficient as it is printed, never over a bound of a band or the least that was asked for."""
        return write_number(format_figure(value, self.minimums.get(name, 0)), self.language)

    def band(self, name: str, value: float | None) -> str | None:
        """What the scale calls a coefficient that it was made for."""
        scale = self.scale
        band = find_band(value, scale) if scale and name in scale.of else None
        return say(band, self.language) if band else None


UNITS: dict[str, tuple[str, str]] = {
    "turn": msg_of_in("agreement", "turn", "turns"),
    "question": msg_of("question with its answer", "questions with their answers"),
    "sentence": msg_of("sentence", "sentences"),
    "listed": msg_of("unit", "units"),
    "character": msg_of("character", "characters"),
    "row": msg_of("unit", "units"),
}
CONFUSION = msg("Codes of {row} (down) against codes of {column} (across)")
CONFUSION_RULE = msg(
    "A number counts units ({unit}). Codes that both gave stand on the diagonal; elsewhere one of them gave "
    "the code of the row and the other, in the same unit, that of the column. Several codes of their own in "
    "a unit are counted pair by pair."
)
BOTH_GAVE, DIFFER, STRONGER = (
    msg("both gave the code"),
    msg("their codes differ"),
    msg("stronger colour: more units"),
)
CAVEAT = msg(
    "Agreement between coders fits work from a codebook, like this. For reflexive thematic analysis "
    "Braun and Clarke reject it as a measure of quality (O'Connor & Joffe 2020)."
)


def count_units(unit: str, number: int, language: str) -> str:
    """Such as `1 turn`.

    >>> count_units("turn", 1, "en"), count_units("row", 2, "en"), count_units("sentence", 2, "id")
    ('1 turn', '2 units', '2 kalimat')
    """
    return f"{number} {name_units(unit, language, number)}"


def name_units(unit: str, language: str, number: int = 2) -> str:
    """What units are called: turns, sentences, characters, or just units."""
    return say_number(UNITS[unit], number, language)


def say_code(code: str | None, language: str) -> str:
    """A code, or that there is none."""
    return code or say(msg("(no code)"), language)
