"""The flags: what is weak about a finding (T01-T17), what is odd about the study (S01-S05, R10), wrong citations (E01, E02).

One record a flag: its code and the rule that raises it. Its sentence and what lifts it stand under its name in `words` and
`advice`; docs/method.md explains each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from empowerment_qda.evidence.citations import Citations, Sides, cited_entries
from empowerment_qda.model.evidence import Evidence, by_witness, without_witness
from empowerment_qda.model.finding import Claim, Verdict
from empowerment_qda.model.source import UNSPECIFIED
from empowerment_qda.model.study import Study, TriangulationRules
from empowerment_qda.model.triangulation import AxisResult, Flag
from empowerment_qda.triangulation.axes import FAILING, MET, Corpus, count_axes, judge
from empowerment_qda.triangulation.convergence import columns_of
from empowerment_qda.words import make_flag


class Weighed(NamedTuple):
    """A claim, what is cited for and against it, and its axes and verdict; `answered`: by a memo (R14)."""

    claim: Claim
    sides: Sides
    axes: Mapping[str, AxisResult]
    verdict: Verdict
    answered: bool
    rules: TriangulationRules
    corpus: Corpus
    citations: Citations


class Surveyed(NamedTuple):
    """A study with its evidence and all that it could reach."""

    study: Study
    evidence: Sequence[Evidence]
    corpus: Corpus
    citations: Citations


On = TypeVar("On", Weighed, Surveyed)


def raise_flags(rules: Iterable[Callable[[On], Iterable[Flag]]], on: On) -> Iterator[Flag]:
    """All that some rules find."""
    return (flag for rule in rules for flag in rule(on))


def without_support(one: Weighed) -> Iterator[Flag]:
    """T01, T02, T11: nothing counts as support."""
    if one.axes["method"].status != "no_evidence":
        return
    if one.sides.contradicting:
        yield make_flag("T02", "ONLY_CONTRADICTED")
    if one.sides.inferred:
        yield make_flag("T11", "INFERRED_ONLY")
    if not one.sides.contradicting and not one.sides.inferred:
        yield make_flag("T01", "NO_EVIDENCE")


def few_informants(one: Weighed) -> Iterator[Flag]:
    """T03, T04, T09: nobody speaks, too few do, or it is not known how many; one alone, however little is asked (R10)."""
    informant = one.axes["informant"]
    if informant.status == "no_informant":
        yield make_flag("T03", "NO_INFORMANT")
    elif informant.upper and (informant.status in FAILING or informant.upper == 1):
        yield make_flag("T04", "SINGLE_INFORMANT" if informant.upper == 1 else "BELOW_MIN_INFORMANTS")
    if informant.status == "indeterminate":
        yield make_flag("T09", "ANONYMOUS_IDENTITY")


def few_values(code: str, name: str, one: Weighed) -> Iterator[Flag]:
    """T05, T06, T07: an axis is not met, or one value carries all of it, however little is asked (R10)."""
    axis = one.axes[name]
    if axis.count == 1 or (axis.count and axis.status not in ("met", "no_evidence")):
        label = f"SINGLE_{name.upper()}" if axis.count == 1 else f"BELOW_MIN_{name.upper()}S"
        yield make_flag(code, label, ", ".join(axis.values))


def unknown_type(one: Weighed) -> Iterator[Flag]:
    """T08: a type or group that is not known could decide."""
    if any(one.axes[name].status == "indeterminate" for name in ("type", "group")):
        yield make_flag("T08", "UNKNOWN_TYPE")


def contradicted(one: Weighed) -> Iterator[Flag]:
    """T10: something speaks against it."""
    if one.sides.contradicting:
        yield make_flag("T10", "CONTRADICTED_ANSWERED" if one.answered else "CONTRADICTED")


def missing_perspective(claim: Claim, sides: Sides) -> Iterator[Flag]:
    """T12: a view that must be there is on no side."""
    present = columns_of((*sides.supporting, *sides.contradicting), "type")
    for kind in claim.expected_types:
        if kind not in present:
            yield make_flag("T12", "MISSING_PERSPECTIVE", kind)


def dependent_document(one: Weighed) -> Iterator[Flag]:
    """T13: all documents come from the only group that supports the finding."""
    producers = {row.producer for row in one.sides.supporting if row.method == "documentation"}
    groups = one.axes["group"].values
    if producers and len(groups) == 1 and producers == set(groups):
        yield make_flag("T13", "DEPENDENT_DOCUMENT")


def date_conflict(one: Weighed) -> Iterator[Flag]:
    """T14: speech is dated before the event that it reports."""
    for row in one.sides.supporting:
        if row.witnesses and row.date and row.event_date and row.date.last < row.event_date.first:
            yield make_flag("T14", "DATE_CONFLICT", row.id)


def concentration(one: Weighed) -> Iterator[Flag]:
    """T15: of four passages or more, over half are one person's."""
    supporting = one.sides.supporting
    carried = Counter(voice.id for row in supporting for voice in row.witnesses)
    for voice, number in carried.most_common():
        if len(supporting) >= 4 and number * 2 > len(supporting):
            yield make_flag("T15", "CONCENTRATION", voice)


def ambivalent_informant(one: Weighed) -> Iterator[Flag]:
    """T16: who speaks for it and against it."""
    for voice in sorted(_voices(one.sides.supporting) & _voices(one.sides.contradicting)):
        yield make_flag("T16", "AMBIVALENT_INFORMANT", voice)


def fragile(one: Weighed) -> Iterator[Flag]:
    """T17: a person without whom a finding whose axes are all met would not have them met."""
    if one.verdict not in MET:
        return
    rows = one.sides.supporting
    for voice in sorted(find_indispensable(one.axes["informant"], rows)):
        left = count_axes(without_witness(rows, voice), one.rules, one.corpus)
        if judge(left, contested=False) not in MET:
            yield make_flag("T17", "FRAGILE", voice)


def find_indispensable(informant: AxisResult, supporting: Sequence[Evidence]) -> set[str]:
    """Those without whom axes that are met could fail: as a rule few, so that few have to be tried.

    One person less is at most one informant less; a type, group or method is lost with the only one who carries it.
    """
    if informant.required and informant.count <= informant.minimum:
        return _voices(supporting)
    carriers: dict[tuple[str, str | None], set[str | None]] = defaultdict(set)
    for row in supporting:
        if row.method == UNSPECIFIED:  # counts nowhere (R4), so it carries nothing
            continue
        carriers["method", row.method].add(row.witness.id if row.witness else None)
        for one in row.witnesses:
            carriers["type", one.type].add(one.id)
            carriers["group", one.group].add(one.id)
    return {one for voices in carriers.values() if len(voices) == 1 for one in voices if one}


def _voices(rows: Iterable[Evidence]) -> set[str]:
    """Ids of those whose words the passages are."""
    return {one.id for row in rows for one in row.witnesses}


def unknown_id(one: Weighed) -> Iterator[Flag]:
    """E01: what is cited does not exist."""
    for entry in cited_entries(one.claim):
        if not one.citations.knows(entry):
            yield make_flag("E01", "UNKNOWN_ID", entry)


def both_stances(one: Weighed) -> Iterator[Flag]:
    """E02: a passage is cited for and against."""
    against = {row.passage for row in one.sides.contradicting}
    for row in one.sides.supporting:
        if row.passage in against:
            yield make_flag("E02", "BOTH_STANCES", row.id)


def beside_plan(one: Surveyed) -> Iterator[Flag]:
    """S01, S02: of a type of informant nobody is quoted, or more than were planned."""
    spoken = [row for row in by_witness(one.evidence) if row.witnesses]
    for kind, known in one.study.settings.informant_types.items():
        quoted = {row.who for row in spoken if row.type == kind}
        if known.planned and not quoted:
            yield make_flag("S01", "PLANNED_NOT_QUOTED", kind)
        if known.planned is not None and len(quoted) > known.planned:
            yield make_flag("S02", "QUOTED_BEYOND_PLAN", kind)


def no_evidence_for(one: Surveyed) -> Iterator[Flag]:
    """S03: a dimension or aspect of the book has no evidence."""
    for place in one.study.codebook.walk():
        above = len(place.ancestors) < 2 and bool(place.code.codes)
        if above and not one.citations.rows([place.code.id]):
            yield make_flag("S03", "NO_EVIDENCE_FOR", place.code.id)


def evidence_unused(one: Surveyed) -> Iterator[Flag]:
    """S04: no finding cites a passage."""
    findings = one.study.findings.findings
    cited = {row.passage for finding in findings for row in one.citations.rows(cited_entries(finding))}
    unused = [row.id for row in one.evidence if row.passage not in cited]
    if unused and findings:
        yield make_flag("S04", "EVIDENCE_UNUSED", ", ".join(unused))


def limits_from_one_group(one: Surveyed) -> Iterator[Flag]:
    """S05: all that speaks of limits comes from one group."""
    limiting = [row for row in by_witness(one.evidence) if row.witnesses and row.direction == "limits"]
    groups = {row.group for row in limiting}
    if len(limiting) > 1 and len(groups) == 1 and (group := groups.pop()):
        yield make_flag("S05", "LIMITS_FROM_ONE_GROUP", group)


def axis_not_possible(one: Surveyed) -> Iterator[Flag]:
    """R10: the study cannot reach what it requires of an axis."""
    rules, reachable = one.study.settings.triangulation, one.corpus.reachable
    beyond = [axis for axis in rules.required if reachable.get(axis, rules.min.of(axis)) < rules.min.of(axis)]
    if one.study.findings.findings and beyond:
        yield make_flag("R10", "AXIS_NOT_POSSIBLE", ", ".join(beyond))


FLAGS: tuple[Callable[[Weighed], Iterator[Flag]], ...] = (
    without_support,
    few_informants,
    partial(few_values, "T05", "type"),
    partial(few_values, "T06", "group"),
    partial(few_values, "T07", "method"),
    unknown_type,
    contradicted,
    lambda one: missing_perspective(one.claim, one.sides),
    dependent_document,
    date_conflict,
    concentration,
    ambivalent_informant,
    fragile,
)
ERRORS = (unknown_id, both_stances)
NOTES = (beside_plan, no_evidence_for, evidence_unused, limits_from_one_group, axis_not_possible)
