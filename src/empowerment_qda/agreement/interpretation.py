"""What a coefficient means: bands, cautions and the caveat to print beside it, in English and Indonesian.

Bands are conventions, not tests: print the coefficient, its units, prevalence and interval first.
"""

from dataclasses import dataclass
from typing import TypeAlias

Texts: TypeAlias = dict[str, str]
"""One text in several languages, by their ISO 639-1 code."""

FEW_UNITS = 30
RARE = 0.1


@dataclass(frozen=True, slots=True)
class Scale:
    """Bands from the highest down, each with its lower bound; the last takes all that is left."""

    name: str
    bands: tuple[tuple[float, Texts], ...]
    bound_included: bool


KRIPPENDORFF = Scale(  # Content Analysis (2004), p. 241
    "krippendorff",
    (
        (0.8, {"en": "reliable", "id": "reliabel"}),
        (0.667, {"en": "tentative", "id": "tentatif"}),
        (float("-inf"), {"en": "unreliable", "id": "tidak reliabel"}),
    ),
    bound_included=True,
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
)

SCALES = {scale.name: scale for scale in (KRIPPENDORFF, LANDIS_KOCH)}


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
        cautions.append(Caution("few-units", units, _texts(FEW_UNITS_TEXTS, units)))
    if prevalence is not None and prevalence < RARE:
        cautions.append(Caution("rare", prevalence, _texts(RARE_TEXTS, f"{prevalence:.0%}")))
    elif prevalence is not None and prevalence > 1 - RARE:
        cautions.append(Caution("nearly-universal", prevalence, _texts(UNIVERSAL_TEXTS, f"{prevalence:.0%}")))
    if undefined_resamples:
        texts = _texts(UNDEFINED_TEXTS, undefined_resamples)
        cautions.append(Caution("undefined-resamples", undefined_resamples, texts))
    return tuple(cautions)


def _texts(templates: Texts, value: object) -> Texts:
    """Fill the number into each language."""
    return {language: template.format(value) for language, template in templates.items()}


FEW_UNITS_TEXTS: Texts = {
    "en": f"Only {{}} units were rated by two coders or more; below {FEW_UNITS} coefficients are unsteady.",
    "id": f"Hanya {{}} unit dinilai dua pengode atau lebih; di bawah {FEW_UNITS} koefisien tidak stabil.",
}

RARE_TEXTS: Texts = {
    "en": "The code is rare ({}): kappa and alpha fall though coders agree; read AC1 too.",
    "id": "Kode ini jarang ({}): kappa dan alpha turun walaupun pengode sepakat; baca juga AC1.",
}

UNIVERSAL_TEXTS: Texts = {
    "en": "The code is almost everywhere ({}): kappa and alpha fall though coders agree; read AC1 too.",
    "id": "Kode ini hampir di mana-mana ({}): kappa dan alpha turun walaupun pengode sepakat; baca juga AC1.",
}

UNDEFINED_TEXTS: Texts = {
    "en": "{} resamples had no variation and are left out of the interval: it is a rough one.",
    "id": "{} sampel ulang tidak bervariasi dan tidak ikut dihitung: rentang ini hanya perkiraan kasar.",
}

CAVEAT: Texts = {
    "en": "Agreement between coders fits work from a codebook, like this. For reflexive thematic analysis "
    "Braun and Clarke reject it as a measure of quality (O'Connor & Joffe 2020).",
    "id": "Kesepakatan antarpengode cocok untuk kerja dengan buku kode, seperti ini. Untuk analisis tematik "
    "refleksif, Braun dan Clarke menolaknya sebagai ukuran mutu (O'Connor & Joffe 2020).",
}
