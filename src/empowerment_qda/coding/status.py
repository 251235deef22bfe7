"""Where a study stands: what is coded and by whom, what waits for a person, and what to do next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from empowerment_qda.coding.log_entry import list_few
from empowerment_qda.evidence.passages import find_waiting, makers_of, passages_of
from empowerment_qda.model.coding import AUTO
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.model.triangulation import Triangulation
from empowerment_qda.problems import Problem

STEPS = 3
"""More than so many things to do next are none."""
MENDABLE = ("quote-moved", "quote-changed", "quote-missing")
LOST = "codings-lost"
WEAK = ("unsupported", "flagged", "indeterminate", "contested")


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source with the number of accepted codings by coder, and of suggestions that wait for a person."""

    source: Source
    codings: dict[str, int]
    waiting: int

    @property
    def by_person(self) -> bool:
        """Whether a person has coded it."""
        return any(number for coder, number in self.codings.items() if coder != AUTO)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons and the sources that both have coded: their agreement can be measured."""

    coders: tuple[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: a command, and why."""

    command: str
    why: str


@dataclass(frozen=True, slots=True)
class StudyStatus:
    """A study's sources, coders, problems, verdicts (None where findings cannot be weighed), and what comes next.

    `waiting_by` holds how many suggestions each person has not decided on, whatever others did with them.
    """

    sources: tuple[SourceStatus, ...]
    coders: tuple[str, ...]
    problems: tuple[Problem, ...]
    verdicts: dict[str, int] | None
    pairs: tuple[Pair, ...]
    waiting_by: dict[str, int]
    steps: tuple[Step, ...]

    @property
    def waiting(self) -> int:
        """Suggestions on which nobody has decided."""
        return sum(one.waiting for one in self.sources)


def status_of(study: Study, problems: Sequence[Problem], triangulation: Triangulation | None) -> StudyStatus:
    """Where the study stands, given what is wrong with it and how its findings were weighed, if they could be."""
    accepted: dict[str, Counter[str]] = defaultdict(Counter)
    for file in study.codings:
        if file.codings:
            accepted[file.source][file.coder] += sum(one.status == "accepted" for one in file.codings)
    waiting = Counter(passage.source.id for passage in find_waiting(study))
    sources = tuple(SourceStatus(one, dict(accepted[one.id]), waiting[one.id]) for one in study.sources)
    coders = tuple(
        sorted({file.coder for file in study.codings if file.codings}, key=lambda one: (one == AUTO, one))
    )
    pairs = tuple(_find_pairs(study, coders))
    verdicts = triangulation.verdicts if triangulation and study.findings.findings else None
    waiting_by = {coder: sum(1 for _ in find_waiting(study, coder)) for coder in coders if coder != AUTO}
    before = StudyStatus(sources, coders, tuple(problems), verdicts, pairs, waiting_by, ())
    return replace(before, steps=tuple(_find_steps(before, study))[:STEPS])


def _find_pairs(study: Study, coders: Sequence[str]) -> Iterator[Pair]:
    """Not those who divided the work, be it turn by turn, nor a consensus with those whom it followed."""
    turns: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for passage in passages_of(study):
        if passage.coding.status == "accepted" and passage.anchor.span:
            turns[passage.file.coder] |= {(passage.source.id, turn) for turn in passage.anchor.span.turns}
    makers = {coder: makers_of(study, coder) for coder in coders}
    for one, other in combinations([coder for coder in coders if coder != AUTO], 2):
        both = {source for source, _ in turns[one] & turns[other]}
        if both and other not in makers[one] and one not in makers[other]:
            yield Pair((one, other), tuple(source.id for source in study.sources if source.id in both))


def _find_steps(status: StudyStatus, study: Study) -> Iterator[Step]:
    """What to do next, most urgent first; each names a command that can be typed as it stands."""
    if not study.sources:
        yield Step(
            "qda import --help",
            "there is no transcript yet: name the file that you have",
        )
    errors = sum(one.severity == "error" for one in status.problems)
    if errors:
        yield Step("qda check", f"{_many(errors, 'error')} to correct before numbers can be trusted")
    for coder in dict.fromkeys(one.place.path.split("/")[1] for one in status.problems if one.rule == LOST):
        yield Step(
            f"qda code restore --coder {coder}", f"{coder}'s log knows of codings that the files have no more"
        )
    mendable = sum(one.rule in MENDABLE for one in status.problems)
    if mendable:
        yield Step("qda code anchor", f"{_many(mendable, 'coding')} whose words have moved or changed")
    persons = [coder for coder in status.coders if coder != AUTO]
    person = max(
        persons, key=lambda one: sum(each.codings.get(one, 0) for each in status.sources), default="NAME"
    )
    uncoded = [each.source.id for each in status.sources if not each.by_person]
    if not status.coders:
        yield Step("qda code", "nothing is coded yet: let the codebook's cues make suggestions")
        yield Step(
            f"qda show {uncoded[0]}" if uncoded else "qda codebook", "read what was said before coding it"
        )
        return
    if status.waiting:
        why = f"{_many(status.waiting, 'suggestion')} waiting for a person: accept or reject each"
        yield Step(f"qda code --review --coder {person}", why)
    else:
        machine = (one for file in study.codings if file.coder == AUTO for one in file.codings)
        suggested = sum(one.status == "suggested" for one in machine)
        for coder, number in status.waiting_by.items():
            if 0 < number < suggested:  # who has decided on none codes without them
                why = f"{_many(number, 'suggestion')} on which {coder} has not decided yet"
                yield Step(f"qda code --review --coder {coder}", why)
    if uncoded and persons:
        why = f"{_many(len(uncoded), 'source')} not coded by a person: {list_few(uncoded, 4)}"
        yield Step(f"qda show {uncoded[0]}", why)
    if not study.findings.findings:
        yield Step("qda conclude --draft", "there are no findings yet: draft them from what is coded")
    if status.verdicts:
        weak = sum(status.verdicts[verdict] for verdict in WEAK)
        if weak:
            yield Step(
                "qda triangulate --plan",
                f"{weak} of {_many(sum(status.verdicts.values()), 'finding')} not triangulated",
            )
    yield from _compare(status.pairs)
    if len(status.problems) > errors + mendable:
        yield Step("qda check", f"{_many(len(status.problems) - errors - mendable, 'warning')} to look at")
    yield Step("qda run", "make the displays and the report")


def _compare(pairs: Sequence[Pair]) -> Iterator[Step]:
    """Coders of whom each two share sources are compared together, others two by two."""
    coders = dict.fromkeys(coder for pair in pairs for coder in pair.coders)
    if len(pairs) > 1 and len(pairs) == comb(len(coders), 2):
        sources = list(dict.fromkeys(source for pair in pairs for source in pair.sources))
        yield Step(
            f"qda agree {' '.join(coders)}", f"{len(coders)} coders on {list_few(sources, 4)}: do they agree?"
        )
        return
    for pair in pairs:
        yield Step(
            f"qda agree {' '.join(pair.coders)}", f"two coders on {list_few(pair.sources, 4)}: do they agree?"
        )


def _many(number: int, word: str) -> str:
    """Such as `1 error` or `2 errors`."""
    return f"{number} {word}{'s' * (number != 1)}"
