"""Advice on a codebook: what makes codes hard to apply alike, and what the codings say of them.

After MacQueen et al. (1998), DeCuir-Gunby et al. (2011). Shares are told only of codes used often enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from empowerment_qda.checks.codebook import check_cue_covered
from empowerment_qda.checks.cues import (
    check_code_without_counterpart,
    check_cue_contradicts,
    check_cue_everyday,
)
from empowerment_qda.evidence.passages import overlap, passages_of
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.language import MOST_WORDS, CueBook, fold, words
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import CodePlace
from empowerment_qda.model.evidence import Evidence
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Key, Place, Problem

BROAD = 0.25
"""The share of all coded passages above which a code may say too little."""
TOGETHER = 0.8
"""The share of both codes' passages above which two codes may say the same."""
FEW = 4
"""Uses below which no share means anything."""
ALIKE = 0.9
"""Likeness, of 1, from which two names are easily taken for one another."""


def check_code_undefined(study: Study) -> Iterator[Problem]:
    """An active code that passages get says what it means, when to use it and when not."""
    for place in _leaves(study):
        missing = [
            name for name in ("definition", "use_when", "not_when") if getattr(place.code, name) is None
        ]
        if missing:
            named = ", ".join(f"`{name}`" for name in missing)
            yield _problem(study, place, (), "code-undefined", f"code `{place.code.id}` has no {named}",
                           "Write it in a sentence, so that two coders would decide alike.")  # fmt: skip


def check_code_unexplained(study: Study) -> Iterator[Problem]:
    """A code that came into the book later (`since`) says why in its `memo`."""
    for place in study.codebook.walk():
        if place.code.since and place.code.memo is None:
            yield _problem(study, place, ("since",), "code-unexplained",
                           f"code `{place.code.id}` came in with version {place.code.since} and does not say why",
                           "Write under its `memo` what no other code covered.")  # fmt: skip


def check_code_without_dimension(study: Study) -> Iterator[Problem]:
    """A code that passages get stands under a dimension."""
    tree = any(place.ancestors for place in study.codebook.walk())
    for place in _leaves(study):
        if tree and not place.ancestors:
            yield _problem(study, place, ("id",), "code-without-dimension",
                           f"code `{place.code.id}` stands under no dimension",
                           "Move it under one, or make it one with codes below it.")  # fmt: skip


def check_code_twice(study: Study) -> Iterator[Problem]:
    """No two codes have the same label or the same definition."""
    for field in ("label", "definition"):
        seen: dict[tuple[str, str], str] = {}
        for place in _active(study):
            text: Text | None = getattr(place.code, field)
            others = dict.fromkeys(
                other
                for key in _said(text)
                if (other := seen.setdefault(key, place.code.id)) != place.code.id
            )
            for other in others:
                yield _problem(study, place, (field,), "code-twice",
                               f"code `{place.code.id}` has the same {field} as `{other}`",
                               "Say what tells them apart, or make one code of them.")  # fmt: skip


def check_code_alike(study: Study) -> Iterator[Problem]:
    """No two codes have ids or labels that are easily taken for one another."""
    for one, other in combinations(_active(study), 2):
        if _spelled(one.code.id) == _spelled(other.code.id) or _near(one.code.id, other.code.id):
            yield _problem(study, other, ("id",), "code-alike",
                           f"the ids `{other.code.id}` and `{one.code.id}` are easily confused",
                           "Give one of them another name.")  # fmt: skip
            continue
        for (language, label), (_, second) in _pairs(one.code.label, other.code.label):
            if label != second and (sorted(label.split()) == sorted(second.split()) or _near(label, second)):
                named = f" ({language})" if language else ""
                yield _problem(study, other, ("label",), "code-alike",
                               f"the labels{named} of `{other.code.id}` and `{one.code.id}` are easily confused",
                               "Word one of them so that it says what is its own.")  # fmt: skip
                break


def check_code_unused(study: Study) -> Iterator[Problem]:
    """A code that passages get is used, once anything is coded; a deductive one may say in its `memo` why it waits."""
    uses = _uses(study)
    for place in _leaves(study):
        waits = place.code.origin == "deductive" and place.code.memo
        if uses and place.code.id not in uses and not waits:
            yield _problem(study, place, ("id",), "code-unused", f"code `{place.code.id}` is never used",
                           "Look for passages with `qda find --words`, or retire it; a deductive code may stay with a "
                           "`memo` that says what it is for.")  # fmt: skip


def check_code_used_once(study: Study) -> Iterator[Problem]:
    """A code is used on more than one passage; where most are used once, the material is small and not the codes."""
    uses = _uses(study)
    once = [code for code, rows in uses.items() if len({row.passage for row in rows}) == 1]
    for code in once if len(uses) <= FEW or 2 * len(once) <= len(uses) else ():
        yield _problem(study, study.codebook.places[code], ("id",), "code-used-once",
                       f"code `{code}` is used once, in {uses[code][0].ref}",
                       "It may be too narrow: see whether a neighbour covers it.")  # fmt: skip


def check_code_too_broad(study: Study) -> Iterator[Problem]:
    """No code stands on more than a quarter of all coded passages."""
    uses = _uses(study)
    every = len({row.passage for rows in uses.values() for row in rows})
    for code, rows in uses.items():
        number = len({row.passage for row in rows})
        if number >= FEW and number > BROAD * every:
            yield _problem(study, study.codebook.places[code], ("id",), "code-too-broad",
                           f"code `{code}` is on {number} of {every} passages ({number / every:.0%}, more than {BROAD:.0%})",
                           "It may be too broad: see whether it says several things.")  # fmt: skip


def check_codes_together(study: Study) -> Iterator[Problem]:
    """No two codes nearly always stand on the same words."""
    uses = _uses(study)
    spans = {code: {row.passage for row in rows} for code, rows in uses.items()}
    shared: Counter[tuple[str, str]] = Counter()
    for code, other in _overlaps(uses):
        shared[code, other] += 1
    for one, other in combinations(spans, 2):
        there, back = shared[one, other], shared[other, one]
        ones, others = len(spans[one]), len(spans[other])
        if min(ones, others) >= FEW and there > TOGETHER * ones and back > TOGETHER * others:
            yield _problem(study, study.codebook.places[other], ("id",), "codes-together",
                           f"{back} of {others} passages of `{other}` also have `{one}`, and {there} of {ones} the other "
                           f"way round (more than {TOGETHER:.0%})",
                           "They may say the same: tell them apart under `not_when`, or make one of them.")  # fmt: skip


def check_in_vivo_label(study: Study) -> Iterator[Problem]:
    """The label of an in-vivo code is made of words that stand in a passage it names."""
    for code, rows in _uses(study).items():
        place = study.codebook.places[code]
        if (
            place.code.origin == "in-vivo"
            and place.code.label
            and not _stands_in(place.code.label, rows, study)
        ):
            yield _problem(study, place, ("label",), "in-vivo-label",
                           f"the label of `{code}` is to be the informants' own words, and none of its passages has them",
                           "Take the label from a passage, or give it another `origin`.")  # fmt: skip


def check_retired_code(study: Study) -> Iterator[Problem]:
    """A retired code is on no passage any more."""
    for passage in passages_of(study):
        place = study.codebook.places.get(passage.coding.code)
        if place and place.code.status == "retired" and passage.coding.status != "rejected":
            where = f"{passage.source.id}#{passage.coding.turn}" if passage.coding.turn else passage.source.id
            yield Problem(Place(passage.file.path, ("codings", passage.number, "code")), "retired-code",
                          f"code `{place.code.id}` is retired, and {passage.file.coder} has it on {where}",
                          "Give the passage the code that replaced it: `qda code recode`.")  # fmt: skip


LINT: tuple[Callable[[Study], Iterable[Problem]], ...] = (
    check_code_undefined,
    check_code_unexplained,
    check_code_without_dimension,
    check_code_twice,
    check_code_alike,
    check_code_unused,
    check_code_used_once,
    check_code_too_broad,
    check_codes_together,
    check_in_vivo_label,
    check_retired_code,
    check_cue_covered,
    check_cue_everyday,
    check_cue_contradicts,
    check_code_without_counterpart,
)


def _problem(study: Study, place: CodePlace, key: Key, rule: str, message: str, hint: str) -> Problem:
    return Problem(Place(study.codebook.path, (*place.key, *key)), rule, message, hint, "warning")


def _active(study: Study) -> list[CodePlace]:
    return [place for place in study.codebook.walk() if place.code.status == "active"]


def _leaves(study: Study) -> list[CodePlace]:
    """Active codes with no active code below them: those that passages get."""
    return [one for one in _active(study) if not any(code.status == "active" for code in one.code.codes)]


@lru_cache(maxsize=1)
def _uses(study: Study) -> dict[str, list[Evidence]]:
    """Counted codings by active code, in the order of the book."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in gather_evidence(study)[0]:
        found[row.code].append(row)
    return {place.code.id: found[place.code.id] for place in _active(study) if place.code.id in found}


def _overlaps(uses: dict[str, list[Evidence]]) -> Iterator[tuple[str, str]]:
    """For each passage of a code, each other code whose words overlap it, once."""
    by_source: dict[str, list[Evidence]] = defaultdict(list)
    for rows in uses.values():
        for row in rows:
            by_source[row.source].append(row)
    for rows in by_source.values():
        rows.sort(key=lambda row: (row.turn, row.start))
        met: dict[tuple[str, object], set[str]] = defaultdict(set)
        open_rows: list[Evidence] = []
        for row in rows:
            open_rows = [one for one in open_rows if overlap(one.passage[1], row.passage[1])]
            for one in open_rows:
                if one.code != row.code:
                    met[one.code, one.passage].add(row.code)
                    met[row.code, row.passage].add(one.code)
            open_rows.append(row)
        yield from ((code, other) for (code, _), others in met.items() for other in others)


def _said(text: Text | None) -> list[tuple[str, str]]:
    """Language and text as far as case and white space do not tell it apart."""
    return [(language, fold(said)) for language, said in (text.root if text else {}).items() if said.strip()]


def _pairs(one: Text | None, other: Text | None) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The two texts in each language that both have."""
    second = dict(_said(other))
    for language, said in _said(one):
        if language in second:
            yield (language, said), (language, second[language])


def _spelled(name: str) -> str:
    """An id without what the eye passes over."""
    return "".join(letter for letter in name.casefold() if letter.isalnum()).removesuffix("s")


def _near(one: str, other: str) -> bool:
    """Whether two names are so alike that one is easily read for the other: short ones never are."""
    if min(len(one), len(other)) < 6:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    measures = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # cheap ones first
    return all(measure() >= ALIKE for measure in measures)


def _stands_in(label: Text, rows: list[Evidence], study: Study) -> bool:
    """Whether the words of the label, in any of its languages, stand in one of the quotes, by stem and in order."""
    for language in {study.language_of(study.by_id[row.source]) for row in rows}:
        phrases = [" ".join(word.text for word in words(said)[:MOST_WORDS]) for said in label.root.values()]
        book = CueBook([("", phrase, False) for phrase in phrases if phrase], language)
        if any(book.matches(row.quote) for row in rows):
            return True
    return False
