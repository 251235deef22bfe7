"""Tactics that test the study as a whole: who was heard, who stands out, what nobody followed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import fmean

from empowerment_qda.conclusions.material import Material, Profile, difference, tell
from empowerment_qda.evidence.rows import persons_heard
from empowerment_qda.model.conclusion import FindingConclusion, Outcome, Tactic
from empowerment_qda.model.evidence import Witness, by_witness, count_informants, count_witnesses
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
        yield tell(
            "representativeness",
            outcome,
            "type_excerpts" if study.restated and planned is not None else words,
            type=kind,
            planned="" if planned is None else planned,
            heard="" if study.restated else interviewed,
            quoted=quoted,
        )


def survey_researcher(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Findings that rest on the researcher alone, and what the study tells of the researchers (COREQ 6-8)."""
    study, name = material.study, "researcher_effects"
    words = {found.finding.id: {one.words for one in found.tactics} for found in findings}
    alone = [one for one, said in words.items() if said & {"researcher_only", "researcher_infers"}]
    if findings:
        values = {"findings": alone, "alone": len(alone), "all": len(findings)}
        some = "researcher_alone_some" if alone else "researcher_alone_none"
        yield tell(name, "doubtful" if alone else "holds", some, **values)
    told = {
        "relationship_untold": any(one.prior_relationship for one in study.informants.values()),
        "disclosure_untold": bool(study.settings.disclosure),
        "interests_untold": any(one.interests for one in study.settings.researchers),
    }
    yield from (tell(name, "not_done", untold) for untold, known in told.items() if not known)
    if all(told.values()):
        yield tell(name, "holds", "researcher_told")


def survey_chain(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Whether every counted coding leads to words of a turn, and every finding to a passage."""
    name = "chain_of_evidence"
    lost = [one.id for one in material.reduction.not_counted if not one.placed]
    bare = [found.finding.id for found in findings if not found.supporting]
    if lost:
        yield tell(name, "doubtful", "study_unplaced", unplaced=len(lost), ids=lost)
    if bare:
        yield tell(name, "fails", "findings_bare", findings=bare, bare=len(bare), all=len(findings))
    if findings and not lost and not bare:
        yield tell(name, "holds", "study_chain_whole")


def survey_coherence(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Dimensions and aspects of the theory of which nothing is coded."""
    if empty := material.citations.uncovered():
        yield tell("coherence", "doubtful", "theory_without_evidence", codes=empty)
    else:
        yield tell("coherence", "holds", "theory_covered")


def survey_outliers(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Who of each type speaks least of what the others speak of; codes that stand on one passage."""
    by_type: dict[str, list[Profile]] = defaultdict(list)
    for one in material.profiles:
        if one.type:
            by_type[one.type].append(one)
    for kind, members in sorted(by_type.items()):
        if len(members) > COMPARED:
            yield tell("outliers", "not_applicable", "too_many", informants=len(members))
        elif len(members) >= FEWEST:
            yield _farthest(kind, members, material)
    if small := sorted(kind for kind, members in by_type.items() if len(members) < FEWEST):
        yield tell("outliers", "not_applicable", "outlier_too_few", types=small)
    codes = {code: {row.passage: row for row in rows} for code, rows in sorted(material.by_code.items())}
    if once := {code: row for code, rows in codes.items() if len(rows) == 1 for row in rows.values()}:
        values = {"codes": [*once], "once": len(once), "all": len(codes)}
        yield tell("outliers", "noted", "codes_once", once.values(), **values)


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
    values = {"type": kind, "informants": far, "distance": f"{most:.2f}", "least": f"{least:.2f}"}
    if most == least:
        return tell("outliers", "noted", "outlier_nobody", **values)
    rows = [row for informant in far for row in material.spoken[informant]]
    return tell("outliers", "noted", "outlier", rows, **values)


def survey_extremes(findings: Findings, material: Material) -> Iterator[Tactic]:
    """The informants with most passages that support, and with most that limit."""
    for direction in ("supports", "limits"):
        counts = {
            informant: len({row.passage for row in rows if row.direction == direction})
            for informant, rows in material.spoken.items()
        }
        if most := max(counts.values(), default=0):
            far = [informant for informant, number in counts.items() if number == most]
            yield tell("extreme_cases", "noted", f"most_{direction}", informants=far, passages=most)


def survey_surprises(findings: Findings, material: Material) -> Iterator[Tactic]:
    """Each memo of a surprise, and the findings that it led to."""
    for memo in material.surprises:
        linked = [
            found.finding.id
            for found in findings
            if any(one.name == "surprises" and ("memo", memo.id) in one.values for one in found.tactics)
        ]
        values = {"memo": memo.id, "title": memo.title or "", "findings": linked}
        words = "surprise_followed" if linked else "surprise_left"
        yield tell("surprises", "holds" if linked else "doubtful", words, **values)
    if not material.surprises:
        yield tell("surprises", "not_done", "surprises_none")


SURVEYS: tuple[Survey, ...] = (
    survey_representativeness,
    survey_researcher,
    survey_chain,
    survey_coherence,
    survey_outliers,
    survey_extremes,
    survey_surprises,
)
