"""What has to go where somebody withdraws: their turns, or single turns; and words of them that stand in other people's texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from empowerment_qda.language import fold, words
from empowerment_qda.model.coding import turns_of
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.problems import did_you_mean, refusal

TAKEN_OUT = "[…]"
RUN, MARKED = 6, 3
"""Words in a row by which a quotation is known in a memo or a finding, and between quotation marks."""
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{1,2000})[”“»\"]")


class Gone(NamedTuple):
    """The turns of a source that go (from 1). `whole`: nothing of the source is left."""

    source: Source
    turns: frozenset[int]

    @property
    def whole(self) -> bool:
        """Whether the source goes with them."""
        return len(self.turns) == len(self.source.turns)


class Withdrawal:
    """Everything that goes: `informant` is who withdraws, None where single turns go."""

    def __init__(self, study: Study, asked: str) -> None:
        self.asked = asked
        self.informant = None if "#" in asked else asked
        found = _turns_asked(study, asked) if self.informant is None else _turns_by(study, asked)
        self.gone: Mapping[str, Gone] = {one.source.id: one for one in found if one.turns}
        self._renumbered = {one.source.id: _renumber(one) for one in self.gone.values()}
        names = "|".join(sorted(map(re.escape, self.gone), key=lambda one: (-len(one), one)))
        self._places = (
            re.compile(rf"(?<![\w.\-])({names})(?:#(\d{{1,9}})(?:-(\d{{1,9}}))?)?(?![\w\-]|\.\w)")
            if names
            else None
        )

    @cached_property
    def _runs(self) -> dict[int, frozenset[tuple[str, ...]]]:
        """Runs of so many words that were said in what goes; what the interviewer asks is nobody's."""
        said = [
            [fold(one.text) for one in words(text)]
            for gone in self.gone.values()
            for number in gone.turns
            if not gone.source.is_question(number)
            for turn in [gone.source.turns[number - 1]]
            for text in (turn.text, *(turn.translation.root.values() if turn.translation else ()))
        ]
        return {
            size: frozenset(tuple(one[at : at + size]) for one in said for at in range(len(one) - size + 1))
            for size in (RUN, MARKED)
        }

    def find_quoted(self, text: str) -> list[tuple[int, int]]:
        """Where words that go are quoted in a text: many in a row, or few between quotation marks."""
        marks = _runs_in(text, RUN, self._runs[RUN], 0)
        for found in _QUOTED.finditer(text):
            size = len(words(found[1]))
            inside = _runs_in(found[1], MARKED, self._runs[MARKED], found.start(1))
            if inside and len(words(text[inside[0][0] : inside[0][1]])) == size:
                marks += inside
        merged: list[tuple[int, int]] = []
        for start, end in sorted(marks):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    def take_out(self, text: str) -> str:
        """The text without the words that are quoted in it."""
        for start, end in reversed(self.find_quoted(text)):
            text = text[:start] + TAKEN_OUT + text[end:]
        return text

    def write(self, text: str) -> str:
        """Free words without what is quoted, the turns that they name numbered anew, and those that go named no more."""
        return self.renumber(self.take_out(text))

    def write_label(self, label: str) -> str:
        """A code's label, unless it is words that go, as that of an in-vivo code is."""
        return TAKEN_OUT if self.find_quoted(f"“{label}”") else label

    def renumber(self, text: str) -> str:
        """The text with the turns that it names as they are numbered then."""
        return self._places.sub(self._name, text) if self._places else text

    def _name(self, found: re.Match[str]) -> str:
        source, first, last = found[1], found[2], found[3]
        gone, numbers = self.gone[source], self._renumbered[source]
        if gone.whole:
            return TAKEN_OUT
        if first is None:
            return found[0]
        left = [
            numbers[turn]
            for turn in range(int(first), min(int(last or first), len(gone.source.turns)) + 1)
            if turn in numbers
        ]
        if not left:
            return f"{source} {TAKEN_OUT}"
        return f"{source}#{left[0]}" + (f"-{left[-1]}" if left[-1] > left[0] else "")

    def link(self, link: str) -> str | None:
        """A link to a source or to turns as it is then; None where it leads to what goes."""
        place = turns_of(link)
        source = place[0] if place else link
        if source not in self.gone:
            return link
        made = self.renumber(link)
        return None if TAKEN_OUT in made else made


def _renumber(gone: Gone) -> dict[int, int]:
    left = [number for number in range(1, len(gone.source.turns) + 1) if number not in gone.turns]
    return {old: new for new, old in enumerate(left, 1)}


def _runs_in(text: str, size: int, runs: frozenset[tuple[str, ...]], shift: int) -> list[tuple[int, int]]:
    """Where runs of words stand in a text, those that touch as one."""
    found = words(text)
    folded = [fold(one.text) for one in found]
    marks: list[tuple[int, int]] = []
    last = -1
    for at in range(len(found) - size + 1):
        if tuple(folded[at : at + size]) in runs:
            start, end = found[at].start + shift, found[at + size - 1].end + shift
            if marks and at <= last:
                marks[-1] = marks[-1][0], end
            else:
                marks.append((start, end))
            last = at + size - 1
    return marks


def _turns_asked(study: Study, asked: str) -> Iterable[Gone]:
    place = turns_of(asked)
    if place is None or place[0] not in study.by_id:
        name = asked.partition("#")[0]
        hint = (
            did_you_mean(name, study.by_id)
            if name not in study.by_id
            else "Name turns as in KS-01#2 or KS-01#2-4."
        )
        raise refusal("qda.yaml", "unknown-source", f"`{asked}` names no turns of the study", hint, line=1)
    source, turns = study.by_id[place[0]], place[1]
    if turns.last > len(source.turns):
        said = f"{source.id} has {len(source.turns)} turns"
        raise refusal(source.path, "unknown-turn", said, "Look at them with `qda show`.", key=("turns",))
    yield Gone(source, frozenset(turns.numbers))


def _turns_by(study: Study, informant: str) -> Iterable[Gone]:
    """The turns of an informant in each source; all of a source where nobody else is heard."""
    others = {name for source in study.sources for name in source.bystanders}
    agreed = study.consent.by_informant if study.consent else {}
    if informant not in study.informants and informant not in others and informant not in agreed:
        hint = did_you_mean(informant, study.informants)
        if informant in study.by_id:
            hint = f"`{informant}` is a source: name the informant, or turns of it as in `{informant}#1-{len(study.by_id[informant].turns)}`."
        raise refusal(
            "qda.yaml", "unknown-informant", f"`{informant}` is no informant of the study", hint, line=1
        )
    for source in study.sources:
        heard = {one if isinstance(one, str) else one.id for one in source.heard}
        if heard == {informant}:
            yield Gone(source, frozenset(range(1, len(source.turns) + 1)))
        elif informant in heard or informant in source.bystanders:
            own = [number for number, turn in enumerate(source.turns, 1) if turn.speaker == informant]
            yield Gone(source, frozenset(own))
