"""Tactics that test one finding: what it rests on, what speaks against it, what was not done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from empowerment_qda.conclusions.material import Material
from empowerment_qda.model.coding import Memo
from empowerment_qda.model.conclusion import FindingConclusion, Outcome, Standing, Tactic
from empowerment_qda.model.evidence import Evidence, NotCounted, count_informants
from empowerment_qda.model.finding import Finding

OPPOSITE = {"supports": "limits", "limits": "supports"}
Verification = Callable[[FindingConclusion, Material], Iterator[Tactic]]


def refs_of(rows: Sequence[Evidence]) -> tuple[str, ...]:
    """The turns of passages, each once, in order."""
    return tuple(dict.fromkeys(row.ref for row in rows))


def verify_chain(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether every passage that should support it leads to words of a turn."""
    placed, lost = len(found.supporting), _unplaced(found.finding, material)
    values = (("placed", str(placed)), ("unplaced", str(len(lost))), ("ids", ", ".join(o.id for o in lost)))
    if not placed and not lost:
        words = "chain_inferred" if found.inferred else "chain_none"
        yield Tactic("chain_of_evidence", "fails", words, values)
    elif lost:
        yield Tactic("chain_of_evidence", "doubtful", "chain_broken", values)
    else:
        yield Tactic("chain_of_evidence", "holds", "chain_whole", values)


def _unplaced(finding: Finding, material: Material) -> list[NotCounted]:
    """Cited codings whose words cannot be placed."""
    families = material.study.codebook.families
    cited = set(finding.cited("supported_by"))
    codes = {code for entry in cited for code in families.get(entry, ())}
    apart = material.reduction.not_counted
    return [one for one in apart if not one.placed and (one.id in cited or one.code in codes)]


def verify_weights(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """What kinds of evidence stand behind it; shown side by side, never summed."""
    rows = found.supporting + found.inferred
    if not rows:
        yield Tactic("weighting", "not_applicable", "weights_none")
        return
    cited = material.citations.rows(found.finding.cited("supported_by"))
    direct = {row.passage for row in cited if row.strength != "inferred"}
    inferred = [row for row in rows if row.passage not in direct]
    spoken = [row for row in rows if row.witnesses]
    unknown = [row for row in spoken if not any(one.known for one in row.witnesses)]
    told = [row for row in spoken if _tells_of_another_day(row)]
    verbatim = [row for row in rows if material.study.by_id[row.source].provenance == "verbatim"]
    counts = {
        "direct": len(rows) - len(inferred),
        "inferred": len(inferred),
        "known": len(spoken) - len(unknown),
        "unknown": len(unknown),
        "reported": len(told),
        "unspoken": len(rows) - len(spoken),
        "verbatim": len(verbatim),
        "restated": len(rows) - len(verbatim),
    }
    values = tuple((name, str(number)) for name, number in counts.items())
    yield Tactic("weighting", "noted", "weights", values)
    if len(inferred) == len(rows):
        yield Tactic("weighting", "doubtful", "weights_inferred", values)
    elif len(unknown) == len(rows):
        yield Tactic("weighting", "doubtful", "weights_unknown", values)


def _tells_of_another_day(row: Evidence) -> bool:
    """Whether the speech reports an event that is dated otherwise than the speech."""
    return bool(
        row.event_date
        and row.date
        and (row.event_date.last < row.date.first or row.date.last < row.event_date.first)
    )


def verify_researcher(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether anything but the researcher's own observation, picture or reading stands behind it."""
    own = [row for row in found.supporting if _is_researchers(row)]
    values = (("own", str(len(own))), ("passages", str(len(found.supporting))))
    if not found.supporting:
        outcome: Outcome = "doubtful" if found.inferred else "not_applicable"
        words = "researcher_infers" if found.inferred else "no_support"
        yield Tactic("researcher_effects", outcome, words, values)
    elif len(own) == len(found.supporting):
        yield Tactic("researcher_effects", "doubtful", "researcher_only", values)
    else:
        yield Tactic("researcher_effects", "holds", "researcher_beside_others", values, refs_of(own))


def _is_researchers(row: Evidence) -> bool:
    """An observation, unless somebody else made the record; a picture or document by the researcher."""
    return row.producer == "researcher" or (row.method == "observation" and row.producer is None)


def verify_replication(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether it was found again: with other informants, on other dates, at other sites."""
    rows, by_id = found.supporting, material.study.by_id
    if not rows:
        yield Tactic("replication", "not_applicable", "no_support")
        return
    informants = count_informants(rows)
    sites = {by_id[row.source].site or str(by_id[row.source].place or "") for row in rows} - {""}
    values = (
        ("informants", str(informants)),
        ("dates", str(len({str(row.date) for row in rows if row.date}))),
        ("sites", str(len(sites))),
        ("sources", str(len({row.source for row in rows}))),
    )
    if informants.lower >= 2:
        yield Tactic("replication", "holds", "replicated", values)
    else:
        words = "replicated_perhaps" if informants.upper > 1 else "not_replicated"
        words = words if informants.upper else "replicated_unspoken"
        yield Tactic("replication", "doubtful", words, values)


def _answers(finding: Finding, material: Material) -> tuple[list[str], bool]:
    """The memos that answer what contradicts a finding (R14), and whether a claim in it is contradicted unanswered."""
    study = material.study
    against = [claim for claim in finding.claims if material.citations.rows(claim.contradicted_by)]
    memos = [study.answer_to(claim, finding.id) for claim in against]
    return list(dict.fromkeys(memo.id for memo in memos if memo)), None in memos


def verify_negative_evidence(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """What contradicts or qualifies it, whether that is answered, and whether anybody looked for it."""
    against, beside = found.contradicting, found.qualifying
    refs = refs_of(found.negative_cases)
    answers, open_ = _answers(found.finding, material)
    values = (
        ("contradicting", str(len(against))),
        ("qualifying", str(len(beside))),
        ("response", ", ".join(answers)),
    )
    if against and not open_:
        yield Tactic("negative_evidence", "holds", "contradicted_answered", values, refs)
    elif against:
        yield Tactic("negative_evidence", "doubtful", "contradicted_unanswered", values, refs)
    elif beside:
        yield Tactic("negative_evidence", "noted", "qualified", values, refs)
    candidates = _uncited_opposites(found, material)
    if candidates:
        yield Tactic(
            "negative_evidence",
            "noted",
            "opposites_uncited",
            (("passages", str(len(candidates))),),
            refs_of(candidates),
        )
    search = found.finding.negative_search
    if search and search.done:
        told = " ".join(str(part) for part in (search.date, search.by) if part)
        words = "negative_found" if refs else "negative_searched"
        yield Tactic("negative_evidence", "holds", words, (("search", told),), refs)
    else:
        yield Tactic("negative_evidence", "not_done", "negative_unsearched")


def _uncited_opposites(found: FindingConclusion, material: Material) -> list[Evidence]:
    """Passages of the aspects and the opposite direction of its support that it cites on no side."""
    cited = {row.passage for rows in found.sides.values() for row in rows}
    wanted = {
        (row.aspect, OPPOSITE[row.direction])
        for row in found.supporting
        if row.aspect and row.direction in OPPOSITE
    }
    return [
        row
        for row in material.reduction.evidence
        if (row.aspect, row.direction) in wanted and row.passage not in cited
    ]


RIVAL_OUTCOMES: dict[Standing, Outcome] = {
    "unsupported": "holds",
    "worse": "holds",
    "equal": "doubtful",
    "better": "fails",
}


def verify_rivals(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """How well each rival explanation is supported beside it."""
    mine = str(count_informants(found.supporting))
    for rival in found.rivals:
        theirs = str(count_informants(rival.supporting))
        values = (("rival", rival.id), ("informants", theirs), ("finding_informants", mine))
        yield Tactic(
            "rivals",
            RIVAL_OUTCOMES[rival.standing],
            f"rival_{rival.standing}",
            values,
            refs_of(rival.supporting),
        )
    if not found.rivals:
        yield Tactic("rivals", "not_done", "rivals_none")


def verify_surprises(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Memos of a surprise that are linked to it or to its passages."""
    names = {found.finding.id} | {
        name for rows in found.sides.values() for row in rows for name in (row.id, row.ref)
    }
    for memo in surprises(material):
        if names & set(memo.links):
            values = (("memo", memo.id), ("title", memo.title or ""))
            yield Tactic("surprises", "noted", "surprise_linked", values)


def surprises(material: Material) -> list[Memo]:
    """The memos whose kind is `surprise`."""
    return [memo for memo in material.study.memos if memo.kind == "surprise"]


def verify_member_check(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether informants have said what they think of it."""
    check = found.finding.member_check
    if check and check.done:
        told = " ".join(str(part) for part in (check.date, check.by) if part)
        yield Tactic("member_check", "holds", "member_checked", (("check", told),))
    else:
        yield Tactic("member_check", "not_done", "member_unchecked")


def verify_coherence(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether it has a place in the theory, and whether its passages have the same one."""
    dimension = found.finding.dimension
    if not dimension:
        yield Tactic("coherence", "doubtful", "dimension_missing")
        return
    family = material.study.codebook.families.get(dimension, frozenset())
    cited = material.citations.rows(found.finding.cited("supported_by"))
    inside = {row.passage for row in cited if row.code in family}
    outside = [row for row in found.supporting if row.passage not in inside]
    values = (("dimension", dimension), ("codes", ", ".join(dict.fromkeys(row.code for row in outside))))
    if outside:
        yield Tactic("coherence", "doubtful", "dimension_other", values, refs_of(outside))
    else:
        yield Tactic("coherence", "holds", "dimension_same", values)


VERIFICATIONS: tuple[Verification, ...] = (
    verify_chain,
    verify_weights,
    verify_replication,
    verify_researcher,
    verify_negative_evidence,
    verify_rivals,
    verify_surprises,
    verify_coherence,
    verify_member_check,
)
