"""What `qda agree` answers: the JSON of the contract, what to mind, the gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from empowerment_qda.agreement.bootstrap import Interval
from empowerment_qda.agreement.cautions import Caution
from empowerment_qda.agreement.coefficients import NOT_TWO, Coefficient
from empowerment_qda.agreement.compare import Agreement
from empowerment_qda.agreement.disagreements import Disagreement
from empowerment_qda.agreement.interpretation import (
    CAVEAT,
    KRIPPENDORFF,
    Scale,
    find_band,
    format_figure,
    write_number,
)
from empowerment_qda.agreement.measures import CodeAgreement
from empowerment_qda.agreement.words import count_units, say
from empowerment_qda.passages import CONSENSUS

MOST_IN_ROUND = 9
"""A round of the workbench takes no more coders."""


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

    def band(self, name: str, measured: Mapping[str, Coefficient]) -> str | None:
        """What the scale calls a coefficient that it was made for."""
        scale = self.scale
        band = find_band(measured[name].value, scale) if scale and name in scale.of else None
        return band[self.language] if band else None


def answer_agreement(found: Agreement, reading: Reading) -> dict[str, Any]:
    """The JSON of the contract, with intervals, bands, confusion and cautions beside it."""
    return {
        "unit": found.unit,
        "level": found.level,
        "distance": found.distance,
        "coded_only": found.coded_only,
        "coders": list(found.coders),
        "units": found.units,
        "dropped": found.dropped,
        "overall": _coefficients(found.overall, reading),
        "levels": {level: _coefficients(one, reading) for level, one in found.levels.items()},
        "codes": [_code(one, found, reading) for one in found.codes],
        "disagreements": [_disagreement(one) for one in found.disagreements],
        "confusion": [
            {"coders": list(coders), "codes": list(codes), "units": units}
            for coders, counts in found.confusion.items()
            for codes, units in counts.items()
        ],
        "unused": list(found.unused),
        "sources": list(found.sources),
        "missing": {coder: list(ids) for coder, ids in found.missing.items()},
        "uncoded": list(found.uncoded),
        "scale": reading.scale.name if reading.scale else None,
        "cautions": _cautions(found.cautions, reading),
        "caveat": CAVEAT[reading.language],
    }


def _code(one: CodeAgreement, found: Agreement, reading: Reading) -> dict[str, Any]:
    return {
        "code": one.code,
        "both": one.marks.both,
        "only": dict(list_only(one, found)),
        "neither": one.marks.neither,
        "units": one.coefficients["percent"].units,
        "prevalence": one.prevalence,
        **_coefficients(one.coefficients, reading),
        "cautions": _cautions(one.cautions, reading),
    }


def list_only(one: CodeAgreement, found: Agreement) -> Iterator[tuple[str, int]]:
    """What each coder alone marked; nothing, where no unit was rated by all of them."""
    return zip(found.coders, one.marks.only or (0,) * len(found.coders), strict=True)


def _coefficients(measured: Mapping[str, Coefficient], reading: Reading) -> dict[str, Any]:
    """Each coefficient, an undefined one with its reason; then the intervals and bands of those that have one."""
    values: dict[str, Any] = {}
    for name, one in measured.items():
        values[name] = one.value
        if one.value is None:
            values[f"{name}_reason"] = one.reason
    values["intervals"] = {name: _interval(one.interval) for name, one in measured.items() if one.interval}
    values["bands"] = {name: band for name in measured if (band := reading.band(name, measured))}
    return values


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "low": interval.low,
        "high": interval.high,
        "level": interval.level,
        "resamples": interval.resamples,
        "undefined": interval.undefined,
        "reason": interval.reason,
    }


def _cautions(cautions: Iterable[Caution], reading: Reading) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "value": one.value, "message": one.texts[reading.language]} for one in cautions
    ]


def _disagreement(one: Disagreement) -> dict[str, Any]:
    return {
        "source": one.source,
        "turn": one.turn,
        "start": one.start,
        "end_turn": one.end_turn,
        "end": one.end,
        "ref": one.ref,
        "coders": list(one.coders),
        "codes": list(one.codes),
        "quotes": {side.coder: list(side.quotes) for side in one.sides},
        "text": one.text,
        "units": one.units,
    }


def tell_agreement(found: Agreement, language: str) -> list[str]:
    """What to mind when reading the figures, a line each, the caveat last."""
    lines = [one.texts[language] for one in found.cautions]
    lines += [
        say("missing", language, coder=coder, sources=", ".join(ids)) for coder, ids in found.missing.items()
    ]
    if found.unused and found.units:
        every = len(found.unused) + len(found.codes)
        lines.append(say("unused", language, number=len(found.unused), all=every))
    if found.uncoded:
        lines.append(say("uncoded", language, sources=", ".join(found.uncoded)))
    return [*lines, CAVEAT[language]]


def round_command(found: Agreement) -> str:
    """The command that opens a reconciliation round; nothing where there is nothing, or nobody, to reconcile."""
    coders = found.coders
    if found.unit == "row" or not found.disagreements or CONSENSUS in coders or len(coders) > MOST_IN_ROUND:
        return ""
    return f"qda code --review --coder {CONSENSUS} --reconcile {','.join(coders)}"


def tell_round(found: Agreement, language: str) -> str:
    """What stands before that command: how many turns there are to settle."""
    turns = len({(one.source, one.turn) for one in found.disagreements})
    # A round goes through turns and codes: on other units or levels there are more of them than were listed.
    counted = (found.unit, found.level) == ("turn", "code")
    return say("settle", language, turns=f" ({count_units('turn', turns, language)})" * counted)


def failing_minimums(found: Agreement, minimums: Mapping[str, float]) -> list[str]:
    """A sentence for each coefficient over all codes that does not reach its minimum."""
    lines = []
    for name, minimum in minimums.items():
        one = found.overall[name]
        if one.value is None:
            instead = "; `conger_kappa` is for more" if one.reason == NOT_TWO else ""
            lines.append(
                f"{name} over all codes is not defined ({one.reason}{instead}), and {minimum:g} was asked for."
            )
        elif one.value < minimum:
            figure = format_figure(one.value, minimum)
            lines.append(f"{name} over all codes is {figure}, below the {minimum:g} that was asked for.")
    return lines
