"""Checks of findings: that what they cite exists, counts, and stands on one side only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from empowerment_qda.evidence.citations import citations_of, support_of
from empowerment_qda.evidence.rows import counts
from empowerment_qda.model.coding import turns_of
from empowerment_qda.model.finding import SIDES
from empowerment_qda.model.study import AXES, Study
from empowerment_qda.problems import Key, Place, Problem, did_you_mean, find_unknown


def _cited(study: Study) -> Iterator[tuple[str, Key]]:
    """Every entry that a finding, a part or a rival cites, with its key."""
    for _, claim, at in study.findings.places:
        for side in SIDES:
            yield from ((entry, (*at, side, k)) for k, entry in enumerate(getattr(claim, side)))
    for n, finding in enumerate(study.findings.findings):
        at = ("findings", n)
        yield from ((entry, (*at, "cause_in", k)) for k, entry in enumerate(finding.cause_in))
        for k, rival in enumerate(finding.rivals):
            own = () if isinstance(rival, str) else rival.supported_by
            yield from ((entry, (*at, "rivals", k, "supported_by", m)) for m, entry in enumerate(own))


def check_unknown_citation(study: Study) -> Iterator[Problem]:
    """What a finding cites is a code of the book or the id of a coding (E01)."""
    known = {*study.codebook.places, *(one.id for file in study.codings for one in file.codings)}
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
    for finding, claim, at in study.findings.places:
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
    by_id = {one.id: (one, file.coder) for file in study.codings for one in file.codings if one.id}
    for entry, key in _cited(study):
        if entry in study.codebook.places or entry not in by_id:
            continue
        coding, coder = by_id[entry]
        counted = coder in study.coders
        if not counted or not counts(coding, study.only_auto):
            why = f"it is {coding.status}" if counted else f"the coder `{coder}` does not count"
            yield Problem(Place(study.findings.path, key), "not-counted", f"the coding `{entry}` does not count: {why}",
                          "Accept it, cite another, or change `evidence.coders` in qda.yaml.", "warning")  # fmt: skip


def check_response(study: Study) -> Iterator[Problem]:
    """A response is a memo that exists, links the finding or part, and has a text; else nothing is answered (R14)."""
    memos = {memo.id: memo for memo in study.memos}
    for finding, claim, at in study.findings.places:
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
            said = f"the memo {memo.id} has no text, so it answers nothing"
            hint = f"Write the answer in {memo.path}."
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
    named = [(one.dimension, ("findings", n, "dimension")) for n, one in enumerate(study.findings.findings)]
    return find_unknown(_at(study, named), study.codebook.places, "unknown-dimension",
                        f"dimension `{{name}}` is not in {study.codebook.path}", "Correct it.")  # fmt: skip


def check_unknown_expected_type(study: Study) -> Iterator[Problem]:
    """A type of informant whose view a finding must have is declared in qda.yaml."""
    named = [
        (kind, (*at, "expected_types", k))
        for _, claim, at in study.findings.places
        for k, kind in enumerate(claim.expected_types)
    ]
    return find_unknown(_at(study, named), study.settings.informant_types, "unknown-expected-type",
                        "informant type `{name}` is not declared in qda.yaml", "Correct it.")  # fmt: skip


def check_unknown_if_then(study: Study) -> Iterator[Problem]:
    """An if-then test names codes of the book."""
    named = [
        (code, ("if_then", n, key))
        for n, test in enumerate(study.findings.if_then)
        for key, code in (("if", test.given), ("then", test.then))
    ]
    return find_unknown(_at(study, named), study.codebook.places, "unknown-if-then",
                        f"the if-then test names `{{name}}`, which is no code of {study.codebook.path}",
                        "Name a code.")  # fmt: skip


def check_unknown_finding(study: Study) -> Iterator[Problem]:
    """What a conclusion, a recommendation or a rival refers to is a finding."""
    findings = study.findings
    named: list[tuple[str | None, Key]] = [
        (rival, ("findings", n, "rivals", k))
        for n, finding in enumerate(findings.findings)
        for k, rival in enumerate(finding.rivals)
        if isinstance(rival, str)
    ]
    resting: list[tuple[Key, tuple[str, ...]]] = [
        (("conclusion", "rests_on"), findings.conclusion.rests_on if findings.conclusion else ()),
        *(
            (("recommendations", n, "rests_on"), one.rests_on)
            for n, one in enumerate(findings.recommendations)
        ),
    ]
    named += [(name, (*at, k)) for at, names in resting for k, name in enumerate(names)]
    return find_unknown(_at(study, named), findings.by_id, "unknown-finding", "there is no finding `{name}`",
                        "Correct the id.")  # fmt: skip


def _at(study: Study, named: Iterable[tuple[str | None, Key]]) -> Iterator[tuple[str, Place]]:
    """Names with their places in the file of findings; what is not told is no name."""
    return ((name, Place(study.findings.path, key)) for name, key in named if name)


def check_unknown_link(study: Study) -> Iterator[Problem]:
    """A memo's link leads to a code, coding, finding, source or turn."""
    known = {coding.id for file in study.codings for coding in file.codings if coding.id}
    known |= {*study.codebook.places, *study.by_id, *study.findings.by_id}
    known |= {memo.id for memo in study.memos}
    for memo in study.memos:
        for k, link in enumerate(memo.links):
            if link not in known and (near := _lead(link, known, study)):
                yield Problem(Place(memo.path, ("links", k)), "unknown-link", f"`{link}` leads nowhere",
                              f"Link a code, a coding, a finding, a source, or a turn such as KS-01#2. {near}",
                              "warning")  # fmt: skip


def _lead(link: str, known: Iterable[str], study: Study) -> str:
    """What a link may have meant; nothing where it names turns that a source has."""
    source, turns = turns_of(link) or (link, None)
    if not turns or source not in study.by_id:
        return did_you_mean(source, sorted(known))
    number = len(study.by_id[source].turns)
    return "" if turns.last <= number else f"{source} has {number} turn{'s' * (number > 1)}."
