"""What verdicts, axes, methods and the ids of a study are called, and its dates, in a language."""

from __future__ import annotations

from collections.abc import Sequence

from empowerment_qda.locale import list_words, month_names, msg, say
from empowerment_qda.model.base import When
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import FindingTriangulation

WITHHELD: str = msg("[withheld: {who} did not agree to be quoted]")
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


def name_verdict(found: FindingTriangulation, language: str, *, contested: bool = True) -> str:
    """The verdict; with the axes that count where the design leaves some out (R10), and whether it is contested too."""
    said = say(VERDICTS[found.verdict], language)
    if found.verdict == "triangulated" and found.reduced_to:
        said += f" ({', '.join(found.reduced_to)})"
    if contested and found.contested and found.verdict != "contested":
        said += f", {say(VERDICTS['contested'], language)}"
    return said


def label_of(kind: str, name: str, study: Study, language: str) -> str:
    """What a type, group, method, code or axis is called; the name itself where nobody gave it a label."""
    match kind:
        case "type" if name in study.settings.informant_types:
            return study.settings.informant_types[name].label.say(language)
        case "group" if name in study.settings.groups:
            return study.settings.groups[name].label.say(language)
        case "method" if name in METHODS:
            return say(METHODS[name], language)
        case "axis" if name in AXES:
            return say(AXES[name], language)
        case "code":
            return study.codebook.label(name, language)
    return name


def say_when(when: When, language: str) -> str:
    """A date as people write it.

    >>> from empowerment_qda.model.base import parse_when
    >>> say_when(parse_when("2022-06-27/2022-06-30"), "id")
    '27–30 Juni 2022'
    >>> say_when(parse_when("2022-09-30/2022-10-02"), "en")
    '30 September – 2 October 2022'
    >>> say_when(parse_when("2022-09"), "en"), say_when(parse_when("2021/2022"), "en")
    ('September 2022', '2021–2022')
    """
    parts = [_date_words(part.strip(), language) for part in when.text.split("/")]
    if len(parts) == 1 or parts[0] == parts[1]:
        return " ".join(parts[0])
    first, last = parts
    if len(first) == len(last):
        while len(first) > 1 and first[-1] == last[len(first) - 1]:
            first = first[:-1]
    dash = "–" if len(first) == 1 else " – "
    return f"{' '.join(first)}{dash}{' '.join(last)}"


def _date_words(part: str, language: str) -> list[str]:
    """Day, month and year, as many as the date has."""
    year, *rest = part.split("-")
    words = [year]
    if rest:
        words.insert(0, month_names(language)[int(rest[0])])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return words


def say_withheld(who: Sequence[str], language: str) -> str:
    """What stands in place of words whose speakers did not agree to be quoted."""
    return say(WITHHELD, language).format(who=list_words(who, language))
