"""Checks of findings: that what they cite exists, counts, and stands on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empowerment_qda.evidence.citations import citations_of, support_of
from empowerment_qda.model.coding import turns_of
from empowerment_qda.model.finding import SIDES, Claim, Finding
from empowerment_qda.model.study import AXES, Study
from empowerment_qda.problems import Key, Place, Problem, did_you_mean


def _claims(study: Study) -> Iterator[tuple[Finding, Claim, Key]]:
    """Every finding, and every part of one, with the finding and its key."""
    for n, finding in enumerate(study.findings.findings):
        yield finding, finding, ("findings", n)
        for m, part in enumerate(finding.parts):
            yield finding, part, ("findings", n, "parts", m)


def _cited(study: Study) -> Iterator[tuple[str, Key]]:
    """Every entry that a finding, a part or a rival cites, with its key."""
    for _, claim, at in _claims(study):
        for side in SIDES:
            for k, entry in enumerate(getattr(claim, side)):
                yield entry, (*at, side, k)
    for n, finding in enumerate(study.findings.findings):
        for k, entry in enumerate(finding.cause_in):
            yield entry, ("findings", n, "cause_in", k)
        for k, rival in enumerate(finding.rivals):
            if not isinstance(rival, str):
                for m, entry in enumerate(rival.supported_by):
                    yield entry, ("findings", n, "rivals", k, "supported_by", m)


def check_unknown_citation(study: Study) -> Iterator[Problem]:
    """What a finding cites is a code of the book or the id of a coding (E01)."""
    ids = [coding.id for file in study.codings for coding in file.codings if coding.id]
    known = {*study.codebook.places, *ids}
    for entry, key in _cited(study):
        if entry not in known:
            # Only codes are offered: the coding with the nearest id is somebody else's evidence.
            yield Problem(Place(study.findings.path, key), "unknown-citation",
                          f"`{entry}` is neither a code nor the id of a coding",
                          "Bring the coding back, or cite what you have read instead. "
                          f"{did_you_mean(entry, study.codebook.places)}")  # fmt: skip


def check_both_sides(study: Study) -> Iterator[Problem]:
    """A finding does not cite one passage for and against itself (E02)."""
    citations = citations_of(study)
    for finding, claim, at in _claims(study):
        if claim is finding and finding.parts:
            continue
        against = {row.passage: row for row in citations.rows(claim.contradicted_by)}
        support, _ = support_of(claim, citations, study.settings.evidence.count_inferred)
        both = {row.passage: row for row in support if row.passage in against}
        for row in both.values():
            yield Problem(Place(study.findings.path, (*at, "contradicted_by")), "both-sides",
                          f"{claim.id} cites the passage {row.ref} (`{row.id}`) both for and against itself",
                          "Keep it on one side, or code the words for each side apart.")  # fmt: skip


def check_not_counted(study: Study) -> Iterator[Problem]:
    """A coding that a finding cites by id counts: accepted, by a coder whose codings count."""
    by_id = {
        coding.id: (coding, file.coder) for file in study.codings for coding in file.codings if coding.id
    }
    for entry, key in _cited(study):
        if entry in study.codebook.places or entry not in by_id:
            continue
        coding, coder = by_id[entry]
        if coder not in study.coders:
            why = f"the coder `{coder}` does not count"
        elif coding.status == "accepted" or (coding.status == "suggested" and study.only_auto):
            continue
        else:
            why = f"it is {coding.status}"
        yield Problem(Place(study.findings.path, key), "not-counted", f"the coding `{entry}` does not count: {why}",
                      "Accept it, cite another, or change `evidence.coders` in qda.yaml.", "warning")  # fmt: skip


def check_response(study: Study) -> Iterator[Problem]:
    """A response is a memo that exists, links the finding or part, and has a text; else nothing is answered (R14)."""
    memos = {memo.id: memo for memo in study.memos}
    for finding, claim, at in _claims(study):
        if claim.response is None or study.answer_to(claim, finding.id):
            continue
        memo = memos.get(claim.response)
        if memo is None:
            said = f"`{claim.response}` is no memo, so nothing answers what contradicts {claim.id}"
            hint = f"Name the id of a memo that answers it. {did_you_mean(claim.response, memos)}"
        elif claim.id not in memo.links and finding.id not in memo.links:
            said = f"the memo {memo.id} does not link {claim.id}, so it answers nothing that contradicts it"
            hint = f"Write {claim.id} under `links` in {memo.path}, if the memo is about it."
        else:
            said, hint = (
                f"the memo {memo.id} has no text, so it answers nothing",
                f"Write the answer in {memo.path}.",
            )
        yield Problem(Place(study.findings.path, (*at, "response")), "response", said, hint)


def check_design(study: Study) -> Iterator[Problem]:
    """A study that asks for less than two informants, types, groups and methods says why (R10)."""
    rules = study.settings.triangulation
    if rules.reduced and not (rules.reason and re.search(r"\w", str(rules.reason))):
        less = [axis for axis in AXES if axis not in rules.required or rules.min.of(axis) < 2]
        yield Problem(Place("qda.yaml", ("triangulation",)), "design",
                      f"the study asks for less than two of each axis ({', '.join(less)}) and does not say why",
                      "Write the reason of the design under `triangulation: reason:`; it opens the report.")  # fmt: skip


def check_unknown_dimension(study: Study) -> Iterator[Problem]:
    """A finding's dimension is a code of the book."""
    known = study.codebook.places
    for n, finding in enumerate(study.findings.findings):
        if finding.dimension and finding.dimension not in known:
            yield Problem(Place(study.findings.path, ("findings", n, "dimension")), "unknown-dimension",
                          f"dimension `{finding.dimension}` is not in {study.codebook.path}",
                          f"Correct it. {did_you_mean(finding.dimension, known)}")  # fmt: skip


def check_unknown_expected_type(study: Study) -> Iterator[Problem]:
    """A type of informant whose view a finding must have is declared in qda.yaml."""
    types = study.settings.informant_types
    for _, claim, at in _claims(study):
        for k, kind in enumerate(claim.expected_types):
            if kind not in types:
                yield Problem(Place(study.findings.path, (*at, "expected_types", k)), "unknown-expected-type",
                              f"informant type `{kind}` is not declared in qda.yaml",
                              f"Correct it. {did_you_mean(kind, types)}")  # fmt: skip


def check_unknown_if_then(study: Study) -> Iterator[Problem]:
    """An if-then test names codes of the book."""
    known = study.codebook.places
    for n, test in enumerate(study.findings.if_then):
        for key, code in (("if", test.given), ("then", test.then)):
            if code not in known:
                yield Problem(Place(study.findings.path, ("if_then", n, key)), "unknown-if-then",
                              f"the if-then test names `{code}`, which is no code of {study.codebook.path}",
                              f"Name a code. {did_you_mean(code, known)}")  # fmt: skip


def check_unknown_finding(study: Study) -> Iterator[Problem]:
    """What a conclusion, a recommendation or a rival refers to is a finding."""
    findings = study.findings
    known = findings.by_id
    named: list[tuple[str, Key]] = [
        (rival, ("findings", n, "rivals", k)) for n, k, rival in _rival_ids(findings.findings)
    ]
    if findings.conclusion:
        named += [(one, ("conclusion", "rests_on", k)) for k, one in enumerate(findings.conclusion.rests_on)]
    for n, advice in enumerate(findings.recommendations):
        named += [(one, ("recommendations", n, "rests_on", k)) for k, one in enumerate(advice.rests_on)]
    for name, key in named:
        if name not in known:
            yield Problem(Place(findings.path, key), "unknown-finding", f"there is no finding `{name}`",
                          f"Correct the id. {did_you_mean(name, known)}")  # fmt: skip


def _rival_ids(findings: tuple[Finding, ...]) -> Iterator[tuple[int, int, str]]:
    for n, finding in enumerate(findings):
        for k, rival in enumerate(finding.rivals):
            if isinstance(rival, str):
                yield n, k, rival


def _is_place(link: str, study: Study) -> bool:
    """Whether a link names turns that a source has."""
    place = turns_of(link)
    source = study.by_id.get(place[0]) if place else None
    return bool(place and source and place[1].last <= len(source.turns))


def _near(link: str, known: Iterable[str], study: Study) -> str:
    """What a link may have meant."""
    place = turns_of(link)
    if place and place[0] in study.by_id:
        number = len(study.by_id[place[0]].turns)
        return f"{place[0]} has {number} turn{'s' * (number > 1)}."
    return did_you_mean(place[0] if place else link, sorted(known))


def check_unknown_link(study: Study) -> Iterator[Problem]:
    """A memo's link leads to a code, coding, finding, source or turn."""
    known = {coding.id for file in study.codings for coding in file.codings if coding.id}
    known |= {*study.codebook.places, *study.by_id, *study.findings.by_id}
    known |= {memo.id for memo in study.memos}
    for memo in study.memos:
        for k, link in enumerate(memo.links):
            if link not in known and not _is_place(link, study):
                yield Problem(Place(memo.path, ("links", k)), "unknown-link", f"`{link}` leads nowhere",
                              f"Link a code, a coding, a finding, a source, or a turn such as KS-01#2. {_near(link, known, study)}",
                              "warning")  # fmt: skip
