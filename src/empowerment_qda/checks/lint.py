"""Advice on a codebook: what makes codes hard to apply alike, and what the codings say of them.

After MacQueen et al. (1998), DeCuir-Gunby et al. (2011). Shares are told only of codes used often enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from empowerment_qda.checks.cues import check_cue_contradicts, check_cue_covered, check_cue_everyday
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.language import MOST_WORDS, CueBook, fold, is_negator, stem, words
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Code, CodePlace
from empowerment_qda.model.evidence import Evidence, Passage
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


LACKING = frozenset(
    {"missing", "lacking", "absent", "lack", "none", "tidak", "belum", "tanpa", "tak", "kurang"}
)
"""Words of an id that say, as negators do, that a thing is not there."""
LIGHT = frozenset({"ada", "yang", "untuk", "dari", "the", "are", "for", "from", "with", "provided", "given"})
"""Words of labels that two codes may share without being about the same thing."""


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
    once = {code: row for code, rows in uses.items() if len(rows) == 1 for row in rows.values()}
    for code, row in once.items() if len(uses) <= FEW or 2 * len(once) <= len(uses) else ():
        yield _problem(study, study.codebook.places[code], ("id",), "code-used-once",
                       f"code `{code}` is used once, in {row.ref}",
                       "It may be too narrow: see whether a neighbour covers it.")  # fmt: skip


def check_code_too_broad(study: Study) -> Iterator[Problem]:
    """No code stands on more than a quarter of all coded passages."""
    uses = _uses(study)
    every = len(set().union(*uses.values()))
    for code, rows in uses.items():
        if len(rows) >= FEW and len(rows) > BROAD * every:
            yield _problem(study, study.codebook.places[code], ("id",), "code-too-broad",
                           f"code `{code}` is on {len(rows)} of {every} passages ({len(rows) / every:.0%}, more than {BROAD:.0%})",
                           "It may be too broad: see whether it says several things.")  # fmt: skip


def check_codes_together(study: Study) -> Iterator[Problem]:
    """No two codes nearly always stand on the same words."""
    uses = _uses(study)
    shared = _count_overlaps(uses)
    for one, other in combinations(uses, 2):
        there, back = shared[one, other], shared[other, one]
        ones, others = len(uses[one]), len(uses[other])
        if min(ones, others) >= FEW and there > TOGETHER * ones and back > TOGETHER * others:
            yield _problem(study, study.codebook.places[other], ("id",), "codes-together",
                           f"{back} of {others} passages of `{other}` also have `{one}`, and {there} of {ones} the other "
                           f"way round (more than {TOGETHER:.0%})",
                           "They may say the same: tell them apart under `not_when`, or make one of them.")  # fmt: skip


def check_in_vivo_label(study: Study) -> Iterator[Problem]:
    """The label of an in-vivo code is made of words that stand in a passage it names."""
    for code, rows in _uses(study).items():
        place = study.codebook.places[code]
        label = place.code.label if place.code.origin == "in-vivo" else None
        if label and not _stands_in(label, rows.values(), study):
            yield _problem(study, place, ("label",), "in-vivo-label",
                           f"the label of `{code}` is to be the informants' own words, and none of its passages has them",
                           "Take the label from a passage, or give it another `origin`.")  # fmt: skip


def check_code_without_counterpart(study: Study) -> Iterator[Problem]:
    """A code for a lack has one for the thing itself beside it, and an aspect codes for either side.

    A lack is told by a negator in the id or the label; its counterpart is a code of the same aspect without one, that
    shares a word with it and has not the same direction.
    """
    for above in study.codebook.walk():
        codes = [one for one in above.code.codes if one.status == "active" and not one.codes]
        places = study.codebook.places
        for code in codes:
            others = [one for one in codes if one is not code and not _is_lack(one)]
            if _is_lack(code) and not any(_is_counterpart(code, one) for one in others):
                yield _problem(study, places[code.id], ("id",), "code-without-counterpart",
                              f"code `{code.id}` is for a lack, and `{above.code.id}` has none for the thing itself",
                              "Add the code for the thing that is there, so that it is not coded as its lack.")  # fmt: skip
        sides = {one.direction for one in codes} - {"neutral"}
        if len(codes) > 1 and len(sides) == 1 and not any(map(_is_lack, codes)):
            missing = "limits" if "supports" in sides else "supports"
            yield _problem(study, above, ("id",), "code-without-counterpart",
                          f"every code of `{above.code.id}` {next(iter(sides))} it, and none {missing} it",
                          f"Add a code that {missing} it, so that such passages have a place and can be looked for.")  # fmt: skip


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
def _uses(study: Study) -> dict[str, dict[Passage, Evidence]]:
    """Active codes in the order of the book with the passages that count, each with its first coding."""
    found: dict[str, dict[Passage, Evidence]] = {place.code.id: {} for place in _active(study)}
    for row in gather_evidence(study)[0]:
        found.get(row.code, {}).setdefault(row.passage, row)
    return {code: rows for code, rows in found.items() if rows}


def _count_overlaps(uses: dict[str, dict[Passage, Evidence]]) -> Counter[tuple[str, str]]:
    """How many passages of a code have words that another code has as well; by the two codes."""
    met = set()
    open_rows: list[Evidence] = []
    for row in sorted((row for rows in uses.values() for row in rows.values()), key=lambda row: row.passage):
        open_rows = [one for one in open_rows if one.source == row.source and one.span.overlaps(row.span)]
        for one in open_rows:
            if one.code != row.code:
                met |= {(one.code, row.code, one.passage), (row.code, one.code, row.passage)}
        open_rows.append(row)
    return Counter((code, other) for code, other, _ in met)


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


def _stands_in(label: Text, rows: Collection[Evidence], study: Study) -> bool:
    """Whether the words of the label, in any of its languages, stand in one of the quotes, by stem and in order."""
    for language in {study.language_of(study.by_id[row.source]) for row in rows}:
        phrases = [" ".join(word.text for word in words(said)[:MOST_WORDS]) for said in label.root.values()]
        book = CueBook([("", phrase, False) for phrase in phrases if phrase], language)
        if any(book.matches(row.quote) for row in rows):
            return True
    return False


def _named(code: Code) -> set[tuple[str, str]]:
    """Language and word of what a code is called; its id stands under no language."""
    said = {("", word) for word in code.id.replace("_", "-").casefold().split("-")}
    for language, label in (code.label.root if code.label else {}).items():
        said |= {(language, one.text.casefold()) for one in words(label)}
    return said


def _is_lack(code: Code) -> bool:
    return any(word in LACKING or is_negator(word, language or "en") for language, word in _named(code))


def _is_counterpart(lack: Code, other: Code) -> bool:
    if "neutral" not in (lack.direction, other.direction) and lack.direction == other.direction:
        return False
    both = (
        {
            (language, stem(word, language or "en"))
            for language, word in _named(code)
            if word not in LIGHT and len(word) > 2
        }
        for code in (lack, other)
    )
    return bool(set.intersection(*both))
