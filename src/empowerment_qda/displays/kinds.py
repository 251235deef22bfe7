"""What each display is called, what it shows, and by which rule, in English and Indonesian."""

from __future__ import annotations

from empowerment_qda.locale import msg, say
from empowerment_qda.model.display import Form

TITLES: dict[str, str] = {
    "partially-ordered": msg("Partially ordered matrix"),
    "checklist": msg("Checklist matrix"),
    "conceptually-clustered": msg("Conceptually clustered matrix"),
    "role-ordered": msg("Role-ordered matrix"),
    "content-analytic": msg("Content-analytic summary"),
    "time-ordered": msg("Time-ordered matrix"),
    "event-listing": msg("Event listing"),
    "effects": msg("Effects matrix"),
    "case-ordered": msg("Case-ordered descriptive meta-matrix"),
    "stacked": msg("Stacked meta-matrix"),
    "code-by-attribute": msg("Codes by attributes"),
    "contrast": msg("Contrast table"),
    "co-occurrence": msg("Co-occurrence of codes"),
}
FORMS: dict[str, Form] = {"co-occurrence": "network", "event-listing": "timeline", "effects": "directions"}
"""How a display is best looked at, where that is not as a matrix."""
LINES: dict[str, str] = {
    "partially-ordered": msg(
        "types of informants, notes and documents by dimensions: a first look at everything"
    ),
    "checklist": msg("codes by types of informants: said, only read in, or not said"),
    "conceptually-clustered": msg("types of informants by aspects, aspects together by dimension"),
    "role-ordered": msg("types of informants by their distance to the programme, by aspects"),
    "content-analytic": msg("every source by every code"),
    "time-ordered": msg("dates by dimensions: when it happened, else when it was said or written"),
    "event-listing": msg("dated events in their order, by who tells of them"),
    "effects": msg("aspects by what supports and what limits them, group by group"),
    "case-ordered": msg("cases from most supporting to most limiting, by aspects"),
    "stacked": msg("cases, stacked by type, by every code"),
    "code-by-attribute": msg("codes by group, method and attributes of informants"),
    "contrast": msg("aspects on which groups disagree first, by groups"),
    "co-occurrence": msg("which codes stand together: a network, not of causes"),
}
RULES: dict[str, str] = {
    "partially-ordered": msg(
        "A segment stands in the row of its speaker's type, or of its method where nobody "
        "speaks, in the column of its dimension."
    ),
    "checklist": msg(
        "'present': at least one direct passage has the code; 'partial': the analyst only reads "
        "it in; not said is not absent, which only a person can judge."
    ),
    "conceptually-clustered": msg(
        "A segment stands in the row of its speaker's type, in the column of the aspect of its code."
    ),
    "role-ordered": msg(
        "Types stand in the order of their distance to the programme (`order` in qda.yaml), the "
        "nearest first; a segment stands in the column of the aspect of its code."
    ),
    "content-analytic": msg("A segment stands in the row of its source, in the column of its code."),
    "time-ordered": msg(
        "A segment stands in the row of the date of the event that it reports (`event_date`), "
        "else of its source's date, in the column of its dimension."
    ),
    "event-listing": msg(
        "An event is a segment with an `event_date`, or one of a dated note or document; it "
        "stands in the column of the type that tells of it, or of its method where nobody speaks."
    ),
    "effects": msg(
        "A segment stands in the row of the aspect of its code, in the column of the code's "
        "direction (supports, limits, neutral) under its speaker's group, or under notes and "
        "documents."
    ),
    "case-ordered": msg(
        "Cases stand in the order of supporting less limiting segments, the highest first; a "
        "case is a site where the study has several, else an informant with the notes and "
        "documents about them."
    ),
    "stacked": msg(
        "A segment stands in the row of its case, in the column of its code; a case is a site "
        "where the study has several, else an informant with the notes and documents about them."
    ),
    "code-by-attribute": msg(
        "A segment stands in the row of its code, once under each attribute: its speaker's "
        "group, its method, and what the study notes of its speaker. Numbers, never percentages."
    ),
    "contrast": msg(
        "A segment stands in the row of the aspect of its code, in the column of its speaker's "
        "group (type, where there are not two groups). Rows: dissonance (one supports, one "
        "limits), partial agreement (one does both), silence (one says nothing), agreement, no "
        "coverage."
    ),
    "co-occurrence": msg(
        "Two codes are linked for each turn in which both stand; whether their passages overlap "
        "there is told apart. Here segments are turns; on the diagonal stand the turns of one "
        "code. Standing together is not causing."
    ),
}
CELL_RULE: str = msg(
    "A cell counts distinct informants, then distinct segments (informants/segments): + "
    "supporting, − limiting, ± both, o neutral; ≤ where some are not identified. – is "
    "silence (there is talk, but not of this); n/a is no talk at all."
)


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
