"""The flags: what is weak about a finding (T01-T17), what is odd about the study (S01-S05, R10), wrong citations (E01, E02).

One record a flag, in the order of their codes: code, name, sentence, the rule that raises it, and what would lift it.
docs/method.md explains each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from empowerment_qda.evidence.citations import Sides, cited_entries
from empowerment_qda.labels import label_of, say_when
from empowerment_qda.locale import msg
from empowerment_qda.model.evidence import by_witness, voices, without_witness
from empowerment_qda.model.finding import Claim
from empowerment_qda.model.source import UNSPECIFIED
from empowerment_qda.model.study import Axis, Study
from empowerment_qda.model.triangulation import FindingTriangulation, Flag
from empowerment_qda.triangulation.axes import FAILING, MET, count_axes, find_indispensable, judge
from empowerment_qda.triangulation.convergence import columns_of
from empowerment_qda.triangulation.flag_record import ANYONE, FlagRecord, Gap, Ground, Weighed

# T05, T06, T07: an axis is not met, or one value carries all of it, however little is asked (R10).


def single(axis: Axis) -> Callable[[Weighed], list[str]]:
    """The rule: one value carries all of an axis."""
    return lambda one: list(one.axes[axis].values) if one.axes[axis].count == 1 else []


def too_few(axis: Axis) -> Callable[[Weighed], list[str]]:
    """The rule: several values do not meet an axis."""

    def rule(one: Weighed) -> list[str]:
        found = one.axes[axis]
        few = found.count > 1 and found.status not in ("met", "no_evidence")
        return [", ".join(found.values)] if few else []

    return rule


def more_informants(gap: Gap) -> str:
    return gap.say(msg("A word from {number} more: {persons}."), number=gap.lacking(), persons=gap.persons())


def more_types(gap: Gap) -> str:
    there = gap.axes["type"].values
    if persons := gap.types(lambda kind: kind not in there):
        return gap.say(msg("A word from another type of informant: {persons}."), persons=persons)
    return gap.say(msg("A kind of informant that the study does not have yet."))


def more_groups(gap: Gap) -> str:
    settings, there = gap.study.settings, (None, *gap.axes["group"].values)
    groups = gap.others("group", settings.groups)
    persons = gap.types(lambda kind: settings.group_of(kind) not in there)
    if groups and persons:
        return gap.say(
            msg("A word from the other side, {groups}: {persons}."), groups=groups, persons=persons
        )
    return gap.say(msg("A kind of informant that the study does not have yet."))


def more_methods(gap: Gap) -> str:
    used = dict.fromkeys(source.kind for source in gap.study.sources if source.kind != UNSPECIFIED)
    if methods := gap.others("method", used):
        return gap.say(msg("Evidence gathered in another way: {methods}."), methods=methods)
    return gap.say(msg("Evidence gathered in another way than the study has used so far."))


def missing_perspective(claim: Claim, sides: Sides) -> list[str]:
    """Types of informants whose view must be there and is on no side."""
    present = columns_of((*sides.supporting, *sides.contradicting), "type")
    return [kind for kind in claim.expected_types if kind not in present]


def depends_on_its_group(one: Weighed) -> bool:
    """Whether all documents come from the only group that supports the finding."""
    producers = {row.producer for row in one.sides.supporting if row.method == "documentation"}
    groups = one.axes["group"].values
    return bool(producers) and len(groups) == 1 and producers == set(groups)


def dated_before_the_event(one: Weighed) -> list[str]:
    """Ids of speech that is dated before the event that it reports."""
    spoken = (row for row in one.sides.supporting if row.witnesses)
    return [row.id for row in spoken if row.date and row.event_date and row.date.last < row.event_date.first]


def right_date(gap: Gap) -> str:
    row = next(row for row in gap.supporting if row.id == gap.value)
    date, event = (say_when(one, gap.language) if one else "?" for one in (row.date, row.event_date))
    message = msg("The right date: {source} is dated {date}, the event {event}.")
    return gap.say(message, source=row.source, date=date, event=event)


def over_half(one: Weighed) -> list[str]:
    """Whose words more than half of four passages or more are."""
    supporting = one.sides.supporting
    carried = Counter(voice.id for row in supporting for voice in row.witnesses)
    return [
        voice for voice, number in carried.items() if len(supporting) >= 4 and number * 2 > len(supporting)
    ]


def more_from_others(gap: Gap) -> str:
    carried = sum(gap.value in {one.id for one in row.witnesses} for row in gap.supporting)
    number = gap.count("passage", 2 * carried - len(gap.supporting))
    return gap.say(msg("{number} more from informants other than {value}."), number=number)


def fragile(one: Weighed) -> Iterator[str]:
    """The persons without whom a finding whose axes are all met would not have them met."""
    rows = one.sides.supporting
    for voice in sorted(find_indispensable(one.axes["informant"], rows)) if one.verdict in MET else ():
        left = count_axes(without_witness(rows, voice), one.rules, one.corpus)
        if judge(left, contested=False) not in MET:
            yield voice


def another_like(gap: Gap) -> str:
    types = sorted({one.type for one in gap.heard if one.id == gap.value and one.type})
    if types:
        message = msg("Another informant of the same type who says what {value} says: {type}.")
        return gap.say(message, type=gap.name(types, "type"))
    return gap.say(msg("Another informant who says what {value} says."))


FLAGS: tuple[FlagRecord[Weighed], ...] = (
    FlagRecord(
        "T01", "NO_EVIDENCE", msg("No passage supports it."),
        lambda one: one.bare and not one.sides.contradicting and not one.sides.inferred,
        msg("A passage that says it, coded and cited under `supported_by`; without one, drop the finding."),
    ),
    FlagRecord(
        "T02", "ONLY_CONTRADICTED", msg("Nothing supports it; passages only contradict it."),
        lambda one: one.bare and bool(one.sides.contradicting),
        msg("A passage that supports it; without one, reword the finding or give it up."),
    ),
    FlagRecord(
        "T03", "NO_INFORMANT", msg("No informant says it; it rests on observation or documents alone."),
        lambda one: one.axes["informant"].status == "no_informant",
        lambda gap: gap.say(msg("A word from an informant: {persons}."), persons=gap.persons()),
    ),
    FlagRecord(
        "T04", "SINGLE_INFORMANT", msg("It rests on one informant alone."),
        lambda one: one.axes["informant"].upper == 1,
        more_informants,
    ),
    FlagRecord(
        "T04", "BELOW_MIN_INFORMANTS", msg("Fewer informants support it than the study asks for."),
        lambda one: one.axes["informant"].upper > 1 and one.axes["informant"].status in FAILING,
        more_informants,
    ),
    FlagRecord(
        "T05", "SINGLE_TYPE", msg("It rests on one type of informant: {value}."),
        single("type"), more_types, "type",
    ),
    FlagRecord(
        "T05", "BELOW_MIN_TYPES", msg("Fewer types of informants support it than the study asks for: {value}."),
        too_few("type"), more_types, "type",
    ),
    FlagRecord(
        "T06", "SINGLE_GROUP", msg("It rests on one group: {value}."),
        single("group"), more_groups, "group",
    ),
    FlagRecord(
        "T06", "BELOW_MIN_GROUPS", msg("Fewer groups support it than the study asks for: {value}."),
        too_few("group"), more_groups, "group",
    ),
    FlagRecord(
        "T07", "SINGLE_METHOD", msg("It rests on one method: {value}."),
        single("method"), more_methods, "method",
    ),
    FlagRecord(
        "T07", "BELOW_MIN_METHODS", msg("Fewer methods support it than the study asks for: {value}."),
        too_few("method"), more_methods, "method",
    ),
    FlagRecord(
        "T08", "UNKNOWN_TYPE", msg("An informant's type or group is not known, and it could decide."),
        lambda one: "indeterminate" in (one.axes["type"].status, one.axes["group"].status),
        lambda gap: gap.say(
            msg("The type (and its group) of {voices}, written under `informant` in the source."),
            voices=gap.name(one.id for one in gap.heard if not one.group),
        ),
    ),
    FlagRecord(
        "T09", "ANONYMOUS_IDENTITY", msg("Speakers who are not identified may be one person."),
        lambda one: one.axes["informant"].status == "indeterminate",
        lambda gap: gap.say(
            msg("To know who {voices} are, or a word from {number} more whose identity is known."),
            voices=gap.name(one.id for one in gap.heard if not one.known),
            number=gap.lacking(sum(one.known for one in gap.heard)),
        ),
    ),
    FlagRecord(
        "T10", "CONTRADICTED", msg("Passages contradict it, and no memo answers them."),
        lambda one: bool(one.sides.contradicting) and not one.answered,
        lambda gap: gap.say(
            msg("A memo that weighs {refs}, named under `response`; or a narrower statement."),
            refs=gap.name(row.ref for row in gap.contradicting),
        ),
    ),
    FlagRecord(
        "T10", "CONTRADICTED_ANSWERED", msg("Passages contradict it; a memo answers them."),
        lambda one: bool(one.sides.contradicting) and one.answered,
        msg("Nothing more, if the memo convinces: it stays here so that readers can judge."),
    ),
    FlagRecord(
        "T11", "INFERRED_ONLY", msg("No passage says it; the analyst infers it."),
        lambda one: one.bare and bool(one.sides.inferred),
        lambda gap: gap.say(msg("A passage that says it outright: {persons}."), persons=gap.persons()),
    ),
    FlagRecord(
        "T12", "MISSING_PERSPECTIVE", msg("A view that must be there is missing: {value}."),
        lambda one: missing_perspective(one.claim, one.sides),
        lambda gap: gap.say(
            msg("A word from this type, for or against: {type}."), type=gap.types(lambda kind: kind == gap.value)
        ),
        "type",
    ),
    FlagRecord(
        "T13", "DEPENDENT_DOCUMENT", msg("Its documents all come from the only group that supports it."),
        depends_on_its_group,
        lambda gap: gap.say(
            msg("A document that {groups} did not make, such as one of the researcher's own."),
            groups=gap.name(gap.axes["group"].values, "group"),
        ),
    ),
    FlagRecord(
        "T14", "DATE_CONFLICT", msg("A passage is dated before the event that it reports: {value}."),
        dated_before_the_event,
        right_date,
    ),
    FlagRecord(
        "T15", "CONCENTRATION", msg("More than half of its passages come from one informant: {value}."),
        over_half,
        more_from_others,
    ),
    FlagRecord(
        "T16", "AMBIVALENT_INFORMANT", msg("One informant both supports and contradicts it: {value}."),
        lambda one: sorted(voices(one.sides.supporting) & voices(one.sides.contradicting)),
        msg("To ask {value} again, or a memo that tells when the one holds and when the other."),
    ),
    FlagRecord(
        "T17", "FRAGILE", msg("Without one informant it would not hold: {value}."),
        fragile,
        another_like,
    ),
)  # fmt: skip


def opposed(one: Weighed) -> list[str]:
    """Ids of passages that are cited for and against."""
    against = {row.passage for row in one.sides.contradicting}
    return [row.id for row in one.sides.supporting if row.passage in against]


ERRORS: tuple[FlagRecord[Weighed], ...] = (
    FlagRecord(
        "E01", "UNKNOWN_ID", msg("It cites what does not exist: {value}."),
        lambda one: [entry for entry in cited_entries(one.claim) if not one.citations.knows(entry)],
    ),
    FlagRecord("E02", "BOTH_STANCES", msg("It cites one passage for and against: {value}."), opposed),
)  # fmt: skip


def quoted(one: Ground) -> Iterator[tuple[str, int | None, int]]:
    """Each type of informant, how many of it were planned, and how many are quoted."""
    spoken = [row for row in by_witness(one.reduction.evidence) if row.witnesses]
    for kind, known in one.study.settings.informant_types.items():
        yield kind, known.planned, len({row.who for row in spoken if row.type == kind})


def unused(one: Ground) -> list[str]:
    """Ids of the codings that no finding cites, in a row."""
    findings = one.study.findings.findings
    cited = {row.passage for finding in findings for row in one.citations.rows(cited_entries(finding))}
    left = [row.id for row in one.reduction.evidence if row.passage not in cited]
    return [", ".join(left)] if left and findings else []


def only_group_of_limits(one: Ground) -> list[str]:
    """The group from which all that informants say of limits comes."""
    limiting = [
        row for row in by_witness(one.reduction.evidence) if row.witnesses and row.direction == "limits"
    ]
    groups = {row.group for row in limiting}
    return [group for group in groups if group and len(groups) == 1 and len(limiting) > 1]


def other_groups(gap: Gap) -> str:
    groups = gap.name((name for name in gap.study.settings.groups if name != gap.value), "group")
    message = msg("To ask the others what does not work: {groups}.")
    return gap.say(message, groups=groups or gap.say(ANYONE))


def out_of_reach(one: Ground) -> list[str]:
    """The required axes that no finding of the study can meet, in a row."""
    rules, reachable = one.study.settings.triangulation, one.corpus.reachable
    beyond = [axis for axis in rules.required if reachable.get(axis, rules.min.of(axis)) < rules.min.of(axis)]
    return [", ".join(beyond)] if beyond and one.study.findings.findings else []


def other_design(gap: Gap) -> str:
    left = [axis for axis in gap.study.settings.triangulation.required if axis not in gap.value.split(", ")]
    message = msg(
        "Evidence of another kind; or, where the design means it so, `triangulation: {{require: "
        "[{axes}], reason: ...}}` in qda.yaml. The flags stay."
    )
    return gap.say(message, axes=", ".join(left))


NOTES: tuple[FlagRecord[Ground], ...] = (
    FlagRecord(
        "S01", "PLANNED_NOT_QUOTED", msg("A type of informant was planned and is not quoted: {value}."),
        lambda one: [kind for kind, planned, number in quoted(one) if planned and not number],
        msg("An interview with this type, or a word under `nonparticipation` on why there is none."),
        "type",
    ),
    FlagRecord(
        "S02", "QUOTED_BEYOND_PLAN", msg("More informants of a type are quoted than were planned: {value}."),
        lambda one: [kind for kind, planned, number in quoted(one) if planned is not None and number > planned],
        msg("The right number under `planned`, or a word under `sampling` on who was added."),
        "type",
    ),
    FlagRecord(
        "S03", "NO_EVIDENCE_FOR", msg("There is no evidence for this part of the codebook: {value}."),
        lambda one: one.citations.uncovered(),
        msg("Passages that speak of it, or a word under `limits` that the study is silent on it."),
        "code",
    ),
    FlagRecord(
        "S04", "EVIDENCE_UNUSED", msg("No finding uses {count} of the passages coded: {value}."),
        unused,
        msg("A finding that cites it, for or against, or a memo on why none does."),
    ),
    FlagRecord(
        "S05", "LIMITS_FROM_ONE_GROUP", msg("All that informants say of limits comes from one group: {value}."),
        only_group_of_limits, other_groups, "group",
    ),
    FlagRecord(
        "R10", "AXIS_NOT_POSSIBLE",
        msg(
            "The study holds too little for any finding to meet what it requires: {value}. Gather "
            "it, or declare the design with its `reason`."
        ),
        out_of_reach, other_design, "axis",
    ),
)  # fmt: skip

_ALL: tuple[FlagRecord[Any], ...] = (*FLAGS, *ERRORS, *NOTES)
RECORDS = {record.name: record for record in _ALL}


def label_flag(flag: Flag, study: Study, language: str) -> str:
    """A flag's or note's sentence with types, groups, methods and codes called by their labels."""
    record = RECORDS[flag.name]
    said = record.say(flag.value, language, lambda name: label_of(record.value, name, study, language))
    return f"{flag.part}: {said}" if flag.part else said


def lift(flag: Flag, found: FindingTriangulation | None, study: Study, language: str) -> str:
    """A sentence, in a language (English where there is none), on what would lift a flag of a finding.

    For a note on the study, `found` is None. What is missing is called by the study's labels.
    """
    if found is not None and flag.part:
        found = next((part for part in found.parts if part.id == flag.part), found)
    cure, gap = RECORDS[flag.name].lift, Gap(flag, found, study, language)
    return gap.say(cure) if isinstance(cure, str) else cure(gap)
