"""Checks of consent.yaml: whom it leaves out, whose consent has ended, where people quote what may not be quoted, and whom
their attributes give away. A study without the file asks for none of this."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from empowerment_qda.checks.characters import list_texts
from empowerment_qda.checks.sources import list_declared
from empowerment_qda.evidence.rows import gather_evidence
from empowerment_qda.language import fold, words
from empowerment_qda.model.base import FileNoun
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, did_you_mean

CONSENT = "consent.yaml"
RUN = 7
"""Words in a row that are a quotation, whether marked as one or not."""
SHORTEST = 3
"""Words between quotation marks that are one."""
TOGETHER = 3
"""Attributes that are looked at together."""
_MARKED = re.compile(r"[“„«\"]([^“”„«»\"]+)[”“»\"]")


def check_consent(study: Study) -> Iterator[Problem]:
    """Everybody who is heard is named in consent.yaml, nobody else is, and what they agreed to holds today; of those who
    withdrew no word is left."""
    if study.consent is None:
        return
    spoken = Counter(
        turn.speaker or one
        for source in study.sources
        for one in (name if isinstance(name, str) else name.id for name in source.heard)
        for turn in source.turns
        if source.spoken and turn.speaker in (one, None)
    )
    others = {name for source in study.sources for name in source.bystanders}
    for name, said in study.consent.by_informant.items():
        place, number = Place(CONSENT, (name,)), spoken[name]
        turns = f"{number} turn{'s' * (number != 1)}"
        if name not in study.informants and name not in others:
            if said.withdrawn is None:
                hint = did_you_mean(name, study.informants)
                yield Problem(place, "consent", f"`{name}` is no informant of the study", hint, "warning")
        elif said.withdrawn is not None and number:
            yield Problem(place, "consent", f"`{name}` withdrew ({said.withdrawn}), and {turns} of theirs {'is' if number == 1 else 'are'} still in the study",
                          f"`qda purge {name}` shows what would go, and takes it out.")  # fmt: skip
        elif not said.holds(date.today()):
            yield Problem(place, "consent", f"the consent of `{name}` ended ({said.until}), so their words are withheld",
                          f"Ask them again, or take their words out: `qda purge {name}`.", "warning")  # fmt: skip
    for name in spoken:
        if name not in study.consent.by_informant:
            yield Problem(Place(CONSENT), "consent", f"nothing is said of `{name}`, so their words are withheld",
                          f"Write what they agreed to, such as `{name}: {{quote: yes, archive: no}}`.", "warning")  # fmt: skip


def check_withheld_quotation(study: Study) -> Iterator[Problem]:
    """What people write (findings, memos, the codebook, memos of codings) quotes nobody who did not agree to it: no seven
    words in a row of theirs, translated or not, and no three between quotation marks."""
    runs: dict[tuple[str, ...], str] = {}
    said: dict[str, str] = {}
    for source in study.sources if study.consent else ():
        for number, turn in enumerate(source.turns, 1):
            if study.withheld(source, [number]):
                ref = f"{source.id}#{number}"
                for text in (turn.text, *(turn.translation.root.values() if turn.translation else ())):
                    here = _fold(text)
                    said[ref] = f"{said.get(ref, '')} {' '.join(here)} "
                    runs |= {tuple(here[at : at + RUN]): ref for at in range(len(here) - RUN + 1)}
    if not said:
        return
    files: tuple[FileNoun, ...] = (
        study.settings,
        study.codebook,
        study.findings,
        *study.memos,
        *study.codings,
    )
    for file in files:
        for key, text in list_texts(file.model_dump(by_alias=True), ()):
            if key[0] == "codings" and key[-1] not in ("memo", "direction_note"):
                continue
            if found := _find_quoted(text, runs, said):
                yield Problem(Place(file.path, key), "withheld-quotation", f"this quotes {found}, and those who speak there did not agree to be quoted",
                              "Say it in words of your own, or ask them: consent.yaml says who agreed.")  # fmt: skip


def _find_quoted(text: str, runs: dict[tuple[str, ...], str], said: dict[str, str]) -> str | None:
    """The turn whose words stand in a text."""
    here = _fold(text)
    for at in range(len(here) - RUN + 1):
        if ref := runs.get(tuple(here[at : at + RUN])):
            return ref
    for marked in _MARKED.findall(text):
        inside = _fold(marked)
        if len(inside) >= SHORTEST:
            line = f" {' '.join(inside)} "
            for turn, whole in said.items():
                if line in whole:
                    return turn
    return None


def _fold(text: str) -> list[str]:
    return [fold(word.text) for word in words(text)]


def check_singled_out(study: Study) -> Iterator[Problem]:
    """No attributes, up to three together and with the type of informant, are those of one quoted person alone (k = 1):
    whoever knows them knows who it is."""
    if study.consent is None:
        return
    quoted = {one for row in gather_evidence(study)[0] if not row.withheld for one in row.informants}
    people = {
        name: one for name, one in study.informants.items() if name in quoted and one.identity == "known"
    }
    traits = {
        name: [*(("type", one.type) for _ in [0] if one.type), *sorted(one.attributes.items())]
        for name, one in people.items()
    }
    shared: dict[tuple[tuple[str, str | None], ...], set[str]] = defaultdict(set)
    for name, own in traits.items():
        for size in range(1, TOGETHER + 1):
            for some in combinations(own, size):
                shared[some].add(name)
    for name, one in people.items():
        alone = (
            some
            for size in range(1, TOGETHER + 1)
            for some in combinations(traits[name], size)
            if len(shared[some]) == 1 and any(trait != "type" for trait, _ in some)
        )
        if found := next(alone, None):
            place = next(place for declared, place in list_declared(study) if declared is one)
            told = ", ".join(f"{trait}: {value}" for trait, value in found)
            yield Problem(place, "singled-out", f"of the {len(people)} persons who are quoted only {name} has {told}, which may tell who it is",
                          "Make the attribute coarser, leave it out, or quote without it.", "warning")  # fmt: skip
