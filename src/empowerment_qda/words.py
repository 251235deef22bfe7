"""What verdicts, axes, flags and notes are called, in English and Indonesian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from empowerment_qda.locale import msg, say
from empowerment_qda.model.triangulation import FindingTriangulation, Flag

Words = dict[str, str]

VERDICTS: dict[str, str] = {
    "unsupported": msg("unsupported"),
    "flagged": msg("flagged"),
    "indeterminate": msg("indeterminate"),
    "contested": msg("contested"),
    "not_assessable": msg("not assessable"),
    "triangulated": msg("triangulated"),
}
AXES: dict[str, str] = {
    "informant": msg("informants"),
    "type": msg("types of informants"),
    "group": msg("groups"),
    "method": msg("methods"),
}
METHODS: dict[str, str] = {
    "interview": msg("interview"),
    "observation": msg("observation"),
    "documentation": msg("documentation"),
    "fgd": msg("focus group"),
    "questionnaire": msg("questionnaire"),
    "unspecified": msg("method not told"),
}
STATUSES: dict[str, str] = {
    "no_evidence": msg("no evidence"),
    "no_informant": msg("no informant"),
    "single": msg("only one"),
    "below_min": msg("too few"),
    "indeterminate": msg("cannot be told"),
    "not_possible": msg("not possible in this study"),
    "met": msg("met"),
}
ASSESSMENTS: dict[str, str] = {
    "dissonance": msg("dissonance"),
    "partial_agreement": msg("partial agreement"),
    "agreement": msg("agreement"),
    "silence": msg("silence"),
    "no_coverage": msg("no coverage"),
}
STANCES: dict[str, str] = {
    "support": msg("supports"),
    "contradict": msg("contradicts"),
    "mixed": msg("both"),
    "silent": msg("silent"),
    "no_data": msg("no transcript"),
}
EXTRAS: dict[str, str] = {
    "time": msg("the same informant at another time"),
    "technique_same_source": msg("another method on the same informant or site"),
    "investigator": msg("another coder on the same words"),
    "member_check": msg("member check"),
}
REASONS: dict[str, str] = {
    "ambiguous": msg("the words stand there more than once"),
    "lost": msg("the words are not there"),
    "question": msg("words of the interviewer"),
    "bystander": msg("words of a bystander"),
    "stranger": msg("words of a speaker whom the source does not declare"),
    "reconstructed": msg("reconstructed words, which nobody said"),
    "nobody": msg("an interview that declares no informant"),
}
"""Why a coding is no evidence."""
SAYINGS: dict[str, str] = {
    "verdict": msg("Verdict"),
    "parts": msg("Parts; the worst decides ({worst})"),
    "supporting": msg("For it"),
    "contradicting": msg("Against it"),
    "qualifying": msg("Qualifying it (shown, never counted)"),
    "inferred": msg("Read in by the analyst (not counted)"),
    "not_counted": msg("Cited, and no evidence"),
    "axes": msg("Axes"),
    "needed": msg("{number} needed"),
    "not_required": msg("not required"),
    "met": msg("yes"),
    "not_met": msg("tried, no"),
    "not_done": msg("not done"),
    "not_possible": msg("not possible in this study"),
    "convergence": msg("Who says so"),
    "assessment": msg("together"),
    "flags": msg("Flags"),
    "no_flags": msg("No flags."),
    "lift": msg("would be lifted by"),
    "do": msg("do"),
    "for": msg("would be met"),
    "complete": msg("then lacking nothing"),
    "ask": msg("Ask another informant of the type {type}"),
    "ask_first": msg("Ask {type} (no transcript yet)"),
    "gather_documentation": msg("Gather documents that the supporting side did not make"),
    "gather_observation": msg("Observe"),
    "at_the_desk": msg("Without a visit"),
    "out_of_reach": msg(
        "No single step reaches {findings}: too little supports them so far. Ask about them wherever you go."
    ),
    "caveat": msg(
        "The plan counts what a visit would bring if it bears the findings out; it may as well "
        "contradict them."
    ),
}
FLAGS: dict[str, str] = {
    "NO_EVIDENCE": msg("No passage supports it."),
    "ONLY_CONTRADICTED": msg("Nothing supports it; passages only contradict it."),
    "NO_INFORMANT": msg("No informant says it; it rests on observation or documents alone."),
    "SINGLE_INFORMANT": msg("It rests on one informant alone."),
    "BELOW_MIN_INFORMANTS": msg("Fewer informants support it than the study asks for."),
    "SINGLE_TYPE": msg("It rests on one type of informant: {value}."),
    "BELOW_MIN_TYPES": msg("Fewer types of informants support it than the study asks for: {value}."),
    "SINGLE_GROUP": msg("It rests on one group: {value}."),
    "BELOW_MIN_GROUPS": msg("Fewer groups support it than the study asks for: {value}."),
    "SINGLE_METHOD": msg("It rests on one method: {value}."),
    "BELOW_MIN_METHODS": msg("Fewer methods support it than the study asks for: {value}."),
    "UNKNOWN_TYPE": msg("An informant's type or group is not known, and it could decide."),
    "ANONYMOUS_IDENTITY": msg("Speakers who are not identified may be one person."),
    "CONTRADICTED": msg("Passages contradict it, and no memo answers them."),
    "CONTRADICTED_ANSWERED": msg("Passages contradict it; a memo answers them."),
    "INFERRED_ONLY": msg("No passage says it; the analyst infers it."),
    "MISSING_PERSPECTIVE": msg("A view that must be there is missing: {value}."),
    "DEPENDENT_DOCUMENT": msg("Its documents all come from the only group that supports it."),
    "DATE_CONFLICT": msg("A passage is dated before the event that it reports: {value}."),
    "CONCENTRATION": msg("More than half of its passages come from one informant: {value}."),
    "AMBIVALENT_INFORMANT": msg("One informant both supports and contradicts it: {value}."),
    "FRAGILE": msg("Without one informant it would not hold: {value}."),
    "PLANNED_NOT_QUOTED": msg("A type of informant was planned and is not quoted: {value}."),
    "QUOTED_BEYOND_PLAN": msg("More informants of a type are quoted than were planned: {value}."),
    "NO_EVIDENCE_FOR": msg("There is no evidence for this part of the codebook: {value}."),
    "EVIDENCE_UNUSED": msg("No finding uses {count} of the passages coded: {value}."),
    "LIMITS_FROM_ONE_GROUP": msg("All that informants say of limits comes from one group: {value}."),
    "AXIS_NOT_POSSIBLE": msg(
        "The study holds too little for any finding to meet what it requires: {value}. Gather "
        "it, or declare the design with its `reason`."
    ),
    "UNKNOWN_ID": msg("It cites what does not exist: {value}."),
    "BOTH_STANCES": msg("It cites one passage for and against: {value}."),
}


SHOWN = 5
"""How many values a sentence names; the flag's value holds all of them."""


def make_flag(code: str, name: str, value: str | None = None) -> Flag:
    """A flag or note with its English sentence."""
    flag = Flag(code, name, value, "")
    return replace(flag, message=say_flag(flag, "en"))


def say_flag(flag: Flag, language: str, label: Callable[[str], str] = str) -> str:
    """A flag's sentence in a language (English where there is none), its values shown by `label`, at most SHOWN."""
    values = flag.value.split(", ") if flag.value else []
    named = ", ".join(label(value) for value in values[:SHOWN])
    more = say(msg(" and {n} more"), language, n=len(values) - SHOWN)
    text = say(FLAGS[flag.name], language, value=named + more * (len(values) > SHOWN), count=len(values))
    return f"{flag.part}: {text}" if flag.part else text


def pick(words: Words, language: str) -> str:
    """Words in a language; English where there are none."""
    return words.get(language, words["en"])


def name_verdict(found: FindingTriangulation, language: str, *, contested: bool = True) -> str:
    """The verdict; with the axes that count where the design leaves some out (R10), and whether it is contested too."""
    said = say(VERDICTS[found.verdict], language)
    if found.verdict == "triangulated" and found.reduced_to:
        said += f" ({', '.join(found.reduced_to)})"
    if contested and found.contested and found.verdict != "contested":
        said += f", {say(VERDICTS['contested'], language)}"
    return said
