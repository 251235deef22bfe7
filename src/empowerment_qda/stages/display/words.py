"""What stands on and beside displays, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.locale import msg, say

PHRASES: dict[str, str] = {
    "totals": msg("Informants shown: {informants}; segments: {segments}."),
    "many_rows": msg("{n} rows are more than one look can hold (about 15): read it block by block."),
    "many_columns": msg(
        "{n} columns are more than one look can hold (about 15): where people read, it stands in parts."
    ),
    "turned": msg("It is turned here: rows stand at the head, columns at the side."),
    "link": msg("code"),
    "with": msg("with"),
    "turns": msg("informants/turns"),
    "overlapping": msg("of them overlapping"),
    "passages": msg("passages"),
    "quotations": msg("The passages behind the cells"),
    "code": msg("code"),
    "quotation": msg("quotation"),
    "type_unknown": msg("type not known"),
    "group_unknown": msg("group not known"),
    "value_unknown": msg("not known"),
    "undated": msg("undated"),
    "informants": msg("Informants"),
    "records": msg("Notes and documents"),
    "group": msg("group"),
    "method": msg("method"),
    "supports": msg("supports"),
    "limits": msg("limits"),
    "neutral": msg("neutral"),
    "present": msg("present"),
    "partial": msg("partial"),
    "nobody": msg("(nobody heard)"),
    "overlap": msg("overlapping"),
    "one_case": msg("There are fewer than two cases: a matrix across cases has nothing to compare."),
    "unused_codes": msg("Codes without any passage are left out: {n}."),
    "unspoken": msg("Segments of notes and documents, in which nobody speaks, are not shown: {n}."),
    "no_case": msg("Segments that belong to no case are not shown: {n}."),
    "no_event": msg("Segments that report no dated event are not shown: {n}."),
    "unidentified": msg(
        "Informants who are not identified and may be the same person as another: {n}. The "
        "number of informants is an upper bound."
    ),
    "inferred": msg("Segments that the analyst reads in (strength: inferred): {n}."),
    "uncoded": msg("Not coded yet, so that silence there says nothing: {names}."),
    "suggestions": msg("No person has coded yet: these are the machine's suggestions."),
}


def say_phrase(phrase: str, language: str, **values: object) -> str:
    """A phrase in a language (English where there is none), filled in."""
    return say(PHRASES[phrase], language, **values)
