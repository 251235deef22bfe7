"""What the ids of a study and its dates are called in a language."""

from __future__ import annotations

from empowerment_qda.locale import month_names, say
from empowerment_qda.model.base import When
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Flag
from empowerment_qda.words import AXES, METHODS, say_flag

_KINDS = {
    "SINGLE_TYPE": "type",
    "BELOW_MIN_TYPES": "type",
    "MISSING_PERSPECTIVE": "type",
    "PLANNED_NOT_QUOTED": "type",
    "QUOTED_BEYOND_PLAN": "type",
    "SINGLE_GROUP": "group",
    "BELOW_MIN_GROUPS": "group",
    "LIMITS_FROM_ONE_GROUP": "group",
    "SINGLE_METHOD": "method",
    "BELOW_MIN_METHODS": "method",
    "NO_EVIDENCE_FOR": "code",
    "AXIS_NOT_POSSIBLE": "axis",
}


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


def label_flag(flag: Flag, study: Study, language: str) -> str:
    """A flag's or note's sentence with types, groups, methods and codes called by their labels."""
    kind = _KINDS.get(flag.name, "")
    return say_flag(flag, language, lambda name: label_of(kind, name, study, language))


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
