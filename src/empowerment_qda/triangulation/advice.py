"""What would lift a flag: the word, the method or the memo that is missing, named by the study's own labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from empowerment_qda.labels import label_of, say_when
from empowerment_qda.locale import list_words, msg, say
from empowerment_qda.model.evidence import Evidence, list_witnesses
from empowerment_qda.model.source import UNSPECIFIED
from empowerment_qda.model.study import Axis, Study, order_types
from empowerment_qda.model.triangulation import FindingTriangulation, Flag

Found = FindingTriangulation | None

# Flags whose advice is one sentence, filled with `value` or with what the functions below find.
LIFTS: dict[str, str] = {
    "NO_EVIDENCE": msg(
        "A passage that says it, coded and cited under `supported_by`; without one, drop the finding."
    ),
    "ONLY_CONTRADICTED": msg("A passage that supports it; without one, reword the finding or give it up."),
    "INFERRED_ONLY": msg("A passage that says it outright: {persons}."),
    "NO_INFORMANT": msg("A word from an informant: {persons}."),
    "MORE_INFORMANTS": msg("A word from {number} more: {persons}."),
    "MORE_TYPES": msg("A word from another type of informant: {persons}."),
    "MORE_GROUPS": msg("A word from the other side, {groups}: {persons}."),
    "NO_OTHER": msg("A kind of informant that the study does not have yet."),
    "MORE_METHODS": msg("Evidence gathered in another way: {methods}."),
    "NO_OTHER_METHOD": msg("Evidence gathered in another way than the study has used so far."),
    "UNKNOWN_TYPE": msg("The type (and its group) of {voices}, written under `informant` in the source."),
    "ANONYMOUS_IDENTITY": msg(
        "To know who {voices} are, or a word from {number} more whose identity is known."
    ),
    "CONTRADICTED": msg("A memo that weighs {refs}, named under `response`; or a narrower statement."),
    "CONTRADICTED_ANSWERED": msg(
        "Nothing more, if the memo convinces: it stays here so that readers can judge."
    ),
    "MISSING_PERSPECTIVE": msg("A word from this type, for or against: {type}."),
    "DEPENDENT_DOCUMENT": msg("A document that {groups} did not make, such as one of the researcher's own."),
    "DATE_CONFLICT": msg("The right date: {source} is dated {date}, the event {event}."),
    "CONCENTRATION": msg("{number} more from informants other than {value}."),
    "AMBIVALENT_INFORMANT": msg(
        "To ask {value} again, or a memo that tells when the one holds and when the other."
    ),
    "FRAGILE": msg("Another informant of the same type who says what {value} says: {type}."),
    "FRAGILE_UNTYPED": msg("Another informant who says what {value} says."),
    "PLANNED_NOT_QUOTED": msg(
        "An interview with this type, or a word under `nonparticipation` on why there is none."
    ),
    "QUOTED_BEYOND_PLAN": msg(
        "The right number under `planned`, or a word under `sampling` on who was added."
    ),
    "NO_EVIDENCE_FOR": msg(
        "Passages that speak of it, or a word under `limits` that the study is silent on it."
    ),
    "EVIDENCE_UNUSED": msg("A finding that cites it, for or against, or a memo on why none does."),
    "LIMITS_FROM_ONE_GROUP": msg("To ask the others what does not work: {groups}."),
    "AXIS_NOT_POSSIBLE": msg(
        "Evidence of another kind; or, where the design means it so, `triangulation: {{require: "
        "[{axes}], reason: ...}}` in qda.yaml. The flags stay."
    ),
}
_WORDS: dict[str, str] = {
    "silent": msg("interviewed, but silent on this"),
    "excerpts": msg("quoted, but not on this"),
    "no_data": msg("no transcript yet"),
    "contradict": msg("speaking against it so far"),
    "any": msg("anyone who has not spoken of it"),
    "informant": msg("informant"),
    "informants": msg("informants"),
    "passage": msg("passage"),
    "passages": msg("passages"),
    "another": msg("another informant of"),
}


def lift(flag: Flag, found: FindingTriangulation | None, study: Study, language: str) -> str:
    """A sentence, in a language (English where there is none), on what would lift a flag of a finding.

    For a note on the study, `found` is None. What is missing is called by the study's labels.
    """
    if found is not None and flag.part:
        found = next((part for part in found.parts if part.id == flag.part), found)
    name, values = _fill(flag, found, study, language)
    return say(LIFTS[name], language, **{"value": flag.value or "", **values})


def _fill(flag: Flag, found: Found, study: Study, language: str) -> tuple[str, dict[str, str]]:
    """Which sentence, and what fills it."""
    if found is None:
        return flag.name, _fill_note(flag, study, language)
    axes, known = found.axes, _Known(found, study, language)
    heard = list_witnesses(found.supporting).values()
    match flag.name:
        case "SINGLE_INFORMANT" | "BELOW_MIN_INFORMANTS":
            number = known.count("informant", axes["informant"].minimum - axes["informant"].count)
            return "MORE_INFORMANTS", {"number": number, "persons": known.persons()}
        case "SINGLE_TYPE" | "BELOW_MIN_TYPES":
            others = known.types(lambda one: one not in axes["type"].values)
            return ("MORE_TYPES" if others else "NO_OTHER"), {"persons": others}
        case "SINGLE_GROUP" | "BELOW_MIN_GROUPS":
            groups = known.others("group", study.settings.groups)
            others = known.types(
                lambda one: study.settings.group_of(one) not in (None, *axes["group"].values)
            )
            return ("MORE_GROUPS" if groups and others else "NO_OTHER"), {"groups": groups, "persons": others}
        case "SINGLE_METHOD" | "BELOW_MIN_METHODS":
            used = dict.fromkeys(source.kind for source in study.sources)
            methods = known.others("method", [one for one in used if one and one != UNSPECIFIED])
            return ("MORE_METHODS" if methods else "NO_OTHER_METHOD"), {"methods": methods}
        case "UNKNOWN_TYPE":
            voices = (one.id for one in heard if not one.group)
            return flag.name, {"voices": known.names(voices)}
        case "ANONYMOUS_IDENTITY":
            voices = (one.id for one in heard if not one.known)
            sure = sum(one.known for one in heard)
            number = known.count("informant", axes["informant"].minimum - sure)
            return flag.name, {"voices": known.names(voices), "number": number}
        case "CONTRADICTED":
            return flag.name, {"refs": known.names(row.ref for row in found.contradicting)}
        case "MISSING_PERSPECTIVE":
            return flag.name, {"type": known.types(lambda one: one == flag.value)}
        case "DEPENDENT_DOCUMENT":
            return flag.name, {
                "groups": known.names(known.label("group", one) for one in axes["group"].values)
            }
        case "DATE_CONFLICT":
            return flag.name, known.dates(flag.value)
        case "CONCENTRATION":
            carried = sum(flag.value in {one.id for one in row.witnesses} for row in found.supporting)
            return flag.name, {"number": known.count("passage", 2 * carried - len(found.supporting))}
        case "FRAGILE":
            types = {one.type for one in heard if one.id == flag.value and one.type}
            label = known.names(known.label("type", one) for one in sorted(types))
            return ("FRAGILE" if types else "FRAGILE_UNTYPED"), {"type": label}
        case "NO_INFORMANT" | "INFERRED_ONLY":
            return flag.name, {"persons": known.persons()}
    return flag.name, {}


def _fill_note(flag: Flag, study: Study, language: str) -> dict[str, str]:
    groups = [one.label.say(language) for name, one in study.settings.groups.items() if name != flag.value]
    beyond = (flag.value or "").split(", ")
    left = [axis for axis in study.settings.triangulation.required if axis not in beyond]
    return {"groups": list_words(groups, language) or say(_WORDS["any"], language), "axes": ", ".join(left)}


class _Known:
    """What is known of a finding's gaps, in words of a language."""

    def __init__(self, found: FindingTriangulation, study: Study, language: str) -> None:
        self._found, self._study, self._language = found, study, language

    def label(self, kind: str, name: str) -> str:
        """The label of a type, group or method."""
        return label_of(kind, name, self._study, self._language)

    def names(self, names: Iterable[str | None]) -> str:
        """Names in a row, each once."""
        return list_words(list(dict.fromkeys(name for name in names if name)), self._language)

    def count(self, noun: str, number: int) -> str:
        """Such as `2 informants`; at least one."""
        number = max(number, 1)
        return f"{number} {say(_WORDS[noun if number == 1 else noun + 's'], self._language)}"

    def others(self, axis: Axis, names: Iterable[str]) -> str:
        """Those of the names that do not support the finding yet."""
        there = self._found.axes[axis].values
        labels = [self.label(axis, name) for name in names if name not in there]
        return list_words(labels, self._language, "or")

    def types(self, wanted: Callable[[str], bool]) -> str:
        """Types of informants, those that were interviewed and are silent apart from those of whom there is no transcript."""
        cells = self._found.convergence.cells
        parts = []
        for state in ("silent", "no_data", "contradict", "mixed", "support"):
            labels = [
                self.label("type", kind)
                for kind in order_types(self._study.settings)
                if wanted(kind) and cells.get(kind) == state
            ]
            if labels:
                word = "excerpts" if state == "silent" and self._study.restated else state
                said = f" ({say(_WORDS[word], self._language)})" if word in _WORDS else ""
                parts.append(list_words(labels, self._language, "or") + said)
        return "; ".join(parts)

    def persons(self) -> str:
        """Whom to ask: types that do not support the finding, else another person of those that do."""
        there = self._found.axes["type"].values
        others = self.types(lambda kind: kind not in there)
        if others:
            return others
        labels = [self.label("type", kind) for kind in there]
        if labels:
            return f"{say(_WORDS['another'], self._language)} {list_words(labels, self._language, 'or')}"
        return say(_WORDS["any"], self._language)

    def dates(self, id_: str | None) -> dict[str, str]:
        """The source of a passage, its date, and that of the event it reports."""
        rows: list[Evidence] = [row for row in self._found.supporting if row.id == id_]
        return {
            "source": rows[0].source,
            "date": say_when(rows[0].date, self._language) if rows[0].date else "?",
            "event": say_when(rows[0].event_date, self._language) if rows[0].event_date else "?",
        }
