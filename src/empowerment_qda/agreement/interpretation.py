"""What a coefficient means: bands, cautions and the caveat to print beside it, in English and Indonesian.

Bands are conventions, not tests: print the coefficient, its units, prevalence and interval first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

Texts: TypeAlias = dict[str, str]
"""One text in several languages, by their ISO 639-1 code."""

FEW_UNITS = 30
RARE = 0.1


@dataclass(frozen=True, slots=True)
class Scale:
    """Bands from the highest down, each with its lower bound; the last takes all that is left.

    `of` names the coefficients that they were made for: AC1 of .899 beside a kappa of .256 is no "reliable" coding.
    """

    name: str
    bands: tuple[tuple[float, Texts], ...]
    bound_included: bool
    of: frozenset[str]


KRIPPENDORFF = Scale(  # Content Analysis (2004), p. 241
    "krippendorff",
    (
        (0.8, {"en": "reliable", "id": "reliabel"}),
        (0.667, {"en": "tentative", "id": "tentatif"}),
        (float("-inf"), {"en": "unreliable", "id": "tidak reliabel"}),
    ),
    bound_included=True,
    of=frozenset({"alpha"}),
)

LANDIS_KOCH = Scale(  # Biometrics 33 (1977), p. 165: .00-.20, .21-.40 and so on
    "landis-koch",
    (
        (0.8, {"en": "almost perfect", "id": "hampir sempurna"}),
        (0.6, {"en": "substantial", "id": "kuat"}),
        (0.4, {"en": "moderate", "id": "sedang"}),
        (0.2, {"en": "fair", "id": "cukup"}),
        (0.0, {"en": "slight", "id": "lemah"}),
        (float("-inf"), {"en": "poor", "id": "buruk"}),
    ),
    bound_included=False,
    of=frozenset({"kappa", "conger_kappa", "fleiss_kappa", "scott_pi", "alpha"}),
)

SCALES = {scale.name: scale for scale in (KRIPPENDORFF, LANDIS_KOCH)}

BOUNDS = {0.0, 1.0, *(bound for scale in SCALES.values() for bound, _ in scale.bands if isfinite(bound))}
SHARE_BOUNDS = (0, 100 * RARE, 50, 100 - 100 * RARE, 100)


def find_band(value: float | None, scale: Scale = KRIPPENDORFF) -> Texts | None:
    """The label of a coefficient on a scale; none for one that is not defined.

    >>> [find_band(value)["en"] for value in (0.8, 0.667, 0.5)]
    ['reliable', 'tentative', 'unreliable']
    >>> [find_band(value, LANDIS_KOCH)["en"] for value in (0.8, 0.41, 0.0, -0.1)]
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
class Caution:
    """Why to read a coefficient with care: a code for machines, the value that led to it, a sentence."""

    code: str
    value: float
    texts: Texts


def find_cautions(
    units: int, prevalence: float | None = None, undefined_resamples: int = 0
) -> tuple[Caution, ...]:
    """Cautions for a code or table: few units, a rare or nearly universal code, an interval with holes.

    >>> [caution.code for caution in find_cautions(12, 0.05)]
    ['few-units', 'rare']
    """
    cautions = []
    if units < FEW_UNITS:
        cautions.append(Caution("few-units", units, _texts(FEW_UNITS_TEXTS[min(units, 2)], units)))
    if prevalence is not None and prevalence < RARE:
        cautions.append(Caution("rare", prevalence, _texts(RARE_TEXTS, format_share(prevalence))))
    elif prevalence is not None and prevalence > 1 - RARE:
        texts = _texts(UNIVERSAL_TEXTS, format_share(prevalence))
        cautions.append(Caution("nearly-universal", prevalence, texts))
    if undefined_resamples:
        texts = _texts(UNDEFINED_TEXTS[undefined_resamples > 1], undefined_resamples)
        cautions.append(Caution("undefined-resamples", undefined_resamples, texts))
    return tuple(cautions)


def _texts(templates: Texts, value: object) -> Texts:
    """Fill the number into each language."""
    return {
        language: template.format(write_number(str(value), language))
        for language, template in templates.items()
    }


_UNSTEADY: Texts = {
    "en": f"; below {FEW_UNITS} coefficients are unsteady.",
    "id": f"; di bawah {FEW_UNITS} koefisien tidak stabil.",
}
_FEW_ID = "Hanya {} unit dinilai dua pengode atau lebih" + _UNSTEADY["id"]
# For none, one, and more; Indonesian has one form for one and more.
FEW_UNITS_TEXTS: tuple[Texts, Texts, Texts] = (
    {
        "en": "No unit was rated by two coders or more: there is nothing to compare.",
        "id": "Tidak ada unit yang dinilai dua pengode atau lebih: tidak ada yang dapat dibandingkan.",
    },
    {"en": "Only {} unit was rated by two coders or more" + _UNSTEADY["en"], "id": _FEW_ID},
    {"en": "Only {} units were rated by two coders or more" + _UNSTEADY["en"], "id": _FEW_ID},
)

RARE_TEXTS: Texts = {
    "en": "The code is rare ({}): kappa and alpha fall though coders agree; read AC1 too.",
    "id": "Kode ini jarang ({}): kappa dan alpha turun walaupun pengode sepakat; baca juga AC1.",
}

UNIVERSAL_TEXTS: Texts = {
    "en": "The code is almost everywhere ({}): kappa and alpha fall though coders agree; read AC1 too.",
    "id": "Kode ini hampir di mana-mana ({}): kappa dan alpha turun walaupun pengode sepakat; baca juga AC1.",
}

_UNDEFINED_ID = "{} sampel ulang tidak bervariasi dan tidak ikut dihitung: rentang ini hanya perkiraan kasar."
UNDEFINED_TEXTS: tuple[Texts, Texts] = (
    {
        "en": "{} resample had no variation and is left out of the interval: it is a rough one.",
        "id": _UNDEFINED_ID,
    },
    {
        "en": "{} resamples had no variation and are left out of the interval: it is a rough one.",
        "id": _UNDEFINED_ID,
    },
)

CAVEAT: Texts = {
    "en": "Agreement between coders fits work from a codebook, like this. For reflexive thematic analysis "
    "Braun and Clarke reject it as a measure of quality (O'Connor & Joffe 2020).",
    "id": "Kesepakatan antarpengode cocok untuk kerja dengan buku kode, seperti ini. Untuk analisis tematik "
    "refleksif, Braun dan Clarke menolaknya sebagai ukuran mutu (O'Connor & Joffe 2020).",
}
