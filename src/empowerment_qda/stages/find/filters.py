"""Whose words and which sources are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from empowerment_qda.model.evidence import Witness
from empowerment_qda.model.source import Source
from empowerment_qda.model.study import Study
from empowerment_qda.model.when import When
from empowerment_qda.problems import Place, Problem, StudyError, did_you_mean
from empowerment_qda.witnesses import find_witnesses


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
