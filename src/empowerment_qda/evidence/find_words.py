"""Whose words and which sources are looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from empowerment_qda.evidence.passages import overlap
from empowerment_qda.evidence.witnesses import find_witnesses
from empowerment_qda.language import CueBook
from empowerment_qda.model.base import When
from empowerment_qda.model.evidence import Evidence, Witness
from empowerment_qda.model.source import Source, Span
from empowerment_qda.model.study import Study
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean


@dataclass(frozen=True, slots=True)
class Filters:
    """What passages must be like; of one kind any value will do, and every kind must fit.

    `attributes` are pairs of a key and a value of the informant; `since` and `until` are compared with the date of
    the source, which has to overlap them.
    """

    types: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    informants: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    since: When | None = None
    until: When | None = None

    def admit_source(self, source: Source) -> bool:
        """Whether a source's method and date fit; a source without date fits no date."""
        if self.methods and source.kind not in self.methods:
            return False
        if self.since is None and self.until is None:
            return True
        date = source.date
        return date is not None and (
            (self.since is None or date.last >= self.since.first)
            and (self.until is None or date.first <= self.until.last)
        )

    def admit_voice(self, source: Source, turns: range, study: Study) -> bool:
        """Whether any of those whose words these turns are fits, as far as it is known who they are."""
        if not (self.types or self.groups or self.informants or self.attributes):
            return True
        return any(self._admit(one, study) for one in find_witnesses(source, turns, study))

    def _admit(self, one: Witness, study: Study) -> bool:
        if (self.types and one.type not in self.types) or (self.groups and one.group not in self.groups):
            return False
        if self.informants and one.id not in self.informants:
            return False
        known = study.informants.get(one.id)
        has = known.attributes if known else {}
        wanted: dict[str, set[str]] = {}
        for key, value in self.attributes:
            wanted.setdefault(key, set()).add(value.casefold())
        return all(has.get(key, "").casefold() in values for key, values in wanted.items())


def require_known(filters: Filters, study: Study) -> None:
    """StudyError that names every value which nothing in the study has."""
    settings = study.settings
    heard = {one if isinstance(one, str) else one.id for source in study.sources for one in source.heard}
    keys = {key for one in study.informants.values() for key in one.attributes}
    methods = {source.kind for source in study.sources}
    problems = [
        *_unknown("type", filters.types, settings.informant_types),
        *_unknown("group", filters.groups, settings.groups),
        *_unknown("method", filters.methods, methods),
        *_unknown("informant", filters.informants, heard),
        *_unknown("attribute", (key for key, _ in filters.attributes), keys),
    ]
    if problems:
        raise StudyError(problems)


def _unknown(kind: str, asked: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    names = sorted(known)
    for one in dict.fromkeys(asked):
        if one not in names:
            message = f"the study has no {kind} `{one}`"
            yield Problem(Place("find"), f"unknown-{kind}", message, did_you_mean(one, names))


AROUND = 80
"""Characters of the turn kept on each side."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were looked for: code points of one turn, the cue, and the words around; the codes on them."""

    source: str
    turn: int
    start: int
    end: int
    cue: str
    before: str
    words: str
    after: str
    speaker: str | None
    codes: tuple[str, ...]

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return Span(self.turn, self.start, self.turn, self.end)


def find_words(
    phrases: Sequence[str],
    sources: Iterable[Source],
    study: Study,
    evidence: Iterable[Evidence] = (),
    *,
    questions: bool = False,
) -> Iterator[Hit]:
    """Every place where one of the phrases stands, in the order of the sources; they are read as cues are.

    What is nobody's testimony (questions, bystanders, what was reconstructed) is passed over unless asked for. StudyError where a phrase holds no word.
    """
    coded: dict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for row in evidence:
        for coded_turn in range(row.turn, row.end_turn + 1):
            coded[row.source, coded_turn].append(row)
    books: dict[str, CueBook] = {}
    for source in sources:
        language = study.language_of(source)
        if language not in books:
            books[language] = make_book(phrases, language)
        for number, turn in enumerate(source.turns, 1):
            if not questions and not source.counts(number):
                continue
            for match in books[language].matches(turn.text):
                span = Span(number, match.start, number, match.end)
                codes = tuple(
                    dict.fromkeys(
                        row.code for row in coded[source.id, number] if overlap(row.passage[1], span)
                    )
                )
                before, after = _around(turn.text, match.start, match.end)
                words = turn.text[match.start : match.end]
                yield Hit(
                    source.id, number, match.start, match.end, match.cue, before, words, after,
                    turn.speaker, codes,
                )  # fmt: skip


def make_book(phrases: Sequence[str], language: str) -> CueBook:
    """The phrases as cues of one key, so that overlapping ones count once; StudyError where one holds no word."""
    problems = []
    for phrase in phrases:
        try:
            CueBook([("", phrase, False)], language)
        except ValueError as error:
            problems.append(Problem(Place("find"), "words", str(error),
                                    "Write words, `...` between words for a gap, `=word` for an exact form, `~word` for its family."))  # fmt: skip
    if problems:
        raise StudyError(problems)
    return CueBook([("", phrase, False) for phrase in phrases], language)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after, cut at a space, on one line each; white space at the words is kept as one."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND and " " in before:
        before = before[before.index(" ") :]
    if len(text) > end + AROUND and " " in after:
        after = after[: after.rindex(" ")]
    return _one_line(before).lstrip(), _one_line(after).rstrip()


def _one_line(text: str) -> str:
    """White space as one space, also at the ends."""
    inner = " ".join(text.split())
    lead = " " if text[:1].isspace() else ""
    trail = " " if inner and text[-1:].isspace() else ""
    return f"{lead}{inner}{trail}"
