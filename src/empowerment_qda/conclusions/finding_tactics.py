"""Tactics that test one finding: what it rests on, what speaks against it, what was not done, and whether its words say
more than its passages do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empowerment_qda.conclusions.material import Material, tell
from empowerment_qda.model.conclusion import FindingConclusion, Outcome, Standing, Tactic
from empowerment_qda.model.evidence import Evidence, count_informants
from empowerment_qda.model.finding import Inquiry

OPPOSITE = {"supports": "limits", "limits": "supports"}
RIVAL_OUTCOMES: dict[Standing, Outcome] = {
    "unsupported": "holds",
    "worse": "holds",
    "equal": "doubtful",
    "better": "fails",
}


def verify_chain(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether every passage that should support it leads to words of a turn."""
    placed, cited = len(found.supporting), found.finding.cited("supported_by")
    apart = material.citations.apart(cited, material.reduction.not_counted)
    lost = [one.id for one in apart if not one.placed]
    outcome: Outcome = "doubtful" if lost else "holds" if placed else "fails"
    bare = "chain_inferred" if found.inferred else "chain_none"
    words = "chain_broken" if lost else "chain_whole" if placed else bare
    yield tell("chain_of_evidence", outcome, words, placed=placed, unplaced=len(lost), ids=lost)


def verify_weights(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """What kinds of evidence stand behind it; shown side by side, never summed."""
    rows = found.supporting + found.inferred
    if not rows:
        yield tell("weighting", "not_applicable", "weights_none")
        return
    cited = material.citations.rows(found.finding.cited("supported_by"))
    direct = {row.passage for row in cited if row.strength != "inferred"}
    inferred = sum(row.passage not in direct for row in rows)
    spoken = [row for row in rows if row.witnesses]
    known = sum(any(one.known for one in row.witnesses) for row in spoken)
    verbatim = sum(material.study.by_id[row.source].provenance == "verbatim" for row in rows)
    values = {
        "direct": len(rows) - inferred,
        "inferred": inferred,
        "known": known,
        "unknown": len(spoken) - known,
        "reported": sum(map(_tells_of_another_day, spoken)),
        "unspoken": len(rows) - len(spoken),
        "verbatim": verbatim,
        "restated": len(rows) - verbatim,
    }
    yield tell("weighting", "noted", "weights", **values)
    if inferred == len(rows):
        yield tell("weighting", "doubtful", "weights_inferred", **values)
    elif len(spoken) - known == len(rows):
        yield tell("weighting", "doubtful", "weights_unknown", **values)


def _tells_of_another_day(row: Evidence) -> bool:
    """Whether the speech reports an event that is dated otherwise than the speech."""
    event, said = row.event_date, row.date
    return bool(event and said and (event.last < said.first or said.last < event.first))


def verify_replication(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether it was found again: with other informants, on other dates, at other sites."""
    rows, by_id = found.supporting, material.study.by_id
    if not rows:
        yield tell("replication", "not_applicable", "no_support")
        return
    informants = count_informants(rows)
    sites = {by_id[row.source].site or str(by_id[row.source].place or "") for row in rows} - {""}
    unsure = ("replicated_unspoken", "not_replicated", "replicated_perhaps")[min(informants.upper, 2)]
    again = informants.lower >= 2
    yield tell(
        "replication",
        "holds" if again else "doubtful",
        "replicated" if again else unsure,
        informants=informants,
        dates=len({str(row.date) for row in rows if row.date}),
        sites=len(sites),
        sources=len({row.source for row in rows}),
    )


def verify_researcher(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether anything but the researcher's own observation, picture or reading stands behind it."""
    rows, own = found.supporting, [row for row in found.supporting if _is_researchers(row)]
    values = {"own": len(own), "passages": len(rows)}
    if len(own) < len(rows):
        yield tell("researcher_effects", "holds", "researcher_beside_others", own, **values)
    elif rows or found.inferred:
        words = "researcher_only" if rows else "researcher_infers"
        yield tell("researcher_effects", "doubtful", words, **values)
    else:
        yield tell("researcher_effects", "not_applicable", "no_support", **values)


def _is_researchers(row: Evidence) -> bool:
    """An observation, unless somebody else made the record; a picture or document by the researcher."""
    return row.producer == "researcher" or (row.method == "observation" and row.producer is None)


def verify_negative_evidence(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """What contradicts or qualifies it, whether that is answered (R14), and whether anybody looked for it."""
    name, negative, finding = "negative_evidence", found.negative_cases, found.finding
    against = [claim for claim in finding.claims if material.citations.rows(claim.contradicted_by)]
    answers = [material.study.answer_to(claim, finding.id) for claim in against]
    values = {
        "contradicting": len(found.contradicting),
        "qualifying": len(found.qualifying),
        "response": list(dict.fromkeys(memo.id for memo in answers if memo)),
    }
    if found.contradicting and None not in answers:
        yield tell(name, "holds", "contradicted_answered", negative, **values)
    elif found.contradicting:
        yield tell(name, "doubtful", "contradicted_unanswered", negative, **values)
    elif found.qualifying:
        yield tell(name, "noted", "qualified", negative, **values)
    if opposites := _uncited_opposites(found, material):
        yield tell(name, "noted", "opposites_uncited", opposites, passages=len(opposites))
    search = finding.negative_search
    if search and search.done:
        words = "negative_found" if negative else "negative_searched"
        yield tell(name, "holds", words, negative, search=_when_and_who(search))
    else:
        yield tell(name, "not_done", "negative_unsearched")


def _when_and_who(inquiry: Inquiry) -> str:
    return " ".join(str(part) for part in (inquiry.date, inquiry.by) if part)


def _uncited_opposites(found: FindingConclusion, material: Material) -> list[Evidence]:
    """Passages of the aspects and the opposite direction of its support that it cites on no side."""
    cited = {row.passage for rows in found.sides.values() for row in rows}
    wanted = {(row.aspect, OPPOSITE.get(row.direction)) for row in found.supporting if row.aspect}
    return [
        row
        for row in material.reduction.evidence
        if (row.aspect, row.direction) in wanted and row.passage not in cited
    ]


def verify_rivals(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """How well each rival explanation is supported beside it."""
    mine = count_informants(found.supporting)
    for one in found.rivals:
        outcome, theirs = RIVAL_OUTCOMES[one.standing], count_informants(one.supporting)
        values = {"rival": one.id, "informants": theirs, "finding_informants": mine}
        yield tell("rivals", outcome, f"rival_{one.standing}", one.supporting, **values)
    if not found.rivals:
        yield tell("rivals", "not_done", "rivals_none")


def verify_surprises(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Memos of a surprise that are linked to it or to its passages."""
    rows = [row for side in found.sides.values() for row in side]
    names = {found.finding.id, *(row.id for row in rows), *(row.ref for row in rows)}
    for memo in material.surprises:
        if names & set(memo.links):
            yield tell("surprises", "noted", "surprise_linked", memo=memo.id, title=memo.title or "")


def verify_member_check(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether informants have said what they think of it."""
    check = found.finding.member_check
    if check and check.done:
        yield tell("member_check", "holds", "member_checked", check=_when_and_who(check))
    else:
        yield tell("member_check", "not_done", "member_unchecked")


def verify_coherence(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Whether it has a place in the theory, and whether its passages have the same one."""
    dimension = found.finding.dimension
    if not dimension:
        yield tell("coherence", "doubtful", "dimension_missing")
        return
    cited = material.citations.rows(found.finding.cited("supported_by"))
    family = material.citations.codes(dimension)
    inside = {row.passage for row in cited if row.code in family}
    outside = [row for row in found.supporting if row.passage not in inside]
    yield tell(
        "coherence",
        "doubtful" if outside else "holds",
        "dimension_other" if outside else "dimension_same",
        outside,
        dimension=dimension,
        codes=list(dict.fromkeys(row.code for row in outside)),
    )


ENOUGH = 3
"""Supporting informants from which a word for all cases is let pass."""

_ALL = (
    "all", "always", "never", "every", "everyone", "everybody", "nobody", "none", "no one",
    "semua", "semuanya", "selalu", "tidak pernah", "tak pernah", "seluruh", "seluruhnya", "setiap",
)  # fmt: skip
_CAUSES = (
    "because", "cause", "causes", "caused", "due to", "owing to", "therefore", "thus", "hence",
    "consequently", "as a result", "leads to", "led to", "results in", "resulted in", "that's why",
    "that is why",
    "karena", "sebab", "sebabnya", "disebabkan", "menyebabkan", "penyebab", "penyebabnya", "akibat",
    "akibatnya", "mengakibatkan", "diakibatkan", "sehingga", "lantaran", "gara-gara", "makanya", "jadinya",
    "soalnya",
)  # fmt: skip
_NOT = r"(?:\b(?:not|hardly|tidak|tak|belum|bukan|nggak|enggak)|n['’]t)\s+"


def _words(words: Iterable[str]) -> str:
    """A pattern of whole words, any white space between the words of a phrase."""
    longest_first = sorted(words, key=len, reverse=True)
    return (
        r"(?<![\w-])(?:"
        + "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest_first)
        + r")(?![\w-])"
    )


_UNIVERSAL = re.compile(_words(_ALL))
# `not all`, and `does not reach all`: one word may stand between. `at all` and the like claim nothing.
_LIMITED = re.compile(rf"(?:{_NOT}(?:\w+\s+)?|\b(?:at|above|after|of)\s+)$")
# `so` is a cause after a comma or at the start only, and not in `so far`, `so that` and the like.
_CAUSAL = re.compile(
    _words(_CAUSES) + r"|(?:^|(?<=[,;:.])\s*)so(?=,?\s+(?!far\b|many\b|much\b|that\b|called\b|long\b|on\b))"
)
_DENIED = re.compile(rf"{_NOT}$")


def find_universal_words(text: str) -> list[str]:
    """Words that claim all cases or none, whole, folded, and not where they are denied.

    >>> find_universal_words("Semua pemilik SELALU hadir."), find_universal_words("Tidak semua hadir.")
    (['semua', 'selalu'], [])
    """
    return _find(_UNIVERSAL, _LIMITED, text)


def find_causal_words(text: str) -> list[str]:
    """Words that claim a cause, whole, folded, and not where they are denied.

    >>> find_causal_words("Idle because of time, so sales fell."), find_causal_words("Not because of it.")
    (['because', 'so'], [])
    """
    return _find(_CAUSAL, _DENIED, text)


def _find(words: re.Pattern[str], denied: re.Pattern[str], text: str) -> list[str]:
    folded = text.casefold()
    found = (match for match in words.finditer(folded) if not denied.search(folded, 0, match.start()))
    return list(dict.fromkeys(" ".join(match[0].split()) for match in found))


def verify_wording(found: FindingConclusion, material: Material) -> Iterator[Tactic]:
    """Words in any language of the statement that its supporting passages may not carry."""
    if found.finding.draft:
        yield tell("wording", "not_done", "draft_statement")
    texts = found.finding.statement.root.values()
    universal = list(dict.fromkeys(word for text in texts for word in find_universal_words(text)))
    informants = count_informants(found.supporting)
    if universal and informants.lower < ENOUGH:
        outcome: Outcome = "doubtful" if found.supporting else "fails"
        yield tell("wording", outcome, "universal_words", words=universal, informants=informants)
    causal = list(dict.fromkeys(word for text in texts for word in find_causal_words(text)))
    if causal:
        yield _verify_cause(found, causal, material)


def _verify_cause(found: FindingConclusion, words: list[str], material: Material) -> Tactic:
    """What there is for the cause; only a person can say that a passage states it (`cause_in`).

    Two codes behind the claim are its two halves at best; a passage with a causal word is a place to look.
    """
    cited = material.citations.rows(found.finding.cited("supported_by"))
    codes = list(dict.fromkeys(row.code for row in cited))
    named = material.citations.rows(found.finding.cause_in)
    by_id = material.study.by_id
    saying = [row for row in found.supporting if find_causal_words(by_id[row.source].quote(row.span))]
    values = {"words": words, "codes": codes}
    if not found.supporting:
        return tell("wording", "fails", "cause_unsupported", **values)
    if named:
        return tell("wording", "holds", "cause_named", named, **values)
    if saying:
        return tell("wording", "doubtful", "cause_look", saying, **values)
    return tell("wording", "doubtful", "cause_two_codes" if len(codes) > 1 else "cause_one_code", **values)


VERIFICATIONS = (
    verify_chain,
    verify_weights,
    verify_replication,
    verify_researcher,
    verify_negative_evidence,
    verify_rivals,
    verify_surprises,
    verify_coherence,
    verify_member_check,
    verify_wording,
)
