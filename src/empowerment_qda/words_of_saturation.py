"""What saturation is called, and why it may not apply, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.locale import msg, say
from empowerment_qda.model.saturation import Reading, Stratum

STATUSES: dict[str, str] = {
    "reached": msg("reached"),
    "not_reached": msg("not reached"),
    "not_applicable": msg("not applicable"),
}
REASONS: dict[str, str] = {
    "deductive_only": msg(
        "No code that grew from the material (origin inductive or in-vivo) is on a coded "
        "interview; with codes set beforehand, nothing new can appear."
    ),
    "too_few": msg(
        "Coded interviews: {have}; a base of {base} and a run of {run} need {need}. For so few, "
        "chosen on purpose, saturation is not the question."
    ),
    "empty_base": msg(
        "The first {base} interviews have no code that grew from the material, so that there is no base."
    ),
}
ALL: str = msg("all interviews")
EXCERPTS: str = msg(
    "These are excerpts restated by somebody else: saturation and the share of text that is "
    "coded say nothing of the fieldwork."
)
"""What must be known where only the excerpts of a report are at hand: their choice was its authors'."""
NOTES: tuple[str, ...] = (
    msg(
        "Code saturation after Guest, Namey & Chen (2020): new codes in a run over the codes of "
        "the base. `6+2` is saturation at the sixth interview, seen after two more."
    ),
    msg(
        "It says nothing of meaning saturation, which takes more interviews (Hennink, Kaiser & Marconi 2017)."
    ),
    msg("The order of interviews matters: see the range over shuffled orders."),
)


def say_reading(reading: Reading, interviews: int, language: str) -> str:
    """Such as `6+2`; or that it was not reached, or why the rule does not apply to so many interviews."""
    if reading.at:
        return reading.label
    status = say(STATUSES[reading.status], language)
    if reading.reason is None:
        return status
    base, run = reading.rule.base, reading.rule.run
    said = say(REASONS[reading.reason], language)
    return f"{status}: {said.format(have=interviews, base=base, run=run, need=base + run)}"


def say_stratum(stratum: Stratum, language: str) -> str:
    """The name of a stratum; all interviews where it is no group or type."""
    return stratum.name or say(ALL, language)


def say_notes(language: str, restated: bool = False) -> list[str]:
    """What a reader must know to read the numbers; more where all interviews are `restated`."""
    return [say(note, language) for note in (*NOTES, *[EXCERPTS] * restated)]
