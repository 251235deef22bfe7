"""Advice on cues: those that fire on talk about anything, those that say the opposite of their code, and codes whose
counterpart is missing."""

from __future__ import annotations

from collections.abc import Iterator

from empowerment_qda.checks.everyday import EVERYDAY
from empowerment_qda.language import CueBook, Tried, is_negator, stem, words
from empowerment_qda.model.base import Text
from empowerment_qda.model.codebook import Code, CodePlace
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem

LACKING = frozenset(
    {"missing", "lacking", "absent", "lack", "none", "tidak", "belum", "tanpa", "tak", "kurang"}
)
"""Words of an id that say, as negators do, that a thing is not there."""
LIGHT = frozenset({"ada", "yang", "untuk", "dari", "the", "are", "for", "from", "with", "provided", "given"})
"""Words of labels that two codes may share without being about the same thing."""


def check_cue_everyday(study: Study) -> Iterator[Problem]:
    """A cue does not fire on everyday talk: it is tried, with its code's `not` and `needs`, on sentences of daily life."""
    for place, language in _languages(study):
        sentences = EVERYDAY.get(language, ())
        for n, cue in enumerate(place.code.cues.suggest[language]):
            book = _book(place, language, cue)
            said = next((one for one in sentences if book and book.suggest(one)), None)
            if said:
                yield _problem(study, place, (language, n), "cue-everyday",
                               f'cue "{cue}" of `{place.code.id}` fires on everyday talk: "{said}"',
                               "Give it another word, or say under `needs` what must stand beside it.")  # fmt: skip


def check_cue_contradicts(study: Study) -> Iterator[Problem]:
    """A cue does not fire in what its code is not (`near_miss`, `not_when`) alone, nor stand only negated in what it is."""
    for place, language in _languages(study):
        code = place.code
        own = [(name, _say(getattr(code, name), language)) for name in ("example", "definition", "use_when")]
        other = [(name, _say(getattr(code, name), language)) for name in ("near_miss", "not_when")]
        for n, cue in enumerate(code.cues.suggest[language]):
            book = _book(place, language, cue, alone=True)
            if book is None:
                continue
            there = {name: book.tried(said, said) for name, said in own}
            if any(_free(tried) for tried in there.values()):
                continue
            wrong = next((name for name, said in other if _free(book.tried(said, said))), None)
            denied = next((name for name, tried in there.items() if any(one.stop and one.stop.kind == "negated" for one in tried)),
                          None)  # fmt: skip
            if denied:
                yield _problem(study, place, (language, n), "cue-contradicts",
                               f'cue "{cue}" of `{code.id}` stands in its `{denied}` only negated: it finds the opposite',
                               "Name the negator in the cue, such as `tidak ... kata`, or take the cue out.")  # fmt: skip
            elif wrong:
                yield _problem(study, place, (language, n), "cue-contradicts",
                               f'cue "{cue}" of `{code.id}` fires in its `{wrong}`, and not in its example or definition',
                               "Take it out, or narrow it with more words, `not` or `needs`.")  # fmt: skip


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
                yield _advice(study, places[code.id], "code-without-counterpart",
                              f"code `{code.id}` is for a lack, and `{above.code.id}` has none for the thing itself",
                              "Add the code for the thing that is there, so that it is not coded as its lack.")  # fmt: skip
        sides = {one.direction for one in codes} - {"neutral"}
        if len(codes) > 1 and len(sides) == 1 and not any(map(_is_lack, codes)):
            missing = "limits" if "supports" in sides else "supports"
            yield _advice(study, above, "code-without-counterpart",
                          f"every code of `{above.code.id}` {next(iter(sides))} it, and none {missing} it",
                          f"Add a code that {missing} it, so that such passages have a place and can be looked for.")  # fmt: skip


def _languages(study: Study) -> Iterator[tuple[CodePlace, str]]:
    for place in study.codebook.walk():
        if place.code.status == "active":
            yield from ((place, language) for language in place.code.cues.suggest)


def _book(place: CodePlace, language: str, cue: str, *, alone: bool = False) -> CueBook | None:
    """One cue with the code's `not` and `needs` (without company where `alone`); None where it cannot be matched."""
    cues = [("", cue, False), *(("", one, True) for one in place.unwanted(language))]
    try:
        return CueBook(cues, language, {} if alone else {"": place.company(language)})
    except ValueError:  # `check_cue` tells it
        return None


def _say(text: Text | None, language: str) -> str:
    """The text in that very language, or plain."""
    return (text.root.get(language) or text.root.get("") or "") if text else ""


def _free(tried: list[Tried]) -> bool:
    return any(one.stop is None for one in tried)


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


def _problem(
    study: Study, place: CodePlace, key: tuple[str | int, ...], rule: str, message: str, hint: str
) -> Problem:
    path, above = study.codebook.cue_place(place)
    return Problem(Place(path, (*above, *key)), rule, message, hint, "warning")


def _advice(study: Study, place: CodePlace, rule: str, message: str, hint: str) -> Problem:
    return Problem(Place(study.codebook.path, (*place.key, "id")), rule, message, hint, "warning")
