"""Tactics that test the study as a whole: who was heard, who stands out, what nobody followed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import fmean

from empowerment_qda.conclusions.finding_tactics import refs_of, surprises
from empowerment_qda.conclusions.material import Material, Profile, difference
from empowerment_qda.evidence.witnesses import persons_heard
from empowerment_qda.model.conclusion import FindingConclusion, Outcome, Tactic
from empowerment_qda.model.evidence import (
    Evidence,
    Passage,
    Witness,
    by_witness,
    count_informants,
    count_witnesses,
)
from empowerment_qda.model.study import order_types

COMPARED = 300
"""Informants compared pair by pair up to this many."""
FEWEST = 3
"""Informants of a type from which one of them can stand out."""

Findings = tuple[FindingConclusion, ...]
Survey = Callable[[Findings, Material], Iterator[Tactic]]


def survey_representativeness(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Planned, heard and quoted informants of each type."""
    study = material.study
    heard: dict[str, dict[str, Witness]] = defaultdict(dict)
    for one in persons_heard(study).values():
        heard[one.type or ""][one.id] = one
    spoken = list(by_witness(material.reduction.evidence))
    for kind in order_types(study.settings):
        planned = study.settings.informant_types[kind].planned
        interviewed = count_witnesses(heard[kind])
        quoted = count_informants(row for row in spoken if row.type == kind)
        values = (
            ("type", kind),
            ("planned", "" if planned is None else str(planned)),
            ("heard", "" if study.restated else str(interviewed)),
            ("quoted", str(quoted)),
        )
        outcome: Outcome = "holds"
        words = "type_quoted"
        if planned is None:
            outcome, words = "noted", "type_unplanned"
        elif not interviewed.upper and planned:
            outcome, words = "fails", "type_unheard"
        elif not quoted.upper and planned:
            outcome, words = "fails", "type_unquoted"
        elif quoted.lower < planned:
            outcome, words = "doubtful", "type_partly_quoted"
        if study.restated and planned is not None:
            words = "type_excerpts"
        yield Tactic("representativeness", outcome, words, values)


def survey_researcher(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Findings that rest on the researcher alone, and what the study tells of the researchers (COREQ 6-8)."""
    study = material.study
    alone = [
        found.finding.id
        for found in findings
        if any(one.words in ("researcher_only", "researcher_infers") for one in found.tactics)
    ]
    values = (("findings", ", ".join(alone)), ("alone", str(len(alone))), ("all", str(len(findings))))
    outcome: Outcome = "doubtful" if alone else "holds"
    words = "researcher_alone_some" if alone else "researcher_alone_none"
    if findings:
        yield Tactic("researcher_effects", outcome, words, values)
    told = {
        "relationship_untold": any(one.prior_relationship for one in study.informants.values()),
        "disclosure_untold": bool(study.settings.disclosure),
        "interests_untold": any(one.interests for one in study.settings.researchers),
    }
    for words, known in told.items():
        if not known:
            yield Tactic("researcher_effects", "not_done", words)
    if all(told.values()):
        yield Tactic("researcher_effects", "holds", "researcher_told")


def survey_outliers(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Who of each type speaks least of what the others speak of; codes that stand on one passage."""
    by_type: dict[str, list[Profile]] = defaultdict(list)
    for one in material.profiles:
        if one.type:
            by_type[one.type].append(one)
    small = sorted(kind for kind, members in by_type.items() if len(members) < FEWEST)
    for kind, members in sorted(by_type.items()):
        if len(members) > COMPARED:
            yield Tactic("outliers", "not_applicable", "too_many", (("informants", str(len(members))),))
        elif len(members) >= FEWEST:
            yield _farthest(kind, members, material)
    if small:
        yield Tactic("outliers", "not_applicable", "outlier_too_few", (("types", ", ".join(small)),))
    passages: dict[str, dict[Passage, Evidence]] = defaultdict(dict)
    for row in material.reduction.evidence:
        passages[row.code][row.passage] = row
    once = {code: next(iter(rows.values())) for code, rows in sorted(passages.items()) if len(rows) == 1}
    if once:
        values = (("codes", ", ".join(once)), ("once", str(len(once))), ("all", str(len(passages))))
        yield Tactic("outliers", "noted", "codes_once", values, refs_of(tuple(once.values())))


def _farthest(kind: str, members: list[Profile], material: Material) -> Tactic:
    """The members whose mean Jaccard distance to the others of their type is largest; ties are all named."""
    means = {
        one.informant: round(
            fmean(difference(one.codes, other.codes) for other in members if other != one), 6
        )
        for one in members
    }
    most, least = max(means.values()), min(means.values())
    far = [informant for informant, mean in means.items() if mean == most]
    values = (
        ("type", kind),
        ("informants", ", ".join(far)),
        ("distance", f"{most:.2f}"),
        ("least", f"{least:.2f}"),
    )
    if most == least:
        return Tactic("outliers", "noted", "outlier_nobody", values)
    rows = [row for informant in far for row in material.spoken[informant]]
    return Tactic("outliers", "noted", "outlier", values, refs_of(rows))


def survey_extremes(findings: Findings, material: Material) -> Iterator[Tactic]:
    """The informants with most passages that support, and with most that limit."""
    for direction in ("supports", "limits"):
        counts = {
            informant: len({row.passage for row in rows if row.direction == direction})
            for informant, rows in material.spoken.items()
        }
        most = max(counts.values(), default=0)
        if most:
            far = [informant for informant, number in counts.items() if number == most]
            values = (("informants", ", ".join(far)), ("passages", str(most)))
            yield Tactic("extreme_cases", "noted", f"most_{direction}", values)


def survey_surprises(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Each memo of a surprise, and the findings that it led to."""
    memos = surprises(material)
    for memo in memos:
        linked = [
            found.finding.id
            for found in findings
            if any(one.name == "surprises" and ("memo", memo.id) in one.values for one in found.tactics)
        ]
        values = (("memo", memo.id), ("title", memo.title or ""), ("findings", ", ".join(linked)))
        if linked:
            yield Tactic("surprises", "holds", "surprise_followed", values)
        else:
            yield Tactic("surprises", "doubtful", "surprise_left", values)
    if not memos:
        yield Tactic("surprises", "not_done", "surprises_none")


def survey_chain(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Whether every counted coding leads to words of a turn, and every finding to a passage."""
    lost = [one for one in material.reduction.not_counted if not one.placed]
    if lost:
        unplaced = (("unplaced", str(len(lost))), ("ids", ", ".join(one.id for one in lost)))
        yield Tactic("chain_of_evidence", "doubtful", "study_unplaced", unplaced)
    bare = [found.finding.id for found in findings if not found.supporting]
    if bare:
        named = (("findings", ", ".join(bare)), ("bare", str(len(bare))), ("all", str(len(findings))))
        yield Tactic("chain_of_evidence", "fails", "findings_bare", named)
    if findings and not lost and not bare:
        yield Tactic("chain_of_evidence", "holds", "study_chain_whole")


def survey_coherence(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Dimensions and aspects of the theory of which nothing is coded."""
    coded = {row.code for row in material.reduction.evidence}
    families = material.study.codebook.families
    above = [place for place in material.study.codebook.walk() if len(place.ancestors) < 2]
    empty = [place.code.id for place in above if place.code.codes and not families[place.code.id] & coded]
    values = (("codes", ", ".join(empty)),)
    if empty:
        yield Tactic("coherence", "doubtful", "theory_without_evidence", values)
    else:
        yield Tactic("coherence", "holds", "theory_covered")


SURVEYS: tuple[Survey, ...] = (
    survey_representativeness,
    survey_researcher,
    survey_chain,
    survey_coherence,
    survey_outliers,
    survey_extremes,
    survey_surprises,
)
